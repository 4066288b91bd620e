import { isOverlong, MAX_MAINTENANCE_DAYS, type Maintenance } from '@/lib/plane/model/maintenance';
import { parseTimeMs } from '@/lib/plane/time/age';

/**
 * Returns the maintenance that a plane is in now, or null if none is set or it has ended.
 *
 * @param nowMs the API server's clock, milliseconds since the epoch
 */
export function activeMaintenance(
  plane: { readonly maintenance?: Maintenance | undefined },
  nowMs: number,
): Maintenance | null {
  return maintenanceEndMs(plane, nowMs) === null ? null : (plane.maintenance ?? null);
}

/** Returns when the plane's current maintenance ends, milliseconds since the epoch, or null if it's in none. */
export function maintenanceEndMs(
  plane: { readonly maintenance?: Maintenance | undefined },
  nowMs: number,
): number | null {
  if (plane.maintenance === undefined) return null;
  const untilMs = parseTimeMs(plane.maintenance.until);
  return untilMs !== null && untilMs > nowMs ? untilMs : null;
}

/**
 * Formats an end as `until 14:00 UTC`, with the date unless it's today. Says so if it's further away than Planeboard
 * would set it.
 *
 * @param nowMs the API server's clock
 */
export function untilText(until: string, nowMs: number): string {
  const atMs = parseTimeMs(until);
  if (atMs === null) return '';
  const text = new Date(atMs).toISOString();
  const day = text.slice(0, 10) === new Date(nowMs).toISOString().slice(0, 10) ? '' : `${text.slice(0, 10)} `;
  const note = isOverlong(atMs, nowMs) ? `, more than ${MAX_MAINTENANCE_DAYS} days away` : '';
  return `until ${day}${text.slice(11, 16)} UTC${note}`;
}

/**
 * Describes a maintenance: `until 14:00 UTC: New switches`.
 *
 * @param nowMs the API server's clock
 */
export function maintenanceText({ until, reason }: Maintenance, nowMs: number): string {
  return [untilText(until, nowMs), reason].filter(Boolean).join(': ');
}
