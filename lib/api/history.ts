import { HEALTH_STATES } from '@/lib/plane/health/health-state';
import { z } from '@/lib/zod';

/** One change of a plane that this server saw. */
const historyEntrySchema = z.object({
  /** When this server saw it, RFC 3339 on the API server's clock. */
  at: z.string(),
  what: z.enum(['health', 'condition', 'agent', 'spec', 'deletion', 'first-seen']),
  /** One sentence. */
  text: z.string(),
  health: z.enum(HEALTH_STATES).optional(),
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
