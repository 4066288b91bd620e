import { queryOptions } from '@tanstack/react-query';
import { type newWallTokenSchema, wallTokenAnswerSchema, wallTokensSchema } from '@/lib/api/wall';
import { getJson, isWorthRetrying, postJson, retryDelayMs, sendJson } from '@/lib/client/api/api-request';
import type { z } from '@/lib/zod';

/** Links are made and revoked by others too. */
const PERIOD_MS = 30_000;
const PATH = '/api/wall-tokens';

/** The links to walls that there are, and what the caller may do with them. */
export function wallTokensQuery() {
  return queryOptions({
    queryKey: ['wall-tokens'],
    queryFn: async ({ signal }) => wallTokensSchema.parse(await getJson(PATH, signal)),
    refetchInterval: PERIOD_MS,
    retry: (failures, error) => failures < 3 && isWorthRetrying(error),
    retryDelay: retryDelayMs,
    networkMode: 'always',
  });
}

/** Makes a link. Throws an ApiError; one without a status says nothing about whether a link was made. */
export async function createWallToken(
  wanted: z.infer<typeof newWallTokenSchema>,
): Promise<z.infer<typeof wallTokenAnswerSchema>> {
  return wallTokenAnswerSchema.parse(await postJson(PATH, wanted));
}

/** Revokes a link. Throws an ApiError, `not-found` where it is revoked already. */
export async function revokeWallToken(id: string): Promise<void> {
  await sendJson('DELETE', `${PATH}/${encodeURIComponent(id)}`, {});
}
