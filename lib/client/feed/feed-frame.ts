import type { FleetChanges, FleetKeepalive, FleetSnapshot } from '@/lib/api/fleet';

/** One frame of the stream, read. `epoch` comes from the frame's id; a keep-alive has none. */
export type FeedFrame =
  | { readonly event: 'snapshot'; readonly data: FleetSnapshot }
  | { readonly event: 'changes'; readonly epoch: string; readonly data: FleetChanges }
  | { readonly event: 'keepalive'; readonly data: FleetKeepalive };

export const FRAME_EVENTS = ['snapshot', 'changes', 'keepalive'] as const;
export type FrameEvent = (typeof FRAME_EVENTS)[number];

type Shape = 'string' | 'number' | 'array' | 'object';

/**
 * What each kind of frame must have for the page not to break on it. The contract's own schemas are not used: reading
 * 10,000 planes with them blocks a browser for a tenth of a second on every connect, to check what our own server has
 * just made with the same schemas, and zod would be a sixth of the page's script.
 */
const FRAMES: Record<FrameEvent, Record<string, Shape>> = {
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

const PLANE: Record<string, Shape> = {
  uid: 'string',
  plural: 'string',
  name: 'string',
  labels: 'object',
  health: 'object',
  facts: 'object',
  conditions: 'array',
};

function hasShape(value: unknown, shape: Readonly<Record<string, Shape>>): value is Record<string, unknown> {
  if (!isRecord(value)) return false;
  return Object.entries(shape).every(([name, type]) => shapeOf(value[name]) === type);
}

function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}

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
      return { event, data: known as FleetKeepalive };
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
