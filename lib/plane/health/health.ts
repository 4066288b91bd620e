import { z } from '@/lib/zod';
import { HEALTH_STATES } from './health-state';

/** Apart from the states themselves, because the browser judges with those and must not load zod for it. */
export const healthReasonSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
});

export const healthSchema = z.object({
  state: z.enum(HEALTH_STATES),
  reasons: z.array(healthReasonSchema),
});

/** One reason for a state. `code` is for programs and help texts, `message` is a sentence for people. */
export type HealthReason = z.infer<typeof healthReasonSchema>;

/** A state with all its reasons, the one that names the state first. */
export type Health = z.infer<typeof healthSchema>;
