import { z } from 'zod';
import {
  type FleetChanges,
  type FleetKeepalive,
  type FleetPlane,
  type FleetSnapshot,
  fleetChangesSchema,
  fleetKeepaliveSchema,
  fleetSnapshotSchema,
} from '@/lib/api/fleet';

/** One frame of the stream, read. `epoch` comes from the frame's id; a keep-alive has none. */
export type FeedFrame =
  | { readonly event: 'snapshot'; readonly data: FleetSnapshot }
  | { readonly event: 'changes'; readonly epoch: string; readonly data: FleetChanges }
  | { readonly event: 'keepalive'; readonly data: FleetKeepalive };

export const FRAME_EVENTS = ['snapshot', 'changes', 'keepalive'] as const;
export type FrameEvent = (typeof FRAME_EVENTS)[number];

/**
 * A plane of a frame is looked at only as far as the page would break on it. Reading 10,000 of them with the whole
 * schema blocks a browser for about a tenth of a second on every connect, to check what our own server has just made
 * with the same schema; the envelope around them is read in full.
 */
const trustedPlane = z.custom<FleetPlane>(
  (value) =>
    isRecord(value) &&
    typeof value.uid === 'string' &&
    typeof value.plural === 'string' &&
    isRecord(value.health) &&
    isRecord(value.facts) &&
    Array.isArray(value.conditions),
);

const snapshotEnvelope = fleetSnapshotSchema.extend({ planes: z.array(trustedPlane) });
const changesEnvelope = fleetChangesSchema.extend({ upserts: z.array(trustedPlane) });

/**
 * Reads a frame as it came: its event, its `id: <epoch>:<revision>` and its JSON. Throws a SyntaxError or ZodError when
 * the server does not keep to the contract, as after an upgrade under an open page.
 */
export function readFrame(event: FrameEvent, id: string, text: string): FeedFrame {
  const data: unknown = JSON.parse(text);
  switch (event) {
    case 'snapshot':
      return { event, data: snapshotEnvelope.parse(data) };
    case 'changes':
      return { event, epoch: id.slice(0, id.lastIndexOf(':')), data: changesEnvelope.parse(data) };
    case 'keepalive':
      return { event, data: fleetKeepaliveSchema.parse(data) };
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
