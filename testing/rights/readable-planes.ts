import { PLANE_KINDS } from '@/lib/plane/model/kinds';
import { planesPath } from '@/lib/server/kube/api-paths';
import { asKubeError } from '@/lib/server/kube/kube-error';
import type { Caller } from '@/lib/server/rights/caller';
import type { PlaneScope } from '@/lib/server/rights/view';
import { viewOf } from '@/lib/server/rights/view-of';
import type { Runtime } from '@/lib/server/runtime/create-runtime';

const nameOf = ({ plural, namespace = '', name }: PlaneScope) => `${plural}/${namespace}/${name}`;

/**
 * Returns the planes that the API server answers this caller with: to a list of everything, of each namespace, and to
 * each name.
 */
export async function readablePlanes(
  { engine }: Pick<Runtime, 'engine'>,
  { client }: Caller,
  namespaces: readonly string[],
): Promise<string[]> {
  const readable = new Set<string>();
  const read = async (path: string): Promise<unknown[]> => {
    try {
      const { body } = await client.request({ path });
      return (body as { items?: unknown[] }).items ?? [body];
    } catch (error) {
      if (!['forbidden', 'not-found', 'not-served'].includes(asKubeError(error).code)) throw error;
      return [];
    }
  };
  for (const { plural, scope } of PLANE_KINDS) {
    const places = [undefined, ...(scope === 'Namespaced' ? namespaces : [])];
    for (const namespace of places)
      for (const item of await read(planesPath({ plural, namespace }))) {
        const { metadata } = item as { metadata: { namespace?: string; name: string } };
        readable.add(nameOf({ plural, ...metadata }));
      }
  }
  for (const plane of engine.planes())
    if ((await read(`${planesPath(plane)}/${plane.name}`)).length > 0) readable.add(nameOf(plane));
  return [...readable].toSorted();
}

/** Returns the planes that the caller's view shows. */
export async function visiblePlanes({ engine }: Pick<Runtime, 'engine'>, caller: Caller): Promise<string[]> {
  const view = await viewOf(caller);
  return [...engine.planes()].filter(view.sees).map(nameOf).toSorted();
}
