import 'server-only';
import { kindOfPlural } from '@/lib/plane/model/kinds';
import { paced } from '@/lib/plane/time/pace';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import { processSlot } from '@/lib/server/process/process-slot';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import type { Caller } from './caller';
import { inReviewQueue } from './review-queue';
import { type ReviewedPlanes, reviewView } from './reviewed-view';
import { type View, WHOLE_FLEET } from './view';

/** Open streams ask every 20 s, so a right that was lost is followed within a minute. */
const USE_MS = 30_000;

interface Reviewed {
  readonly view: Promise<View>;
  readonly untilMs: number;
  /** The namespaces that were asked about. */
  readonly namespaces: ReadonlySet<string>;
}

/**
 * Returns what a caller may see. Planeboard's own account sees the whole store, which holds exactly what it may list. For
 * others, the API server is asked, at most every 30 s for each credential, and when planes appear in another namespace.
 *
 * @throws KubeError when it isn't known what the caller may see
 */
export async function viewOf({ client, isOwnAccount }: Caller): Promise<View> {
  if (isOwnAccount) return WHOLE_FLEET;
  const known = processSlot('reviewed-views', () => new WeakMap<KubeClient, Reviewed>());
  const planes = knownPlanes();
  const before = known.get(client);
  const nowMs = monotonicMs();
  const isUsable =
    before &&
    before.untilMs > nowMs &&
    [...planes.namespaces].every((namespace) => before.namespaces.has(namespace));
  if (isUsable) return before.view;
  const view = reviewView(inReviewQueue(client), planes);
  const reviewed: Reviewed = { view, untilMs: nowMs + paced(USE_MS), namespaces: planes.namespaces };
  known.set(client, reviewed);
  view.catch(() => {
    if (known.get(client) === reviewed) known.delete(client);
  });
  return view;
}

function knownPlanes(): ReviewedPlanes {
  const { engine } = getRuntime();
  return {
    namespaces: new Set([...engine.namespaces(), ...engine.sources.namespaces()]),
    exists: ({ plural, namespace, name }) => {
      const kind = kindOfPlural(plural)?.kind;
      return kind !== undefined && engine.peek({ kind, namespace, name }) !== undefined;
    },
  };
}
