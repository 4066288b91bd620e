import { kindOfName, kindOfPlural } from './kinds';
import type { ObjectRef } from './object-ref';

/** DNS-1123 subdomain, the rule of names and namespaces: no path segment of an API call can be anything else. */
const KUBERNETES_NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/** What names a plane to people and in URLs. */
export interface PlaneIdentity {
  readonly plural: string;
  readonly namespace?: string | undefined;
  readonly name: string;
}

/**
 * `dataplanes/acme/prod` or `clusterdataplanes/shared`: the tail of a plane's page and of its API route.
 * Kubernetes names need no escaping, yet a name may come from outside, so it is escaped.
 */
export function planeKey({ plural, namespace, name }: PlaneIdentity): string {
  return [plural, namespace, name]
    .filter((part): part is string => part !== undefined)
    .map(encodeURIComponent)
    .join('/');
}

/** `DataPlane acme/prod`: an object in a sentence, by its kind and name. */
export function objectName({ kind, namespace, name }: ObjectRef): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

/** The plane's page. */
export function planePath(identity: PlaneIdentity): `/planes/${string}` {
  return `/planes/${planeKey(identity)}`;
}

/** The page of an object; null: only planes have pages. */
export function objectPagePath({ kind, namespace, name }: ObjectRef): `/planes/${string}` | null {
  const entry = kindOfName(kind);
  if (!entry || (entry.scope === 'Namespaced') !== (namespace !== undefined)) return null;
  return planePath({ plural: entry.plural, namespace, name });
}

/** The plane's API route. */
export function planeApiPath(identity: PlaneIdentity): `/api/planes/${string}` {
  return `/api/planes/${planeKey(identity)}`;
}

/**
 * The identity that the decoded segments after `/planes/` name.
 * Undefined when the plural is no plane kind, the number of segments does not fit the kind's scope, or a segment can be
 * no Kubernetes name (which keeps `..` and slashes out of calls to the API server).
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

/** Whether a text can name a Kubernetes object or namespace; what cannot must never become part of an API path. */
export function isKubernetesName(text: string): boolean {
  return KUBERNETES_NAME.test(text);
}

/** What an API route does with a plane beside reading, changing and deleting it. */
export const PLANE_SUBRESOURCES = ['refresh', 'related', 'events', 'history', 'credentials'] as const;
type PlaneSubresource = (typeof PLANE_SUBRESOURCES)[number];

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
