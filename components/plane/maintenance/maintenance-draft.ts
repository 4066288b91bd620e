import { checkMaintenance, type MaintenanceProblem } from '@/lib/plane/maintenance/check-maintenance';
import type { Maintenance } from '@/lib/plane/model/maintenance';
import { parseTimeMs } from '@/lib/plane/time/age';
import { HOUR_MS, MINUTE_MS } from '@/lib/plane/time/duration';

/** The ends to choose from; `exact` is a typed date and time. */
export type MaintenanceEnd = '1h' | '4h' | 'tomorrow' | '1w' | 'exact';

/** The values of the maintenance form. */
export interface MaintenanceDraft {
  readonly ends: MaintenanceEnd;
  /** The value of a `datetime-local` input, in the browser's time zone: `2026-03-10T14:00`. */
  readonly exact: string;
  readonly reason: string;
}

/** Alarms return when people start work. */
const MORNING_HOUR = 8;

const LOCAL_TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d)?$/;

/** The initial draft: the active maintenance, or one hour. @param nowMs the API server's clock */
export function newMaintenanceDraft(current: Maintenance | null, nowMs: number): MaintenanceDraft {
  const untilMs = parseTimeMs(current?.until);
  return untilMs === null
    ? { ends: '1h', exact: inputTimeText(endAfter(HOUR_MS, nowMs)), reason: '' }
    : { ends: 'exact', exact: inputTimeText(untilMs), reason: current?.reason ?? '' };
}

/** The end of the drafted maintenance, milliseconds since the epoch; null if no valid time is typed. */
export function draftEndMs({ ends, exact }: MaintenanceDraft, nowMs: number): number | null {
  switch (ends) {
    case '1h':
      return endAfter(HOUR_MS, nowMs);
    case '4h':
      return endAfter(4 * HOUR_MS, nowMs);
    case '1w':
      return endAfter(7 * 24 * HOUR_MS, nowMs);
    case 'tomorrow':
      return tomorrowMorningMs(nowMs);
    case 'exact':
      return localTimeMs(exact);
  }
}

/** Parses a time in the browser's time zone; null for anything else, such as February 30. */
function localTimeMs(text: string): number | null {
  const [, minute, second = ':00'] = LOCAL_TIME.exec(text) ?? [];
  if (minute === undefined || parseTimeMs(`${minute}${second}Z`) === null) return null;
  return Date.parse(`${minute}${second}`);
}

/** The drafted maintenance. Without a valid end its `until` is empty, which every check rejects. */
export function draftedMaintenance(draft: MaintenanceDraft, nowMs: number): Maintenance {
  const endMs = draftEndMs(draft, nowMs);
  const reason = draft.reason.trim();
  return {
    until: endMs === null ? '' : new Date(endMs).toISOString(),
    ...(reason === '' ? {} : { reason }),
  };
}

/** The problems that prevent saving the draft, by field. */
export function draftProblems(
  draft: MaintenanceDraft,
  nowMs: number,
): Readonly<Partial<Record<MaintenanceProblem['field'], string>>> {
  const problems = Object.fromEntries(
    checkMaintenance(draftedMaintenance(draft, nowMs), nowMs).map(({ field, message }) => [field, message]),
  );
  return draftEndMs(draft, nowMs) === null ? { ...problems, until: 'Enter an end date and time.' } : problems;
}

/** Formats a time in the browser's time zone: `Tue, 10 Mar 2026, 15:00`. */
export function localTimeText(timeMs: number): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(timeMs);
}

/** The browser's time zone with its offset at the given time: `Europe/Berlin, UTC+01:00`. */
export function timeZoneText(timeMs: number): string {
  const { timeZone } = new Intl.DateTimeFormat('en-GB').resolvedOptions();
  const minutes = -new Date(timeMs).getTimezoneOffset();
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const offset = `UTC${minutes < 0 ? '−' : '+'}${twoDigits(hours)}:${twoDigits(rest)}`;
  return timeZone === 'UTC' ? timeZone : `${timeZone}, ${offset}`;
}

/** Rounds up to whole minutes: easy to read, and never shorter than the chosen duration. */
function endAfter(spanMs: number, nowMs: number): number {
  return Math.ceil((nowMs + spanMs) / MINUTE_MS) * MINUTE_MS;
}

function tomorrowMorningMs(nowMs: number): number {
  const morning = new Date(nowMs);
  morning.setDate(morning.getDate() + 1);
  return morning.setHours(MORNING_HOUR, 0, 0, 0);
}

/** The value of a `datetime-local` input for a time; includes the seconds only if they aren't zero. */
function inputTimeText(timeMs: number): string {
  const time = new Date(timeMs);
  const day = [time.getFullYear(), time.getMonth() + 1, time.getDate()].map(twoDigits).join('-');
  const parts = [time.getHours(), time.getMinutes(), ...(time.getSeconds() > 0 ? [time.getSeconds()] : [])];
  return `${day}T${parts.map(twoDigits).join(':')}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
