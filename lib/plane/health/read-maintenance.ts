import { withoutSecret } from '@/lib/plane/model/redact';
import { shownText } from '@/lib/plane/model/visible-text';
import { parseTimeMs } from '@/lib/plane/time/age';
import { MAINTENANCE_REASON_ANNOTATION, MAINTENANCE_UNTIL_ANNOTATION, type Maintenance } from './maintenance';

/** A reason is shown on tiles and in lists; a longer one is cut. */
export const MAX_MAINTENANCE_REASON = 200;

/** What the annotations say of maintenance. */
export interface ReadMaintenance {
  readonly maintenance?: Maintenance;
  /** A sentence about what could not be read, and therefore counts as nothing. */
  readonly problem?: string;
}

/** RFC 3339 with a zone: a time without one would mean another moment to each who reads it. */
const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;

/** The end of a maintenance as it is written, milliseconds since the epoch; null: it is no RFC 3339 time with a zone. */
export function parseMaintenanceEnd(until: string): number | null {
  return RFC_3339.test(until.trim()) ? parseTimeMs(until.trim()) : null;
}

/** Reads a plane's annotations. A maintenance without a readable end is none, as it would hide alarms for ever. */
export function readMaintenance(annotations: Readonly<Record<string, string>>): ReadMaintenance {
  const until = annotations[MAINTENANCE_UNTIL_ANNOTATION]?.trim() ?? '';
  const reason = shownText(annotations[MAINTENANCE_REASON_ANNOTATION])?.trim() ?? '';
  if (until === '') {
    if (reason === '') return {};
    return { problem: `A reason for maintenance is set, but no end (${MAINTENANCE_UNTIL_ANNOTATION}).` };
  }
  const untilMs = parseMaintenanceEnd(until);
  if (untilMs === null) {
    return {
      problem: `${MAINTENANCE_UNTIL_ANNOTATION} is no time with a zone, such as 2026-03-10T12:00:00Z.`,
    };
  }
  const shown = withoutSecret(reason).slice(0, MAX_MAINTENANCE_REASON);
  return {
    maintenance: { until: new Date(untilMs).toISOString(), ...(shown === '' ? {} : { reason: shown }) },
  };
}
