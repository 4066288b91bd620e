import 'server-only';
import type { Draft } from '@/lib/plane/registration/draft';
import type { ExistingPlane } from '@/lib/plane/registration/known-planes';
import type { Caller } from '@/lib/server/rights/caller';
import { visiblePlanes } from '@/lib/server/rights/visible-planes';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

/**
 * The planes that the caller may see, or null while not all kinds are known to be complete. The draft's own name is left
 * out: whether that plane is there, and whether it is this very registration, only the API server can say.
 */
export async function knownPlanes(
  caller: Caller,
  draft: Pick<Draft, 'plural' | 'namespace' | 'name'>,
): Promise<ExistingPlane[] | null> {
  const { engine } = getRuntime();
  const { sources } = engine;
  if (sources.plurals().length === 0 || sources.notLive().length > 0) return null;
  const visibility = await visiblePlanes(caller);
  return engine
    .rows()
    .map(({ plane }) => plane)
    .filter(({ uid, plural, namespace }) => visibility.sees({ uid, plural, namespace }))
    .filter(
      ({ plural, namespace = '', name }) =>
        plural !== draft.plural || namespace !== draft.namespace || name !== draft.name,
    )
    .map(({ plural, kind, namespace, name, planeID }) => ({ plural, kind, namespace, name, planeID }));
}
