import 'server-only';
import type { ProblemCode } from '@/lib/api/problem';
import { HOUR_MS } from '@/lib/plane/time/duration';
import { auditEvent } from '@/lib/server/log/audited-event';
import { FirstInPeriod } from '@/lib/server/log/first-in-period';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import { processSlot } from '@/lib/server/process/process-slot';
import type { RequestNote } from './request-note';

/** The problems that say: not you, or not from there. */
const REFUSALS: ReadonlySet<ProblemCode> = new Set([
  'unauthenticated',
  'wall-revoked',
  'wall-ended',
  'wall-not-authentic',
  'forbidden',
  'cross-origin',
  'csrf',
  'unknown-host',
  'read-only',
]);

/**
 * Logs that a request was refused. The same refusal is logged again after an hour at the earliest, with the number of
 * repetitions, because pages and screens try again all the time. The paths of people who aren't known don't distinguish
 * refusals: they can invent any number of them.
 *
 * @param note null: the request isn't known, or has a line of its own
 */
export function auditRefusal(note: RequestNote | null, code: ProblemCode): void {
  if (note === null || !REFUSALS.has(code)) return;
  const { user, origin, method, path } = note;
  const key = JSON.stringify([user, origin?.source, code, method, ...(user === null ? [] : [path])]);
  const logged = processSlot('audited-refusals', () => new FirstInPeriod(HOUR_MS));
  const repeats = logged.take(key, monotonicMs());
  if (repeats === null) return;
  auditEvent(note, { event: 'refused', code, method, path, ...(repeats > 0 ? { repeats } : {}) });
}
