import type { FleetChanges, FleetSnapshot, Keepalive } from '@/lib/api/fleet';
import type { FleetPart } from '@/lib/api/fleet-table';
import { hasShape, type Shape } from '@/lib/plane/json/has-shape';
import type { StreamEvent } from './event-stream';

/** A parsed frame of the stream. `epoch` comes from the frame's id; a keep-alive has none. */
export type FeedFrame =
  | { readonly event: 'part'; readonly data: FleetPart }
  | { readonly event: 'snapshot'; readonly data: FleetSnapshot }
  | { readonly event: 'changes'; readonly epoch: string; readonly data: FleetChanges }
  | { readonly event: 'keepalive'; readonly data: Keepalive };

export const FRAME_EVENTS = ['snapshot', 'part', 'changes', 'keepalive'] as const;
export type FrameEvent = (typeof FRAME_EVENTS)[number];

/** An unparsed frame of the stream. Its id is `<epoch>:<revision>`. */
export type RawFrame = StreamEvent<FrameEvent>;

/**
 * The fields that each kind of frame needs so that the page doesn't break. The contract's own schemas aren't used:
 * parsing 10,000 planes with them blocks a browser for a tenth of a second on every connect, only to check what our
 * own server has just made with the same schemas. And zod would be a sixth of the page's script.
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
    controlPlane: 'object',
    planes: 'array',
  },
  part: { serverTime: 'string', part: 'number', parts: 'number', planes: 'object' },
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
 * Parses a frame from its event, its `id: <epoch>:<revision>` and its JSON.
 *
 * @throws SyntaxError or TypeError if the server breaks the contract, as after an upgrade under an open page
 */
export function readFrame(event: FrameEvent, id: string, text: string): FeedFrame {
  const data: unknown = JSON.parse(text);
  if (!hasShape(data, FRAMES[event])) throw new TypeError(`Invalid ${event} frame.`);
  const planes = event === 'part' ? [] : (data.planes ?? data.upserts ?? []);
  if (!Array.isArray(planes) || !planes.every((plane) => hasShape(plane, PLANE))) {
    throw new TypeError(`A ${event} frame contains an invalid plane.`);
  }
  // Checked above as far as is worthwhile; the server has made it with the schemas that these types come from.
  const checked: unknown = data;
  switch (event) {
    case 'snapshot':
      return { event, data: checked as FleetSnapshot };
    case 'part':
      return { event, data: checked as FleetPart };
    case 'changes':
      return { event, epoch: id.slice(0, id.indexOf(':')), data: checked as FleetChanges };
    case 'keepalive':
      return { event, data: checked as Keepalive };
  }
}
