import type { WallFrame, WallKeepalive } from '@/lib/api/wall';
import { hasShape, type Shape } from '@/lib/plane/json/has-shape';

/**
 * What a frame must have for the wall not to break on it. As with the console's feed, the contract's schemas are not
 * used in the browser: the server has just made the frame with the same ones.
 */
const FRAME: Shape = {
  serverTime: 'string',
  epoch: 'string',
  build: 'string',
  installation: 'string',
  apiServer: 'object',
  sources: 'array',
  incidents: 'array',
  planes: 'array',
};
const KEEPALIVE: Shape = {
  serverTime: 'string',
  build: 'string',
  apiServer: 'object',
  sources: 'array',
};
const PLANE: Shape = {
  uid: 'string',
  kind: 'string',
  role: 'string',
  name: 'string',
  health: 'object',
  since: 'object',
};

/** Reads a frame `wall`. @throws SyntaxError, TypeError when the server speaks another version of the contract */
export function readWallFrame(text: string): WallFrame {
  const data: unknown = JSON.parse(text);
  if (!hasShape(data, FRAME)) throw new TypeError('This is no frame of a wall.');
  const { planes } = data;
  if (!Array.isArray(planes) || !planes.every((plane) => hasShape(plane, PLANE)))
    throw new TypeError('A frame of a wall holds something that is no plane.');
  const known: unknown = data;
  return known as WallFrame;
}

/** Reads a frame `keepalive`. @throws SyntaxError, TypeError */
export function readWallKeepalive(text: string): WallKeepalive {
  const data: unknown = JSON.parse(text);
  if (!hasShape(data, KEEPALIVE)) throw new TypeError('This is no keep-alive of a wall.');
  const known: unknown = data;
  return known as WallKeepalive;
}
