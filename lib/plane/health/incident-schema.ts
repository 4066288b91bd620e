import { z } from '@/lib/zod';

/** An incident of the control plane as it travels; apart from its rules, which run in the browser without zod. */
export const incidentSchema = z.object({
  code: z.literal('control-plane'),
  sort: z.enum(['disconnected', 'frozen', 'mixed']),
  /** When the first of the lost planes was lost, RFC 3339. */
  since: z.string(),
  /** When the last of them was lost: members are the planes lost between the two. */
  lastLossAt: z.string(),
  planes: z.number(),
  planeIDs: z.number(),
  message: z.string(),
});
