import type { FleetChanges, FleetSnapshot, Keepalive } from '@/lib/api/fleet';
import { hasShape, type Shape } from '@/lib/plane/json/has-shape';
import type { StreamEvent } from './event-stream';

/** One frame of the stream, read. `epoch` comes from the frame's id; a keep-alive has none. */
export type FeedFrame =
  | { readonly event: 'snapshot'; readonly data: FleetSnapshot }
  | { readonly event: 'changes'; readonly epoch: string; readonly data: FleetChanges }
  | { readonly event: 'keepalive'; readonly data: Keepalive };

export const FRAME_EVENTS = ['snapshot', 'changes', 'keepalive'] as const;
export type FrameEvent = (typeof FRAME_EVENTS)[number];

/** A frame as it came over the stream, not yet read. Its id is `<epoch>:<revision>`. */
export type RawFrame = StreamEvent<FrameEvent>;

/**
 * What each kind of frame must have for the page not to break on it. The contract's own schemas are not used: reading
 * 10,000 planes with them blocks a browser for a tenth of a second on every connect, to check what our own server has
 * just made with the same schemas, and zod would be a sixth of the page's script.
 */
const FRAMES: Record<FrameEvent, Shape> = {
  snapshot: {
    serverTime: 'string',
    revision: 'number',
    epoch: 'string',
    installation: 'string',
    limits: 'object',
    apiServer: 'object',
    sources: 'array',
    incidents: 'array',
    planes: 'array',
  },
  changes: { serverTime: 'string', revision: 'number', upserts: 'array', deletes: 'array' },
  keepalive: { serverTime: 'string', apiServer: 'object', sources: 'array' },
};

const PLANE: Shape = {
  uid: 'string',
  plural: 'string',
  name: 'string',
  labels: 'object',
  health: 'object',
  facts: 'object',
  conditions: 'array',
};

/**
 * Reads a frame as it came: its event, its `id: <epoch>:<revision>` and its JSON. Throws a SyntaxError or TypeError when
 * the server does not keep to the contract, as after an upgrade under an open page.
 */
export function readFrame(event: FrameEvent, id: string, text: string): FeedFrame {
  const data: unknown = JSON.parse(text);
  if (!hasShape(data, FRAMES[event])) throw new TypeError(`This is no ${event} frame.`);
  const planes = data.planes ?? data.upserts ?? [];
  if (!Array.isArray(planes) || !planes.every((plane) => hasShape(plane, PLANE))) {
    throw new TypeError(`A ${event} frame holds something that is no plane.`);
  }
  // Checked as far as is wise above; the server has made it with the schemas that these types come from.
  const known: unknown = data;
  switch (event) {
    case 'snapshot':
      return { event, data: known as FleetSnapshot };
    case 'changes':
      return { event, epoch: id.slice(0, id.lastIndexOf(':')), data: known as FleetChanges };
    case 'keepalive':
      return { event, data: known as Keepalive };
  }
}
