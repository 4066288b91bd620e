import { withoutSecret } from '@/lib/plane/masking/secret-text';
import {
  isOverlong,
  MAINTENANCE_REASON_ANNOTATION,
  MAINTENANCE_UNTIL_ANNOTATION,
  MAX_MAINTENANCE_DAYS,
  MAX_MAINTENANCE_REASON,
  type Maintenance,
  parseMaintenanceEnd,
} from '@/lib/plane/model/maintenance';
import { formatUtc } from '@/lib/plane/time/age';

/** A problem with a maintenance to set. */
export interface MaintenanceProblem {
  readonly field: 'until' | 'reason';
  readonly message: string;
}

/** Control characters break lines, and marks that reverse text would also reverse the text beside them. */
const UNSHOWABLE = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

/**
 * Checks a maintenance to set: it must end in the future, within 90 days, and its reason must fit on one line.
 *
 * @param nowMs the API server's clock, milliseconds since the epoch
 */
export function checkMaintenance(
  { until, reason = '' }: Maintenance,
  nowMs: number,
): readonly MaintenanceProblem[] {
  return [...endProblems(parseMaintenanceEnd(until), nowMs), ...reasonProblems(reason.trim())];
}

function endProblems(untilMs: number | null, nowMs: number): MaintenanceProblem[] {
  const problem = (message: string) => [{ field: 'until' as const, message }];
  if (untilMs === null) return problem('Enter a time with a time zone, such as 2026-03-10T12:00:00Z.');
  if (untilMs <= nowMs)
    return problem(`Choose a time in the future. It's ${formatUtc(nowMs)} on the API server.`);
  if (isOverlong(untilMs, nowMs))
    return problem(`Maintenance can last at most ${MAX_MAINTENANCE_DAYS} days.`);
  return [];
}

function reasonProblems(reason: string): MaintenanceProblem[] {
  const problem = (message: string) => [{ field: 'reason' as const, message }];
  if (reason.length > MAX_MAINTENANCE_REASON)
    return problem(`Use at most ${MAX_MAINTENANCE_REASON} characters; this has ${reason.length}.`);
  if (UNSHOWABLE.test(reason)) return problem('Use a single line without control characters.');
  if (withoutSecret(reason) !== reason)
    return problem('This looks like a password, token or key, which everyone could read. Remove it.');
  return [];
}

/** Returns the annotations that set a maintenance or, for null, remove it. */
export function maintenanceAnnotations(maintenance: Maintenance | null): Record<string, string | null> {
  const untilMs = maintenance && parseMaintenanceEnd(maintenance.until);
  const reason = maintenance?.reason?.trim() ?? '';
  return {
    [MAINTENANCE_UNTIL_ANNOTATION]:
      untilMs === null ? null : new Date(untilMs).toISOString().replace('.000Z', 'Z'),
    // A reason without an end means nothing and would be reported as a mistake.
    [MAINTENANCE_REASON_ANNOTATION]: untilMs === null || reason === '' ? null : reason,
  };
}
