import { relatedResourcesSchema } from '@/lib/plane/related/related-resources';
import { z } from '@/lib/zod';
import { keepaliveSchema } from './fleet';

/** `GET /api/planes/<plural>/[<namespace>/]<name>/related`: a plane's related resources, read as the caller. */
export const relatedResourcesAnswerSchema = z.object({
  serverTime: z.string(),
  /** The version of the plane that was read. */
  resourceVersion: z.string(),
  related: relatedResourcesSchema,
});
export type RelatedResourcesAnswer = z.infer<typeof relatedResourcesAnswerSchema>;

/** A Kubernetes Event about a plane. */
const planeEventSchema = z.object({
  uid: z.string(),
  type: z.string(),
  reason: z.string(),
  message: z.string(),
  /** The component that reported it. */
  source: z.string(),
  count: z.number(),
  firstSeenAt: z.string().nullable(),
  lastSeenAt: z.string().nullable(),
});
export type PlaneEvent = z.infer<typeof planeEventSchema>;

/**
 * Frames of `GET /api/planes/.../events` (SSE): `events` carries the whole list, newest first, whenever it changes.
 */
export const planeEventsFrameSchema = z.object({
  state: z.enum(['live', 'not-visible', 'lost']),
  events: z.array(planeEventSchema),
});
export type PlaneEventsFrame = z.infer<typeof planeEventsFrameSchema>;

/** The stream's `keepalive`. Each frame's `state` says whether the server receives the events. */
export const planeEventsKeepaliveSchema = keepaliveSchema.pick({ serverTime: true });
