import { queryOptions } from '@tanstack/react-query';
import { catalogSchema } from '@/lib/api/catalog';
import { planeDetailSchema } from '@/lib/api/fleet';
import {
  registrationKindsSchema,
  registrationNamespacesSchema,
  registrationSecretsSchema,
} from '@/lib/api/registration';
import { type PlaneIdentity, planeApiPath, planeKey } from '@/lib/plane/model/plane-path';
import { getJson, isWorthRetrying, retryDelayMs } from './api-request';

/** The server keeps access reviews for a minute; asking more often brings nothing. */
const ACCESS_STALE_MS = 60_000;
/** The Secret may be created at this moment in another window. */
const SECRETS_STALE_MS = 10_000;

/** How every read is retried: while it fails for a reason that may pass, also where this machine seems to be offline. */
export const readOptions = {
  retry: (_failures: number, error: Error) => isWorthRetrying(error),
  retryDelay: retryDelayMs,
  networkMode: 'always',
} as const;

/** The installed kinds and their fields. */
export function catalogQuery() {
  return queryOptions({
    ...readOptions,
    queryKey: ['catalog'],
    queryFn: async ({ signal }) => catalogSchema.parse(await getJson('/api/catalog', signal)),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Which of the installed kinds the caller may create. */
export function kindAccessQuery() {
  return queryOptions({
    ...readOptions,
    queryKey: ['registration', 'kinds'],
    queryFn: async ({ signal }) =>
      registrationKindsSchema.parse(await getJson('/api/registrations/kinds', signal)),
    staleTime: ACCESS_STALE_MS,
  });
}

/** The namespaces, and in which of them the caller may create planes of a kind and Secrets. */
export function namespacesQuery(plural: string) {
  return queryOptions({
    ...readOptions,
    queryKey: ['registration', 'namespaces', plural],
    queryFn: async ({ signal }) =>
      registrationNamespacesSchema.parse(
        await getJson(`/api/registrations/namespaces?plural=${encodeURIComponent(plural)}`, signal),
      ),
    staleTime: ACCESS_STALE_MS,
  });
}

/** One plane with its spec and YAML. The feed reports when it changed; it is read again only then. */
export function planeDetailQuery(identity: PlaneIdentity) {
  return queryOptions({
    ...readOptions,
    queryKey: ['plane', planeKey(identity)],
    queryFn: async ({ signal }) => planeDetailSchema.parse(await getJson(planeApiPath(identity), signal)),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** The names of a namespace's Secrets, or with a name that Secret's keys; never a value. @param name null: all of them */
export function secretsQuery(namespace: string, name: string | null) {
  const params = new URLSearchParams({ namespace });
  if (name !== null) params.set('name', name);
  return queryOptions({
    ...readOptions,
    queryKey: ['registration', 'secrets', namespace, name],
    queryFn: async ({ signal }) =>
      registrationSecretsSchema.parse(await getJson(`/api/registrations/secrets?${params}`, signal)),
    staleTime: SECRETS_STALE_MS,
  });
}
