import { type QueryClient, type QueryKey, queryOptions } from '@tanstack/react-query';
import { catalogSchema } from '@/lib/api/catalog';
import { hiddenAnnotationSchema, type PlaneDetail, planeDetailSchema } from '@/lib/api/fleet';
import {
  registrationKindsSchema,
  registrationNamespacesSchema,
  registrationSecretsSchema,
} from '@/lib/api/registration';
import type { Plane } from '@/lib/plane/model/plane';
import { type PlaneIdentity, planeApiPath, planeKey } from '@/lib/plane/model/plane-path';
import { paced } from '@/lib/plane/time/pace';
import { getJson } from './api-request';

/** The server caches access reviews for a minute; reading them more often brings nothing new. */
const ACCESS_STALE_MS = 60_000;
/** The Secret may be created in another window at any moment. */
const SECRETS_STALE_MS = 10_000;

/**
 * The installed kinds and their fields.
 *
 * @param served the kinds that the feed reports; a change reads the catalogue again
 */
export function catalogQuery(served = '') {
  return queryOptions({
    queryKey: ['catalog', served],
    queryFn: async ({ signal }) => catalogSchema.parse(await getJson('/api/catalog', signal)),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The installed kinds that the caller may create planes of. */
export function kindAccessQuery() {
  return queryOptions({
    queryKey: ['registration', 'kinds'],
    queryFn: async ({ signal }) =>
      registrationKindsSchema.parse(await getJson('/api/registrations/kinds', signal)),
    staleTime: paced(ACCESS_STALE_MS),
  });
}

/** The namespaces, and in which of them the caller may create Secrets and planes of a kind. */
export function namespacesQuery(plural: string) {
  return queryOptions({
    queryKey: ['registration', 'namespaces', plural],
    queryFn: async ({ signal }) =>
      registrationNamespacesSchema.parse(
        await getJson(`/api/registrations/namespaces?plural=${encodeURIComponent(plural)}`, signal),
      ),
    staleTime: paced(ACCESS_STALE_MS),
  });
}

/** A plane's identity with its uid and version, which its details depend on. */
export type PlaneVersion = PlaneIdentity & Pick<Plane, 'uid' | 'resourceVersion'>;

/** Returns the common start of the keys of a plane's details, for all versions. */
export function planeDetailKey(identity: PlaneIdentity) {
  return ['plane', planeKey(identity)] as const;
}

/** One plane with its spec and YAML, as of the request. `fetchQuery` with `staleTime: 0` reads it again. */
export function planeDetailQuery(identity: PlaneIdentity) {
  return queryOptions({
    queryKey: planeDetailKey(identity),
    queryFn: ({ signal, client }) => readPlaneDetail(identity, null, signal, client),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** One plane with its spec and YAML, at the version that the feed reported or a newer one. */
export function planeVersionQuery(plane: PlaneVersion) {
  return queryOptions({
    queryKey: planeVersionKey(plane),
    queryFn: ({ signal, client }) => readPlaneDetail(plane, plane.resourceVersion, signal, client),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** One annotation that the plane's details leave out, at the version that the page shows. */
export function hiddenAnnotationQuery(plane: PlaneVersion, name: string) {
  return queryOptions({
    queryKey: [...planeVersionKey(plane), 'annotation', name],
    queryFn: async ({ signal }) =>
      hiddenAnnotationSchema.parse(
        await getJson(`${planeApiPath(plane)}/annotations?name=${encodeURIComponent(name)}`, signal),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function planeVersionKey(plane: PlaneVersion): QueryKey {
  return [...planeDetailKey(plane), plane.uid, plane.resourceVersion];
}

/** @param version the version that the feed reported; null for any */
async function readPlaneDetail(
  identity: PlaneIdentity,
  version: string | null,
  signal: AbortSignal,
  client: QueryClient,
): Promise<PlaneDetail> {
  const detail = planeDetailSchema.parse(await getJson(planeApiPath(identity), signal));
  // If the API server is ahead of the feed, caching its version saves another read when the feed reports it.
  if (detail.plane.resourceVersion !== version) client.setQueryData(planeVersionKey(detail.plane), detail);
  return detail;
}

/**
 * The names of a namespace's Secrets, or the keys of one Secret; never a value.
 *
 * @param name null for all Secrets
 */
export function secretsQuery(namespace: string, name: string | null) {
  const params = new URLSearchParams({ namespace });
  if (name !== null) params.set('name', name);
  return queryOptions({
    queryKey: ['registration', 'secrets', namespace, name],
    queryFn: async ({ signal }) =>
      registrationSecretsSchema.parse(await getJson(`/api/registrations/secrets?${params}`, signal)),
    staleTime: paced(SECRETS_STALE_MS),
  });
}
