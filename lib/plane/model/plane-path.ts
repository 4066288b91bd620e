import { kindOfName, kindOfPlural } from './kinds';
import type { ObjectRef } from './object-ref';

/** DNS-1123 subdomain, the rule for names and namespaces. No path segment of an API call can be anything else. */
const KUBERNETES_NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** Identifies a plane to people and in URLs. */
export interface PlaneIdentity {
  readonly plural: string;
  readonly namespace?: string | undefined;
  readonly name: string;
}

/**
 * Returns `dataplanes/acme/prod` or `clusterdataplanes/shared`: the tail of a plane's page and of its API route.
 * Kubernetes names need no escaping, but a name may come from outside, so it is escaped.
 */
export function planeKey({ plural, namespace, name }: PlaneIdentity): string {
  return [plural, namespace, name]
    .filter((part): part is string => part !== undefined)
    .map(encodeURIComponent)
    .join('/');
}

/** Names an object in a sentence by its kind and name: `DataPlane acme/prod`. */
export function objectName({ kind, namespace, name }: ObjectRef): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** Returns the path of the plane's page. */
export function planePath(identity: PlaneIdentity): `/planes/${string}` {
  return `/planes/${planeKey(identity)}`;
}

/** Returns the path of an object's page, or null: only planes have pages. */
export function objectPagePath({ kind, namespace, name }: ObjectRef): `/planes/${string}` | null {
  const entry = kindOfName(kind);
  if (!entry || (entry.scope === 'Namespaced') !== (namespace !== undefined)) return null;
  return planePath({ plural: entry.plural, namespace, name });
}

/** Returns the path of the plane's API route. */
export function planeApiPath(identity: PlaneIdentity): `/api/planes/${string}` {
  return `/api/planes/${planeKey(identity)}`;
}

/**
 * Returns the identity named by the decoded segments after `/planes/`.
 *
 * Returns undefined if the plural isn't a plane kind, the number of segments doesn't fit the kind's scope, or a
 * segment can't be a Kubernetes name. This keeps `..` and slashes out of calls to the API server.
 */
export function parsePlaneSegments(segments: readonly string[]): PlaneIdentity | undefined {
  const [plural, second, third, ...rest] = segments;
  const entry = plural === undefined ? undefined : kindOfPlural(plural);
  if (!entry || !isName(second) || rest.length > 0) return undefined;
  if (entry.scope === 'Cluster')
    return third === undefined ? { plural: entry.plural, name: second } : undefined;
  return isName(third) ? { plural: entry.plural, namespace: second, name: third } : undefined;
}

function isName(segment: string | undefined): segment is string {
  return segment !== undefined && isKubernetesName(segment);
}

/**
 * Returns whether a text can name a Kubernetes object or namespace. Any other text must never become part of an API
 * path.
 */
export function isKubernetesName(text: string): boolean {
  return KUBERNETES_NAME.test(text);
}

/** The API routes of a plane besides reading, changing and deleting it. */
export const PLANE_SUBRESOURCES = [
  'refresh',
  'annotations',
  'related',
  'events',
  'history',
  'credentials',
  'replacements',
] as const;
type PlaneSubresource = (typeof PLANE_SUBRESOURCES)[number];

/** A plane, and the part of it that a path requests. */
export interface PlaneTarget {
  readonly identity: PlaneIdentity;
  /** Null for the plane itself. */
  readonly action: PlaneSubresource | null;
}

/**
 * Returns the target of the decoded segments after `/api/planes/`, such as `dataplanes/acme/prod/history`. A plane
 * may have the name of an action, because its kind's scope determines how many segments name it.
 *
 * Returns undefined if the segments name no plane, or something that planes don't have.
 */
export function parsePlaneSubresource(segments: readonly string[]): PlaneTarget | undefined {
  const whole = parsePlaneSegments(segments);
  if (whole) return { identity: whole, action: null };
  const identity = parsePlaneSegments(segments.slice(0, -1));
  const action = PLANE_SUBRESOURCES.find((known) => known === segments.at(-1));
  return identity && action ? { identity, action } : undefined;
}
