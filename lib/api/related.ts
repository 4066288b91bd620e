import { relatedResourcesSchema } from '@/lib/plane/related/related-resources';
import { z } from '@/lib/zod';
import { keepaliveSchema } from './fleet';

/** `GET /api/planes/<plural>/[<namespace>/]<name>/related`: what stands around a plane, read as the caller. */
export const relatedResourcesAnswerSchema = z.object({
  serverTime: z.string(),
  /** Of the plane that was read. */
  resourceVersion: z.string(),
  related: relatedResourcesSchema,
});
export type RelatedResourcesAnswer = z.infer<typeof relatedResourcesAnswerSchema>;

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

/** The stream's `keepalive`. Whether the server receives the events is each frame's `state`. */
export const planeEventsKeepaliveSchema = keepaliveSchema.pick({ serverTime: true });
