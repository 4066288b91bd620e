import { HEALTH_STATES } from '@/lib/plane/health/health-state';
import { z } from '@/lib/zod';

/** Which fields of a plane were written, and by whom. Contains no values except planeIDs. */
const historyWriteSchema = z.object({
  /** The version that the write created. */
  resourceVersion: z.string(),
  /** Who wrote, for use after "by": `you`, a user, a tool, or a field manager; null: that isn't known of a Secret. */
  by: z.string().nullable(),
  /**
   * Paths from the resource's top, or `secret`, namespace and name, key and slot of a credential in a Secret. A list is one
   * field. Bounded.
   */
  fields: z.array(z.object({ path: z.array(z.string()), change: z.enum(['added', 'changed', 'removed']) })),
  /** The earlier write that it takes back: the fields have the values from before that write again. */
  takesBack: z.object({ resourceVersion: z.string(), by: z.string() }).optional(),
  /** The planeID before and after, and what to write to `spec.planeID` to restore it; null removes the field. */
  planeID: z
    .object({
      before: z.string().nullable(),
      after: z.string().nullable(),
      written: z.string().nullable(),
    })
    .optional(),
  /** Whether the plane was connected when it was written. */
  wasConnected: z.boolean().nullable(),
});
export type HistoryWrite = z.infer<typeof historyWriteSchema>;

/** One change of a plane that this server saw. */
const historyEntrySchema = z.object({
  /** When this server saw it, or when the API server recorded the write; RFC 3339 on the API server's clock. */
  at: z.string(),
  what: z.enum([
    'health',
    'condition',
    'agent',
    'spec',
    'metadata',
    'maintenance',
    'credential',
    'deletion',
    'first-seen',
  ]),
  /** One or two sentences. */
  text: z.string(),
  health: z.enum(HEALTH_STATES).optional(),
  /** Present if someone wrote fields of the plane. */
  write: historyWriteSchema.optional(),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

/** `GET /api/planes/.../history`, newest first, bounded. The server knows nothing from before `since`. */
export const historyAnswerSchema = z.object({
  serverTime: z.string(),
  since: z.string(),
  entries: z.array(historyEntrySchema),
  /** Whether older entries were dropped to bound the memory. */
  truncated: z.boolean(),
});
export type HistoryAnswer = z.infer<typeof historyAnswerSchema>;
