import { resourceSince } from '@/lib/plane/health/state-since';
import { formatAge, parseTimeMs } from '@/lib/plane/time/age';
import { MINUTE_MS } from '@/lib/plane/time/duration';
import { type FleetEntry, shownState } from './fleet-view';

/** When a plane's state began. */
export interface EntrySince {
  /** Milliseconds since the epoch, on the API server's clock. */
  readonly atMs: number;
  /** Whether the resource says so. Otherwise the state has lasted at least since then. */
  readonly exact: boolean;
}

/**
 * Returns since when a plane is in its state: by its own resource or, if that doesn't tell, since this reader saw it
 * change. Null if neither is known.
 */
export function entrySince({ plane, health, lastKnown, seenSinceMs }: FleetEntry): EntrySince | null {
  const atMs = parseTimeMs(resourceSince(plane, lastKnown?.health ?? health));
  if (atMs !== null) return { atMs, exact: true };
  return seenSinceMs === null ? null : { atMs: seenSinceMs, exact: false };
}

/** A time further in the future was written by a clock that disagrees. */
const SKEW_MS = MINUTE_MS;

/** Returns the same at a moment: a time that a wrong clock put into the future tells nothing. */
function entrySinceAt(entry: FleetEntry, nowMs: number): EntrySince | null {
  const since = entrySince(entry);
  return since === null || since.atMs - nowMs > SKEW_MS ? null : since;
}

/**
 * Returns how long a plane has been in its state at a moment: `3 h 5 min`. Null if that isn't known. A last known state
 * stops to age at the last contact.
 */
export function entryAge(entry: FleetEntry, currentMs: number): string | null {
  const nowMs = entry.lastKnown?.asOfMs ?? currentMs;
  const since = entrySinceAt(entry, nowMs);
  return since && formatAge(Math.max(0, nowMs - since.atMs));
}

/** States that someone should know of when they begin. */
const TROUBLE: ReadonlySet<string> = new Set(['disconnected', 'stale', 'unknown', 'degraded']);

/**
 * Returns whether a plane got into trouble after a person last looked.
 *
 * @param lastLookMs on the API server's clock, milliseconds since the epoch; null: the person never looked before
 */
export function isNewTrouble(entry: FleetEntry, lastLookMs: number | null): boolean {
  if (lastLookMs === null || !TROUBLE.has(shownState(entry))) return false;
  const since = entrySince(entry);
  return since !== null && since.atMs > lastLookMs;
}
