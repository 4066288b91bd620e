import { kindOfName } from '@/lib/plane/model/kinds';
import { isOverlong, MAX_MAINTENANCE_DAYS } from '@/lib/plane/model/maintenance';
import { formatAge, parseTimeMs } from '@/lib/plane/time/age';
import { DAY_MS, MINUTE_MS } from '@/lib/plane/time/duration';
import type { BoardPlane } from './board';

const TEN_MINUTES_MS = 10 * MINUTE_MS;

/**
 * Describes how long a plane has been in its state: `3 h 5 min`, or `≥ 3 h` if it may have lasted longer than
 * observed.
 */
export function sinceText({ since }: Pick<BoardPlane, 'since'>, nowMs: number): string {
  const atMs = parseTimeMs(since.at);
  if (atMs === null) return '';
  const age = formatAge(nowMs - atMs);
  return since.exact ? `for ${age}` : `for ≥ ${age}`;
}

const MONTH_AND_YEAR = new Intl.DateTimeFormat('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' });
const MONTH_AND_DAY = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' });

/**
 * Describes when a maintenance ends, short enough for a tile: `until 14:00 UTC` within the next 24 hours, otherwise
 * `until Mar 11`, or `over 90 days, until Mar 2099` if it's further away than Planeboard would set it. `untilText` has
 * room for more.
 *
 * @param nowMs the API server's clock, milliseconds since the epoch
 */
export function maintenanceEndText(until: string, nowMs: number): string {
  const atMs = parseTimeMs(until);
  if (atMs === null) return '';
  if (atMs - nowMs < DAY_MS) return `until ${new Date(atMs).toISOString().slice(11, 16)} UTC`;
  if (isOverlong(atMs, nowMs))
    return `over ${MAX_MAINTENANCE_DAYS} days, until ${MONTH_AND_YEAR.format(atMs)}`;
  return `until ${MONTH_AND_DAY.format(atMs)}`;
}

/** Describes the age of the last heartbeat, which ticks while it can still become late. */
export function heartbeatText(
  { lastHeartbeatTime }: Pick<BoardPlane, 'lastHeartbeatTime'>,
  nowMs: number,
): string {
  const atMs = parseTimeMs(lastHeartbeatTime ?? undefined);
  if (atMs === null) return 'no heartbeat';
  const ageMs = nowMs - atMs;
  if (ageMs < -MINUTE_MS / 2) return 'heartbeat in the future';
  return `heartbeat ${tickingAge(ageMs)} ago`;
}

/** Formats an age as `42 s` or `3 min 05 s`, and above ten minutes like any age. */
function tickingAge(ageMs: number): string {
  if (ageMs < MINUTE_MS || ageMs >= TEN_MINUTES_MS) return formatAge(ageMs);
  const seconds = Math.floor((ageMs % MINUTE_MS) / 1000);
  return `${Math.floor(ageMs / MINUTE_MS)} min ${String(seconds).padStart(2, '0')} s`;
}

/**
 * Returns `Team Checkout · Data plane · acme` or `Cluster data plane`. Begins with the group, if the wall is grouped by a
 * label, and the owner, whom people in front of a wall call, because a tile cuts long text at its end.
 */
export function kindLabel({
  kind,
  namespace,
  group,
  owner,
}: Pick<BoardPlane, 'kind' | 'namespace' | 'group' | 'owner'>): string {
  return [group, owner, kindOfName(kind)?.label ?? kind, namespace]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** Formats the time of day in UTC as `14:05:09`, from milliseconds since the epoch. */
export function clockText(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(11, 19);
}
