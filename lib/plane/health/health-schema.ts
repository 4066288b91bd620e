import { z } from 'zod';
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
