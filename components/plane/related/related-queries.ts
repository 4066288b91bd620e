import { queryOptions } from '@tanstack/react-query';
import { historyAnswerSchema } from '@/lib/api/plane-history';
import { relatedResourcesAnswerSchema } from '@/lib/api/related-resources';
import { getJson } from '@/lib/client/api/api-request';
import { isWorthRetrying, retryDelayMs } from '@/lib/client/api/retry';
import { type PlaneIdentity, planeApiPath, planeKey } from '@/lib/plane/model/plane-path';

/** What stands around a plane changes without the plane, so it is asked for again while somebody looks. */
const PERIOD_MS = 20_000;

const asking = {
  retry: (_failures: number, error: Error) => isWorthRetrying(error),
  retryDelay: retryDelayMs,
  networkMode: 'always',
  // A refusal stays the same until somebody changes a right; this is how soon that shows.
  refetchInterval: PERIOD_MS,
} as const;

/** What stands around a plane, read as the caller. The browser's clock has no part in it. */
export function relatedResourcesQuery(identity: PlaneIdentity) {
  return queryOptions({
    ...asking,
    queryKey: ['related', planeKey(identity)],
    queryFn: async ({ signal }) =>
      relatedResourcesAnswerSchema.parse(await getJson(`${planeApiPath(identity)}/related`, signal)),
  });
}

/** What this server saw happen to a plane. */
export function historyQuery(identity: PlaneIdentity) {
  return queryOptions({
    ...asking,
    queryKey: ['history', planeKey(identity)],
    queryFn: async ({ signal }) =>
      historyAnswerSchema.parse(await getJson(`${planeApiPath(identity)}/history`, signal)),
  });
}
