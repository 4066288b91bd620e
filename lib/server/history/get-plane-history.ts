import 'server-only';
import type { HistoryAnswer } from '@/lib/api/history';
import { kindOfPlural } from '@/lib/plane/model/kinds';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import { readPlane } from '@/lib/server/fleet/read-plane';
import type { Caller } from '@/lib/server/rights/caller';
import { viewOf } from '@/lib/server/rights/view-of';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

/**
 * Returns what this server saw happen to a plane, newest first, even after its deletion. A plane that the store
 * doesn't hold and that has no history, or that the caller can't see, is read as the caller, so only the API server can
 * answer `not-found`.
 *
 * @param identity checked by `parsePlaneSegments`
 * @throws KubeError or ProblemError `not-found`
 */
export async function getPlaneHistory(caller: Caller, identity: PlaneIdentity): Promise<HistoryAnswer> {
  const { engine, history, clock } = getRuntime();
  const { plural, namespace, name } = identity;
  // Publishes pending changes first, so the history contains them.
  const plane = engine.find(kindOfPlural(plural)?.kind ?? '', namespace, name)?.plane;
  const { sinceMs, entries, truncated, uid } = history.of(identity, caller.user);
  const known = plane?.uid ?? uid;
  // A hidden plane must look like one that doesn't exist.
  if (known === null || !(await viewOf(caller)).sees(identity)) await readPlane(caller, identity);
  const nowMs = clock.nowMs();
  return {
    serverTime: new Date(nowMs).toISOString(),
    since: new Date(sinceMs ?? nowMs).toISOString(),
    entries: [...entries],
    truncated,
  };
}
