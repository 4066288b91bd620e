import 'server-only';
import { mayBeInProgress, unfinishedReplacements } from '@/lib/plane/credentials/replacement-record';
import { annotationsOf, type LivePlane } from '@/lib/server/edit/live-plane';
import { ProblemError } from '@/lib/server/http/problem';
import { processSlot } from '@/lib/server/process/process-slot';
import type { Caller } from '@/lib/server/rights/caller';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

/** The ids of the replacements that this process is writing now. */
function running(): Set<string> {
  return processSlot('running-replacements', () => new Set<string>());
}

/** Writes a replacement, and makes it known to this process meanwhile. */
export async function whileRunning<T>(id: string | undefined, write: () => Promise<T>): Promise<T> {
  if (id === undefined) return write();
  running().add(id);
  try {
    return await write();
  } finally {
    running().delete(id);
  }
}

/**
 * Rejects a change of a credential that is being written now: each of two replacements would write half of it. This
 * process knows its own; another replica's is recognised by its user and its age.
 *
 * @throws ProblemError `conflict`
 */
export function refuseWhileWriting({ user }: Caller, live: LivePlane, slot: string): void {
  const other = unfinishedReplacements(annotationsOf(live))[slot];
  if (!other) return;
  const isOthers = other.by !== user && mayBeInProgress(other, getRuntime().clock.nowMs());
  if (!isOthers && !running().has(other.id)) return;
  throw new ProblemError(
    'conflict',
    `${other.by ?? 'Someone'} is replacing this credential now. Nothing was written. Try again in a minute.`,
  );
}
