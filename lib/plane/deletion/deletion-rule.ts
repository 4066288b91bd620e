import type { PlaneKindEntry } from '@/lib/plane/model/kinds';
import type { RelatedResources } from '@/lib/plane/related/related-resources';

/** Which rules of a release hold is told by what it serves: workflow planes came with 1.0, and replaced build planes. */
function isFromWorkflowPlanesOn(served: readonly PlaneKindEntry[]): boolean {
  return served.some(({ role }) => role === 'workflow');
}

/**
 * What Environments mean for deleting a plane: up to 0.17 a DataPlane takes those that refer to it along, from 1.0 they
 * block it. A ClusterDataPlane is never blocked and takes none; other kinds have none.
 *
 * @param served the plane kinds that the API server serves
 */
export function deletionRule(
  { kind }: Pick<PlaneKindEntry, 'kind'>,
  served: readonly PlaneKindEntry[],
): RelatedResources['deletionRule'] {
  if (kind !== 'DataPlane') return 'none';
  return isFromWorkflowPlanesOn(served) ? 'blocked-by-environments' : 'deletes-environments';
}

/** Whether a kind is left over from an older release: still served, while no controller looks at it any more. */
export function isUnreconciled(
  { role }: Pick<PlaneKindEntry, 'role'>,
  served: readonly PlaneKindEntry[],
): boolean {
  return role === 'build' && isFromWorkflowPlanesOn(served);
}
