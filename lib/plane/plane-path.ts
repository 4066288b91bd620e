import { kindOfPlural } from './kinds';

/** What names a plane to people and in URLs. */
export interface PlaneIdentity {
  readonly plural: string;
  readonly namespace?: string | undefined;
  readonly name: string;
}

/**
 * `dataplanes/acme/prod` or `clusterdataplanes/shared`: the tail of a plane's page and of its API route.
 * Kubernetes names need no escaping, yet a name comes from outside, so it is escaped.
 */
export function planeKey({ plural, namespace, name }: PlaneIdentity): string {
  return [plural, namespace, name]
    .filter((part): part is string => part !== undefined)
    .map(encodeURIComponent)
    .join('/');
}

/** The plane's page. */
export function planePath(identity: PlaneIdentity): `/planes/${string}` {
  return `/planes/${planeKey(identity)}`;
}

/** The plane's API route. */
export function planeApiPath(identity: PlaneIdentity): `/api/planes/${string}` {
  return `/api/planes/${planeKey(identity)}`;
}

/**
 * The identity that the decoded segments after `/planes/` name.
 * Undefined when the plural is no plane kind or the number of segments does not fit the kind's scope.
 */
export function parsePlaneSegments(segments: readonly string[]): PlaneIdentity | undefined {
  const [plural, second, third, ...rest] = segments;
  const entry = plural === undefined ? undefined : kindOfPlural(plural);
  if (!entry || second === undefined || second === '' || rest.length > 0) return undefined;
  if (entry.scope === 'Cluster')
    return third === undefined ? { plural: entry.plural, name: second } : undefined;
  if (third === undefined || third === '') return undefined;
  return { plural: entry.plural, namespace: second, name: third };
}
