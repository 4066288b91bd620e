'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { catalogQuery } from '@/lib/client/api/queries';
import { queryProblem } from '@/lib/client/api/query-client';
import { kindOfPlural } from '@/lib/plane/model/kinds';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { paced } from '@/lib/plane/time/pace';

/** The schema may be read later: it lags some seconds behind discovery, or a right may be granted. */
const INCOMPLETE_INTERVAL_MS = 2000;

export type LoadedKind =
  | { readonly state: 'known'; readonly kind: InstalledKind }
  | { readonly state: 'reading' }
  /** The kind's fields are unknown; `reason` says why in a sentence. */
  | { readonly state: 'unknown'; readonly reason: string };

/** A plane kind with the fields that this installation serves. */
export function useInstalledKind(plural: string): LoadedKind {
  const { data, error, failureReason } = useQuery({
    ...catalogQuery(),
    refetchInterval: (query) =>
      query.state.data?.kinds.find((kind) => kind.plural === plural)?.schema
        ? false
        : paced(INCOMPLETE_INTERVAL_MS),
  });
  const problem = queryProblem({ error, failureReason });
  return useMemo((): LoadedKind => {
    const entry = kindOfPlural(plural);
    const schema = data?.kinds.find((kind) => kind.plural === plural)?.schema;
    if (entry && schema) return { state: 'known', kind: { entry, schema } };
    if (problem !== null) return { state: 'unknown', reason: problem };
    if (data)
      return { state: 'unknown', reason: data.schemaProblem ?? "Planeboard hasn't read its schema yet." };
    return { state: 'reading' };
  }, [plural, data, problem]);
}
