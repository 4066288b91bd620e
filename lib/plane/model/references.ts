import { kindOfName } from './kinds';
import type { ObjectRef } from './object-ref';
import type { Plane } from './plane';

/** Whether an explicit reference points at something; `not-visible` when the caller may not know. */
export const REFERENCE_STATES = ['none', 'found', 'missing', 'not-visible'] as const;
export type ReferenceState = (typeof REFERENCE_STATES)[number];

/**
 * The observability plane that a plane explicitly names. A namespaced target is looked for in the plane's own
 * namespace. Null when it names none: what an absent reference resolves to is another question.
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
 * Whether the explicit reference points at something. The controllers do not validate it, so the dashboard does.
 * `exists` answers for one target; it says 'not-visible' where the caller may not know.
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
 * Planes with the same key are the same physical cluster: the gateway's key is plane type plus planeID.
 * Null for a plane without a planeID.
 */
export function siblingKey(plane: Pick<Plane, 'kind' | 'planeID'>): string | null {
  const planeType = kindOfName(plane.kind)?.planeType;
  return plane.planeID === null || planeType === undefined ? null : `${planeType}/${plane.planeID}`;
}
