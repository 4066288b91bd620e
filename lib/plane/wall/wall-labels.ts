import { kindOfName } from '@/lib/plane/model/kinds';
import { formatAge, parseTimeMs } from '@/lib/plane/time/age';
import { MINUTE_MS } from '@/lib/plane/time/duration';
import type { BoardPlane } from './board';

const TEN_MINUTES_MS = 10 * MINUTE_MS;

/** How long a plane is in its state: `3 h 5 min`, or `≥ 3 h` where it can have lasted longer than anybody saw. */
export function sinceText({ since }: Pick<BoardPlane, 'since'>, nowMs: number): string {
  const atMs = parseTimeMs(since.at);
  if (atMs === null) return '';
  const age = formatAge(nowMs - atMs);
  return since.exact ? `for ${age}` : `for ≥ ${age}`;
}

/** The age of the last heartbeat, ticking while it can still become late. */
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

/** `42 s`, `3 min 05 s`, above ten minutes as any age. */
function tickingAge(ageMs: number): string {
  if (ageMs < MINUTE_MS || ageMs >= TEN_MINUTES_MS) return formatAge(ageMs);
  const seconds = Math.floor((ageMs % MINUTE_MS) / 1000);
  return `${Math.floor(ageMs / MINUTE_MS)} min ${String(seconds).padStart(2, '0')} s`;
}

/**
 * `Data plane · acme`, `Cluster data plane`; behind its group where the wall is grouped by a label, since what does not
 * fit on a tile is cut at its end.
 */
export function kindLabel({
  kind,
  namespace,
  group,
}: Pick<BoardPlane, 'kind' | 'namespace' | 'group'>): string {
  return [group, kindOfName(kind)?.label ?? kind, namespace].filter((part) => part !== undefined).join(' · ');
}

/** `14:05:09`, the time of day in UTC. In: milliseconds since the epoch. */
export function clockText(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(11, 19);
}
