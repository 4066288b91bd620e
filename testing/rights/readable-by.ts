import { collectionOf } from '@/demo/controllers/plane-object';
import { PLANE_KINDS } from '@/lib/plane/model/kinds';
import { planeKey } from '@/lib/plane/model/plane-path';
import type { DirectAnswers } from './direct-answers';
import { MATRIX_NAMESPACES, type MatrixPlane } from './matrix-world';

/**
 * Returns the keys of the planes that the API server answers a person with: to a list of the cluster, to one of each
 * namespace, or to a request for one name.
 */
export async function readableBy(
  direct: DirectAnswers,
  planes: readonly MatrixPlane[],
): Promise<ReadonlySet<string>> {
  const lists = PLANE_KINDS.flatMap(({ kind, plural, scope }) => {
    const namespaces = scope === 'Namespaced' ? MATRIX_NAMESPACES : [];
    return [undefined, ...namespaces].map((namespace) => ({ plural, path: collectionOf(kind, namespace) }));
  });
  const found = await Promise.all(
    [...lists, ...planes].map(async ({ plural, path }) =>
      (await direct.objects(path)).map(({ metadata: { namespace, name } }) =>
        planeKey({ plural, namespace, name }),
      ),
    ),
  );
  return new Set(found.flat());
}
