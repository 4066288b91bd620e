'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { WallTokens } from '@/lib/api/wall';
import type { WallLimitLists } from '@/lib/plane/wall/wall-address';
import { createWallToken, revokeWallToken, wallTokensQuery } from './wall-tokens';
import { createFailure, revokeFailure } from './write-failure';

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

export interface Writing {
  readonly busy: boolean;
  /** What went wrong the last time; null: nothing. */
  readonly failure: string | null;
}

/** Makes a link; `make` resolves with its token, or with null when that failed. */
export function useCreateLink(): Writing & {
  readonly make: (title: string, limits: WallLimitLists) => Promise<string | null>;
} {
  const client = useQueryClient();
  const [state, setState] = useState<Writing>({ busy: false, failure: null });
  const make = useCallback(
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
  return { ...state, make };
}

/** Revokes a link; `revoke` resolves with whether it is revoked. */
export function useRevokeLink(): Writing & { readonly revoke: (id: string) => Promise<boolean> } {
  const client = useQueryClient();
  const [state, setState] = useState<Writing>({ busy: false, failure: null });
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
