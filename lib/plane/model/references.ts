import { kindOfName } from './kinds';
import type { ObjectRef } from './object-ref';
import type { Plane } from './plane';

/** The states of an explicit reference; `not-visible` when the caller may not know whether the target exists. */
export const REFERENCE_STATES = ['none', 'found', 'missing', 'not-visible'] as const;
export type ReferenceState = (typeof REFERENCE_STATES)[number];

/**
 * Returns the observability plane that a plane explicitly names, or null. A namespaced target is in the plane's own
 * namespace. Doesn't resolve an absent reference.
 */
export function explicitObservabilityPlane(
  plane: Pick<Plane, 'namespace' | 'observabilityPlaneRef'>,
): ObjectRef | null {
  const ref = plane.observabilityPlaneRef;
  if (!ref) return null;
  const namespaced = kindOfName(ref.kind)?.scope !== 'Cluster';
  return namespaced && plane.namespace !== undefined
    ? { kind: ref.kind, namespace: plane.namespace, name: ref.name }
    : { kind: ref.kind, name: ref.name };
}

/**
 * Returns the state of the explicit reference. The controllers don't validate it, so Planeboard does.
 *
 * @param exists looks up the target; returns 'not-visible' if the caller may not know
 */
export function referenceState(
  plane: Plane,
  exists: (target: ObjectRef) => boolean | 'not-visible',
): ReferenceState {
  const target = explicitObservabilityPlane(plane);
  if (!target) return 'none';
  const found = exists(target);
  if (found === 'not-visible') return 'not-visible';
  return found ? 'found' : 'missing';
}

/**
 * Returns a key that planes of the same physical cluster share: the gateway's plane type plus planeID. Null for a
 * plane without a planeID.
 */
export function siblingKey(plane: Pick<Plane, 'kind' | 'planeID'>): string | null {
  const planeType = kindOfName(plane.kind)?.planeType;
  return plane.planeID === null || planeType === undefined ? null : `${planeType}/${plane.planeID}`;
}

/** Returns the rows of the other planes with a sibling key, in their order. None if the key is null. */
export function siblingsIn<Row extends { readonly plane: Plane }>(
  rows: readonly Row[],
  own: { readonly uid: string | undefined; readonly key: string | null },
): Row[] {
  if (own.key === null) return [];
  return rows.filter(({ plane }) => plane.uid !== own.uid && siblingKey(plane) === own.key);
}
