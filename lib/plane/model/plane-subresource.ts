import { type PlaneIdentity, parsePlaneSegments } from './plane-path';

/** What an API route does with a plane beside reading, changing and deleting it. */
export const PLANE_SUBRESOURCES = ['refresh', 'related', 'events', 'history', 'credentials'] as const;
export type PlaneSubresource = (typeof PLANE_SUBRESOURCES)[number];

/** A plane, and the part of it that a path asks for. */
export interface PlaneTarget {
  readonly identity: PlaneIdentity;
  /** Null: the plane itself. */
  readonly action: PlaneSubresource | null;
}

/**
 * What the decoded segments after `/api/planes/` ask for: `dataplanes/acme/prod/history`. A plane may bear the name of
 * an action, since the scope of its kind says how many segments name it. Undefined when they name no plane, or
 * something that planes don't have.
 */
export function parsePlaneSubresource(segments: readonly string[]): PlaneTarget | undefined {
  const whole = parsePlaneSegments(segments);
  if (whole) return { identity: whole, action: null };
  const identity = parsePlaneSegments(segments.slice(0, -1));
  const action = PLANE_SUBRESOURCES.find((known) => known === segments.at(-1));
  return identity && action ? { identity, action } : undefined;
}
