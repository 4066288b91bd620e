import '@/lib/client/zod-without-eval';
import { queryOptions } from '@tanstack/react-query';
import { timelineAnswerSchema } from '@/lib/api/plane-history';
import { circumstancesAnswerSchema } from '@/lib/api/related-resources';
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
export function circumstancesQuery(identity: PlaneIdentity) {
  return queryOptions({
    ...asking,
    queryKey: ['circumstances', planeKey(identity)],
    queryFn: async ({ signal }) =>
      circumstancesAnswerSchema.parse(await getJson(`${planeApiPath(identity)}/circumstances`, signal)),
  });
}

/** What this server saw happen to a plane. */
export function timelineQuery(identity: PlaneIdentity) {
  return queryOptions({
    ...asking,
    queryKey: ['timeline', planeKey(identity)],
    queryFn: async ({ signal }) =>
      timelineAnswerSchema.parse(await getJson(`${planeApiPath(identity)}/timeline`, signal)),
  });
}
