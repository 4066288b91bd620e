import type { PlaneKindEntry } from '@/lib/plane/model/kinds';
import { servesWorkflowPlanes } from '@/lib/plane/model/unreconciled-kinds';
import type { RelatedResources } from '@/lib/plane/related/related-resources';

/**
 * Returns what Environments mean for deleting a plane. Up to 0.17, deleting a DataPlane deletes the Environments that
 * refer to it; from 1.0 on they block it. A ClusterDataPlane is never blocked and deletes none; other kinds have
 * none.
 *
 * @param served the plane kinds that the API server serves
 */
export function deletionRule(
  { kind }: Pick<PlaneKindEntry, 'kind'>,
  served: readonly PlaneKindEntry[],
): RelatedResources['deletionRule'] {
  if (kind !== 'DataPlane') return 'none';
  return servesWorkflowPlanes(served) ? 'blocked-by-environments' : 'deletes-environments';
}
