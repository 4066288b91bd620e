import type { PlaneKindEntry } from './kinds';

/** Returns whether the release is 1.0 or later: workflow planes came with it and replaced build planes. */
export function servesWorkflowPlanes(served: readonly Pick<PlaneKindEntry, 'role'>[]): boolean {
  return served.some(({ role }) => role === 'workflow');
}

/**
 * Returns whether a kind is left over from an older release: still served, but no controller reconciles it any more.
 *
 * @param served the plane kinds that the API server serves
 */
export function isUnreconciled(
  { role }: Pick<PlaneKindEntry, 'role'>,
  served: readonly Pick<PlaneKindEntry, 'role'>[],
): boolean {
  return role === 'build' && servesWorkflowPlanes(served);
}

/** Says why a left-over kind shouldn't be registered, in a sentence. */
export const UNRECONCILED_TEXT =
  'No controller of this release reconciles this kind, so the plane would never connect. Register a workflow plane instead.';
