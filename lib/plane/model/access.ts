import { z } from '@/lib/zod';

/** An access review's answer; `unknown` when the API server gave none. */
export const accessSchema = z.object({
  state: z.enum(['allowed', 'denied', 'unknown']),
  /** For people, where it is not allowed: the missing verb and resource. */
  reason: z.string().optional(),
});
export type Access = z.infer<typeof accessSchema>;
