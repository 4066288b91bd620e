import { queryOptions } from '@tanstack/react-query';
import { planeDetailSchema } from '@/lib/api/plane-detail';
import { type PlaneIdentity, planeApiPath, planeKey } from '@/lib/plane/model/plane-path';
import { getJson } from './api-request';
import { isWorthRetrying, retryDelayMs } from './retry';

/**
 * One plane with its spec and YAML. The feed says when it changed; it is asked for again only then, and while it fails
 * for a reason that may pass. That this machine has no network does not mean that Planeboard cannot be reached.
 */
export function planeDetailQuery(identity: PlaneIdentity) {
  return queryOptions({
    queryKey: ['plane', planeKey(identity)],
    queryFn: async ({ signal }) => planeDetailSchema.parse(await getJson(planeApiPath(identity), signal)),
    staleTime: Number.POSITIVE_INFINITY,
    retry: (_failures, error) => isWorthRetrying(error),
    retryDelay: retryDelayMs,
    networkMode: 'always',
  });
}
