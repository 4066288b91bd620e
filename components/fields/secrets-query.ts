import { queryOptions } from '@tanstack/react-query';
import { registrationSecretsSchema } from '@/lib/api/registration-options';
import { getJson } from '@/lib/client/api/api-request';
import { isWorthRetrying, retryDelayMs } from '@/lib/client/api/retry';

/** Somebody may be making the Secret at this moment in another window. */
const STALE_MS = 10_000;

/**
 * The names of a namespace's Secrets, or with a name that Secret's keys; never a value.
 * @param name null: all of them
 */
export function secretsQuery(namespace: string, name: string | null) {
  const params = new URLSearchParams({ namespace });
  if (name !== null) params.set('name', name);
  return queryOptions({
    queryKey: ['registration', 'secrets', namespace, name],
    queryFn: async ({ signal }) =>
      registrationSecretsSchema.parse(await getJson(`/api/registrations/secrets?${params}`, signal)),
    staleTime: STALE_MS,
    retry: (_failures, error) => isWorthRetrying(error),
    retryDelay: retryDelayMs,
    networkMode: 'always',
  });
}
