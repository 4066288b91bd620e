import { parseTimeMs } from '@/lib/plane/time/age';
import { kindOfName } from './kinds';
import type { Plane } from './plane';

/**
 * Returns how many changes of a plane the controller hasn't observed. Cluster kinds never update observedGeneration
 * after creation, so it means nothing there.
 */
export function unobservedChanges({
  kind,
  generation,
  observedGeneration,
}: Pick<Plane, 'kind' | 'generation' | 'observedGeneration'>): number {
  if (kindOfName(kind)?.scope !== 'Namespaced' || observedGeneration === undefined) return 0;
  return Math.max(0, generation - observedGeneration);
}

/**
 * Returns the latest time at which the first change that the controller hasn't observed was made, RFC 3339. Later
 * changes don't move it. Undefined if no time can be read.
 */
export function unobservedSince({
  unobservedSince: since,
  specChangedAt,
  createdAt,
}: Pick<Plane, 'unobservedSince' | 'specChangedAt' | 'createdAt'>): string | undefined {
  return [since, specChangedAt, createdAt].find((time) => parseTimeMs(time) !== null);
}

/**
 * Returns the plane with the time of its first unobserved change, if that isn't its last one. A resource keeps only the
 * time of its last change, which moves with each edit.
 *
 * @param before the version that was seen before, with the times that this returned
 */
export function withUnobservedSince(plane: Plane, before: Plane): Plane {
  const isSameChange =
    unobservedChanges(before) > 0 &&
    unobservedChanges(plane) > 0 &&
    before.observedGeneration === plane.observedGeneration;
  // When the controller has observed some of the changes, it works, and the time of the next one isn't known.
  if (!isSameChange) return plane;
  const since = unobservedSince(before);
  return since === undefined || since === unobservedSince(plane)
    ? plane
    : { ...plane, unobservedSince: since };
}
