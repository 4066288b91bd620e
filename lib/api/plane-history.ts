import { HEALTH_STATES } from '@/lib/plane/health/health-state';
import { z } from '@/lib/zod';

/** A Kubernetes Event about a plane. */
export const planeEventSchema = z.object({
  uid: z.string(),
  type: z.string(),
  reason: z.string(),
  message: z.string(),
  /** Who reported it. */
  source: z.string(),
  count: z.number(),
  firstSeenAt: z.string().nullable(),
  lastSeenAt: z.string().nullable(),
});
export type PlaneEvent = z.infer<typeof planeEventSchema>;

/** Frames of `GET /api/planes/.../events` (SSE): `events` with the whole list, newest first, whenever it changes. */
export const planeEventsFrameSchema = z.object({
  state: z.enum(['live', 'not-visible', 'lost']),
  events: z.array(planeEventSchema),
});
export type PlaneEventsFrame = z.infer<typeof planeEventsFrameSchema>;

/** The stream's `keepalive`, every 5 s: proves that the server lives; whether it hears the events is each frame's state. */
export const planeEventsKeepaliveSchema = z.object({ serverTime: z.string() });

/** One thing that this server saw happen to a plane. */
export const historyEntrySchema = z.object({
  /** RFC 3339 on the API server's clock: when this server saw it. */
  at: z.string(),
  what: z.enum(['health', 'condition', 'agent', 'spec', 'deletion', 'first-seen']),
  /** One sentence. */
  text: z.string(),
  health: z.enum(HEALTH_STATES).optional(),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

/** `GET /api/planes/.../history`, newest first, bounded; nothing from before `since` is known. */
export const historyAnswerSchema = z.object({
  serverTime: z.string(),
  since: z.string(),
  entries: z.array(historyEntrySchema),
  /** Older ones were dropped to bound the memory. */
  truncated: z.boolean(),
});
export type HistoryAnswer = z.infer<typeof historyAnswerSchema>;
