import { queryOptions } from '@tanstack/react-query';
import { catalogSchema } from '@/lib/api/catalog';
import { registrationKindsSchema, registrationNamespacesSchema } from '@/lib/api/registration-options';
import { getJson } from './api-request';
import { isWorthRetrying, retryDelayMs } from './retry';

/** The server keeps access reviews for a minute; asking more often brings nothing. */
const ACCESS_STALE_MS = 60_000;

const asking = {
  retry: (_failures: number, error: Error) => isWorthRetrying(error),
  retryDelay: retryDelayMs,
  networkMode: 'always',
} as const;

/** The installed kinds and their fields. */
export function catalogQuery() {
  return queryOptions({
    ...asking,
    queryKey: ['catalog'],
    queryFn: async ({ signal }) => catalogSchema.parse(await getJson('/api/catalog', signal)),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Which of the installed kinds the caller may create. */
export function kindAccessQuery() {
  return queryOptions({
    ...asking,
    queryKey: ['registration', 'kinds'],
    queryFn: async ({ signal }) =>
      registrationKindsSchema.parse(await getJson('/api/registrations/kinds', signal)),
    staleTime: ACCESS_STALE_MS,
  });
}

/** The namespaces, and in which of them the caller may create planes of a kind and Secrets. */
export function namespacesQuery(plural: string) {
  return queryOptions({
    ...asking,
    queryKey: ['registration', 'namespaces', plural],
    queryFn: async ({ signal }) =>
      registrationNamespacesSchema.parse(
        await getJson(`/api/registrations/namespaces?plural=${encodeURIComponent(plural)}`, signal),
      ),
    staleTime: ACCESS_STALE_MS,
  });
}
