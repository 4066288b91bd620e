import { z } from '@/lib/zod';

/** Planned work on a plane, as it travels; apart from its rules, which run in the browser without zod. */
export const maintenanceSchema = z.object({
  /** RFC 3339, in UTC. */
  until: z.string(),
  reason: z.string().optional(),
});
