import type { PlaneKindEntry } from '@/lib/plane/model/kinds';
import type { RelatedResources } from '@/lib/plane/related/related-resources';

/** Determines which release's rules apply: workflow planes came with 1.0 and replaced build planes. */
function isFromWorkflowPlanesOn(served: readonly PlaneKindEntry[]): boolean {
  return served.some(({ role }) => role === 'workflow');
}

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
  return isFromWorkflowPlanesOn(served) ? 'blocked-by-environments' : 'deletes-environments';
}

/**
 * Returns whether a kind is left over from an older release: still served, but no controller reconciles it any more.
 */
export function isUnreconciled(
  { role }: Pick<PlaneKindEntry, 'role'>,
  served: readonly PlaneKindEntry[],
): boolean {
  return role === 'build' && isFromWorkflowPlanesOn(served);
}
