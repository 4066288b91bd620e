'use client';

import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  type newWallTokenSchema,
  type WallTokens,
  wallTokenAnswerSchema,
  wallTokensSchema,
} from '@/lib/api/wall';
import {
  ApiError,
  getJson,
  isOutcomeUnknown,
  postJson,
  problemCode,
  sendJson,
} from '@/lib/client/api/api-request';
import { queryProblem, retryAtMost } from '@/lib/client/api/query-client';
import { useWrite } from '@/lib/client/api/use-write';
import { paced } from '@/lib/plane/time/pace';
import { limitsOf, type WallAddress } from '@/lib/plane/wall/wall-address';
import type { z } from '@/lib/zod';

/** The wall links, as far as they could be read. */
export interface WallLinks {
  /** Null until they are read. */
  readonly listed: WallTokens | null;
  /** Why the last read failed; null if it didn't. */
  readonly problem: string | null;
}

/** Reads the links now and every half minute. */
export function useWallLinks(): WallLinks {
  const { data, error, failureReason } = useQuery(wallTokensQuery());
  return { listed: data ?? null, problem: queryProblem({ error, failureReason }) };
}

export interface LinkWrite {
  readonly busy: boolean;
  /** Why the last attempt failed; null if it didn't. */
  readonly failure: string | null;
}

/** A link to create, and the wall that it leads to. */
export interface WantedLink {
  readonly title: string;
  readonly address: WallAddress;
}

/**
 * Creates a link.
 *
 * @param onCreated receives it with its token, which is returned only this once; called even if the component no longer exists by then
 */
export function useCreateLink(
  onCreated: (link: z.infer<typeof wallTokenAnswerSchema>, wanted: WantedLink) => void,
): LinkWrite & { readonly create: (wanted: WantedLink) => void } {
  const client = useQueryClient();
  const { mutate, isPending, error } = useWrite({
    mutationFn: ({ title, address }: WantedLink) => {
      const { kinds, roles, namespaces } = limitsOf(address);
      const limits = { kinds: [...kinds], roles: [...roles], namespaces: [...namespaces] };
      return createWallToken({ title, limits });
    },
    onSuccess: (link, wanted) => onCreated(link, wanted),
    // A request without a response may have created a link too.
    onSettled: () => void client.invalidateQueries(wallTokensQuery()),
  });
  return { create: mutate, busy: isPending, failure: error && createFailure(error) };
}

/**
 * Revokes a link by its id.
 *
 * @param onRevoked called once the list no longer has the link, unless the component no longer exists by then
 */
export function useRevokeLink(onRevoked: () => void): LinkWrite & { readonly revoke: (id: string) => void } {
  const client = useQueryClient();
  const { mutate, isPending, error } = useWrite({
    mutationFn: revokeWallToken,
    // The row goes when the new list arrives, so it doesn't reappear for a moment.
    onSuccess: () => client.invalidateQueries(wallTokensQuery()),
    onError: () => void client.invalidateQueries(wallTokensQuery()),
  });
  return {
    revoke: (id) => mutate(id, { onSuccess: onRevoked }),
    busy: isPending,
    failure: error && revokeFailure(error),
  };
}

/** Other people create and revoke links too. */
const PERIOD_MS = 30_000;
/** The next period tries again anyway. */
const MAX_RETRIES = 3;
const PATH = '/api/wall-tokens';

/** Reads the existing wall links, and what the caller may do with them. */
function wallTokensQuery() {
  return queryOptions({
    queryKey: ['wall-tokens'],
    queryFn: async ({ signal }) => wallTokensSchema.parse(await getJson(PATH, signal)),
    refetchInterval: paced(PERIOD_MS),
    retry: retryAtMost(MAX_RETRIES),
  });
}

/**
 * Creates a link.
 *
 * @throws ApiError; one without a status leaves open whether a link was created
 */
async function createWallToken(
  wanted: z.infer<typeof newWallTokenSchema>,
): Promise<z.infer<typeof wallTokenAnswerSchema>> {
  return wallTokenAnswerSchema.parse(await postJson(PATH, wanted));
}

/**
 * Revokes a link; does nothing if it's already revoked.
 *
 * @throws ApiError
 */
export async function revokeWallToken(id: string): Promise<void> {
  try {
    await sendJson('DELETE', `${PATH}/${encodeURIComponent(id)}`, {});
  } catch (error) {
    if (problemCode(error) !== 'not-found') throw error;
  }
}

/** Returns the error text for a link whose creation failed. */
export function createFailure(error: unknown): string {
  return isOutcomeUnknown(error)
    ? `Outcome unknown: if the link is in the list, revoke it, because its address can't be shown again. ${sentenceOf(error)}`
    : `No link was created. ${sentenceOf(error)}`;
}

/** Returns the error text for a link whose revocation failed. */
export function revokeFailure(error: unknown): string {
  return isOutcomeUnknown(error)
    ? `Outcome unknown: you can safely revoke the link again. ${sentenceOf(error)}`
    : `The link wasn't revoked. ${sentenceOf(error)}`;
}

function sentenceOf(error: unknown): string {
  return error instanceof ApiError ? error.message : "The response couldn't be read.";
}
