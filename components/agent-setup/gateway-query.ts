import { queryOptions } from '@tanstack/react-query';
import { registrationGatewaySchema } from '@/lib/api/registration-options';
import { getJson } from '@/lib/client/api/api-request';
import { isWorthRetrying, retryDelayMs } from '@/lib/client/api/retry';

const STALE_MS = 60_000;
/** Without an answer the commands are made all the same, with one more of them: nobody waits longer than this. */
const MAX_RETRIES = 2;

/** What the control plane tells about its cluster gateway: addresses to dial, and the certificate to verify it with. */
export function gatewayQuery() {
  return queryOptions({
    queryKey: ['registration', 'gateway'],
    queryFn: async ({ signal }) =>
      registrationGatewaySchema.parse(await getJson('/api/registrations/gateway', signal)),
    staleTime: STALE_MS,
    retry: (failures, error) => failures < MAX_RETRIES && isWorthRetrying(error),
    retryDelay: retryDelayMs,
    networkMode: 'always',
  });
}
