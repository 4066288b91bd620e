import { z } from 'zod';

/** Set on a plane by those who may change it; it ends by itself at its time, whoever forgets it. */
export const MAINTENANCE_UNTIL_ANNOTATION = 'planeboard.openchoreo.dev/maintenance-until';
export const MAINTENANCE_REASON_ANNOTATION = 'planeboard.openchoreo.dev/maintenance-reason';

/** Planned work on a plane: it takes the plane out of the alarms, and never makes it green. */
export const maintenanceSchema = z.object({
  /** RFC 3339. */
  until: z.string(),
  reason: z.string().optional(),
});
export type Maintenance = z.infer<typeof maintenanceSchema>;
