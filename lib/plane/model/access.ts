import { z } from '@/lib/zod';

/** The answer to an access review; `unknown` when the API server gave none. */
export const accessSchema = z.object({
  state: z.enum(['allowed', 'denied', 'unknown']),
  /** Present when access isn't allowed: the missing verb and resource, for people. */
  reason: z.string().optional(),
});
export type Access = z.infer<typeof accessSchema>;
