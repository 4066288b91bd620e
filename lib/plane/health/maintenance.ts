import type { z } from 'zod';
import { parseTimeMs } from '@/lib/plane/time/age';
import type { maintenanceSchema } from './maintenance-schema';

/** Set on a plane by those who may change it; it ends by itself at its time, whoever forgets it. */
export const MAINTENANCE_UNTIL_ANNOTATION = 'planeboard.openchoreo.dev/maintenance-until';
export const MAINTENANCE_REASON_ANNOTATION = 'planeboard.openchoreo.dev/maintenance-reason';

/** Planned work on a plane: it takes the plane out of the alarms, and never makes it green. */
export type Maintenance = z.infer<typeof maintenanceSchema>;

/**
 * The maintenance that a plane is in now, or null: none was set, or it has ended.
 *
 * @param nowMs the API server's clock, milliseconds since the epoch
 */
export function activeMaintenance(
  plane: { readonly maintenance?: Maintenance | undefined },
  nowMs: number,
): Maintenance | null {
  return maintenanceEndMs(plane, nowMs) === null ? null : (plane.maintenance ?? null);
}

/** When the maintenance that a plane is in now ends, milliseconds since the epoch; null: it is in none. */
export function maintenanceEndMs(
  plane: { readonly maintenance?: Maintenance | undefined },
  nowMs: number,
): number | null {
  if (plane.maintenance === undefined) return null;
  const untilMs = parseTimeMs(plane.maintenance.until);
  return untilMs !== null && untilMs > nowMs ? untilMs : null;
}
