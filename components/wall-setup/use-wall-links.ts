'use client';

import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { ProblemCode } from '@/lib/api/problem';
import {
  type newWallTokenSchema,
  type WallTokens,
  wallTokenAnswerSchema,
  wallTokensSchema,
} from '@/lib/api/wall';
import {
  ApiError,
  getJson,
  isWorthRetrying,
  postJson,
  retryDelayMs,
  sendJson,
} from '@/lib/client/api/api-request';
import type { WallLimitLists } from '@/lib/plane/wall/wall-address';
import type { z } from '@/lib/zod';

/** The links to walls, as far as they could be read. */
export interface WallLinks {
  /** Null: not read yet. */
  readonly listed: WallTokens | null;
  /** Why the last reading failed; null: it did not. */
  readonly problem: string | null;
}

/** Reads the links, and again every half minute. */
export function useWallLinks(): WallLinks {
  const { data, error, failureReason } = useQuery(wallTokensQuery());
  // Between two attempts it has failed already, though the query does not call that an error yet.
  return { listed: data ?? null, problem: (error ?? failureReason)?.message ?? null };
}

export interface LinkWrite {
  readonly busy: boolean;
  /** What went wrong the last time; null: nothing. */
  readonly failure: string | null;
}

/** Creates a link; `create` resolves with its token, or with null when that failed. */
export function useCreateLink(): LinkWrite & {
  readonly create: (title: string, limits: WallLimitLists) => Promise<string | null>;
} {
  const client = useQueryClient();
  const [state, setState] = useState<LinkWrite>({ busy: false, failure: null });
  const create = useCallback(
    async (title: string, { kinds, roles, namespaces }: WallLimitLists) => {
      setState({ busy: true, failure: null });
      try {
        const limits = { kinds: [...kinds], roles: [...roles], namespaces: [...namespaces] };
        const { token } = await createWallToken({ title, limits });
        setState({ busy: false, failure: null });
        return token;
      } catch (error) {
        setState({ busy: false, failure: createFailure(error) });
        return null;
      } finally {
        void client.invalidateQueries(wallTokensQuery());
      }
    },
    [client],
  );
  return { ...state, create };
}

/** Revokes a link; `revoke` resolves with whether it is revoked. */
export function useRevokeLink(): LinkWrite & { readonly revoke: (id: string) => Promise<boolean> } {
  const client = useQueryClient();
  const [state, setState] = useState<LinkWrite>({ busy: false, failure: null });
  const revoke = useCallback(
    async (id: string) => {
      setState({ busy: true, failure: null });
      try {
        await revokeWallToken(id);
      } catch (error) {
        const failure = revokeFailure(error);
        if (failure !== null) {
          setState({ busy: false, failure });
          void client.invalidateQueries(wallTokensQuery());
          return false;
        }
      }
      // The row goes when the list without it has come, so that nobody sees it again for a moment.
      await client.invalidateQueries(wallTokensQuery());
      setState({ busy: false, failure: null });
      return true;
    },
    [client],
  );
  return { ...state, revoke };
}

/** Links are made and revoked by others too. */
const PERIOD_MS = 30_000;
const PATH = '/api/wall-tokens';

/** The links to walls that there are, and what the caller may do with them. */
function wallTokensQuery() {
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
async function createWallToken(
  wanted: z.infer<typeof newWallTokenSchema>,
): Promise<z.infer<typeof wallTokenAnswerSchema>> {
  return wallTokenAnswerSchema.parse(await postJson(PATH, wanted));
}

/** Revokes a link. Throws an ApiError, `not-found` where it is revoked already. */
async function revokeWallToken(id: string): Promise<void> {
  await sendJson('DELETE', `${PATH}/${encodeURIComponent(id)}`, {});
}

/** After these it is not known whether the API server has written what it was sent. */
const UNCERTAIN: ReadonlySet<ProblemCode> = new Set([
  'api-server-unreachable',
  'api-server-error',
  'internal',
]);

/** What to say of a link that was not told. */
export function createFailure(error: unknown): string {
  return isUncertain(error)
    ? `${sentenceOf(error)} Whether the link was made is not known: if it stands in the list, revoke it, since nobody knows its address. Then try again.`
    : `No link was made. ${sentenceOf(error)}`;
}

/** What to say of a link that may not be revoked; null: it is, if by somebody else. */
export function revokeFailure(error: unknown): string | null {
  if (error instanceof ApiError && error.problem?.code === 'not-found') return null;
  return isUncertain(error)
    ? `${sentenceOf(error)} Whether the link is revoked is not known; revoking it again does no harm.`
    : `The link is not revoked. ${sentenceOf(error)}`;
}

function isUncertain(error: unknown): boolean {
  // An answer that is none of Planeboard's, such as a proxy's own, says nothing either.
  return !(error instanceof ApiError) || error.problem === null || UNCERTAIN.has(error.problem.code);
}

function sentenceOf(error: unknown): string {
  return error instanceof ApiError ? error.message : 'The answer could not be read.';
}
