import { type QueryClient, type QueryKey, queryOptions } from '@tanstack/react-query';
import { catalogSchema } from '@/lib/api/catalog';
import { type PlaneDetail, planeDetailSchema } from '@/lib/api/fleet';
import {
  registrationKindsSchema,
  registrationNamespacesSchema,
  registrationSecretsSchema,
} from '@/lib/api/registration';
import type { Plane } from '@/lib/plane/model/plane';
import { type PlaneIdentity, planeApiPath, planeKey } from '@/lib/plane/model/plane-path';
import { getJson } from './api-request';

/** The server keeps access reviews for a minute; asking more often brings nothing. */
const ACCESS_STALE_MS = 60_000;
/** The Secret may be created at this moment in another window. */
const SECRETS_STALE_MS = 10_000;

/** The installed kinds and their fields. @param served the kinds that the feed reports: when they change, it is asked again */
export function catalogQuery(served = '') {
  return queryOptions({
    queryKey: ['catalog', served],
    queryFn: async ({ signal }) => catalogSchema.parse(await getJson('/api/catalog', signal)),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Which of the installed kinds the caller may create. */
export function kindAccessQuery() {
  return queryOptions({
    queryKey: ['registration', 'kinds'],
    queryFn: async ({ signal }) =>
      registrationKindsSchema.parse(await getJson('/api/registrations/kinds', signal)),
    staleTime: ACCESS_STALE_MS,
  });
}

/** The namespaces, and in which of them the caller may create planes of a kind and Secrets. */
export function namespacesQuery(plural: string) {
  return queryOptions({
    queryKey: ['registration', 'namespaces', plural],
    queryFn: async ({ signal }) =>
      registrationNamespacesSchema.parse(
        await getJson(`/api/registrations/namespaces?plural=${encodeURIComponent(plural)}`, signal),
      ),
    staleTime: ACCESS_STALE_MS,
  });
}

/** A plane's uid and version, which its answers depend on, beside its name. */
export type PlaneVersion = PlaneIdentity & Pick<Plane, 'uid' | 'resourceVersion'>;

/** How the keys of a plane's details begin, whichever version they are of. */
export function planeDetailKey(identity: PlaneIdentity) {
  return ['plane', planeKey(identity)] as const;
}

/** One plane with its spec and YAML, as it is when it is asked for. `fetchQuery` with `staleTime: 0` reads it again. */
export function planeDetailQuery(identity: PlaneIdentity) {
  return queryOptions({
    queryKey: planeDetailKey(identity),
    queryFn: ({ signal, client }) => readPlaneDetail(identity, null, signal, client),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** One plane with its spec and YAML, at the version that the feed has reported, or at a newer one. */
export function planeVersionQuery(plane: PlaneVersion) {
  return queryOptions({
    queryKey: planeVersionKey(plane),
    queryFn: ({ signal, client }) => readPlaneDetail(plane, plane.resourceVersion, signal, client),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function planeVersionKey(plane: PlaneVersion): QueryKey {
  return [...planeDetailKey(plane), plane.uid, plane.resourceVersion];
}

/** @param version that the feed has reported; null: none is asked for */
async function readPlaneDetail(
  identity: PlaneIdentity,
  version: string | null,
  signal: AbortSignal,
  client: QueryClient,
): Promise<PlaneDetail> {
  const detail = planeDetailSchema.parse(await getJson(planeApiPath(identity), signal));
  // The API server may be ahead of the feed: then the version that the feed reports next isn't read twice.
  if (detail.plane.resourceVersion !== version) client.setQueryData(planeVersionKey(detail.plane), detail);
  return detail;
}

/** The names of a namespace's Secrets, or with a name that Secret's keys; never a value. @param name null: all of them */
export function secretsQuery(namespace: string, name: string | null) {
  const params = new URLSearchParams({ namespace });
  if (name !== null) params.set('name', name);
  return queryOptions({
    queryKey: ['registration', 'secrets', namespace, name],
    queryFn: async ({ signal }) =>
      registrationSecretsSchema.parse(await getJson(`/api/registrations/secrets?${params}`, signal)),
    staleTime: SECRETS_STALE_MS,
  });
}
