import { parseTimeMs } from '@/lib/plane/time/age';
import { DAY_MS } from '@/lib/plane/time/duration';
import type { z } from '@/lib/zod';
import type { maintenanceSchema } from './plane';
import { shownText } from './shown-text';

/** Set on a plane by people who may change it. The maintenance ends at this time, even if they forget it. */
export const MAINTENANCE_UNTIL_ANNOTATION = 'planeboard.openchoreo.dev/maintenance-until';
export const MAINTENANCE_REASON_ANNOTATION = 'planeboard.openchoreo.dev/maintenance-reason';

/** Planned work on a plane. It takes the plane out of the alarms but never turns it green. */
export type Maintenance = z.infer<typeof maintenanceSchema>;

/** Reasons are shown on tiles and in lists. Longer ones are cut. */
export const MAX_MAINTENANCE_REASON = 200;

/** Longer than any RFC 3339 time, with the blanks that people leave around it. */
const MAX_TIME_LENGTH = 64;

/** The maintenance that a plane's annotations describe. */
export interface ReadMaintenance {
  readonly maintenance?: Maintenance;
  /** A sentence about an annotation that couldn't be read and is ignored. */
  readonly problem?: string;
}

/**
 * The longest time a plane can be taken out of the alarms at once. A forgotten maintenance hides the plane for that
 * long, so anything beyond a quarter of a year must be set again. To hide a plane for good, exclude it with the
 * wall's filter.
 */
export const MAX_MAINTENANCE_DAYS = 90;

/**
 * Returns whether a maintenance ends later than Planeboard would set it. Other tools may write any time.
 *
 * @param nowMs the API server's clock
 */
export function isOverlong(untilMs: number, nowMs: number): boolean {
  return untilMs > nowMs + MAX_MAINTENANCE_DAYS * DAY_MS;
}

/**
 * Parses the end of a maintenance into milliseconds since the epoch, or null if it isn't an RFC 3339 time with a
 * zone. Without one, the time would depend on the reader's zone.
 */
export function parseMaintenanceEnd(until: string): number | null {
  return parseTimeMs(until.trim());
}

/** Reads a plane's annotations. Ignores a maintenance without a readable end, which would hide alarms for ever. */
export function readMaintenance(annotations: Readonly<Record<string, string>>): ReadMaintenance {
  const until = annotations[MAINTENANCE_UNTIL_ANNOTATION]?.slice(0, MAX_TIME_LENGTH).trim() ?? '';
  const reason = shownText(annotations[MAINTENANCE_REASON_ANNOTATION], MAX_MAINTENANCE_REASON)?.trim() ?? '';
  if (until === '') {
    if (reason === '') return {};
    return { problem: `A maintenance reason is set without an end (${MAINTENANCE_UNTIL_ANNOTATION}).` };
  }
  const untilMs = parseMaintenanceEnd(until);
  if (untilMs === null) {
    return {
      problem: `${MAINTENANCE_UNTIL_ANNOTATION} isn't a time with a time zone, such as 2026-03-10T12:00:00Z.`,
    };
  }
  return {
    maintenance: { until: new Date(untilMs).toISOString(), ...(reason === '' ? {} : { reason }) },
  };
}
