import { HEALTH_STATES } from '@/lib/plane/health/health-state';
import { z } from '@/lib/zod';

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
