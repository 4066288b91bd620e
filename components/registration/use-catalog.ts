'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Catalog } from '@/lib/api/catalog';
import { catalogQuery } from '@/lib/client/api/queries';
import { useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { kindOfPlural } from '@/lib/plane/model/kinds';
import type { ServedKind } from '@/lib/plane/schema/installed-kind';

/** OpenAPI lags some seconds behind discovery: a kind may be served before its fields are told. */
const INCOMPLETE_PERIOD_MS = 2000;
/** The feed tells when kinds come and go; that only fields changed has to be asked. */
const PERIOD_MS = 60_000;

/** The installed kinds: as the page was rendered with them, and anew when the feed tells of others. */
export function useCatalog(initial: Catalog): readonly ServedKind[] {
  const { data, refetch } = useQuery({
    ...catalogQuery(),
    initialData: initial,
    refetchInterval: (query) =>
      query.state.data?.kinds.some((kind) => kind.schema === undefined) ? INCOMPLETE_PERIOD_MS : PERIOD_MS,
  });
  const { sources } = useFleetMeta();
  const heard = plurals(sources);
  const known = plurals(data.kinds);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each set of kinds that the feed tells of.
  useEffect(() => {
    if (heard !== known) void refetch();
  }, [heard]);
  return useMemo(
    () =>
      data.kinds.flatMap(({ plural, schema }) => {
        const entry = kindOfPlural(plural);
        return entry ? [{ entry, schema }] : [];
      }),
    [data],
  );
}

function plurals(items: readonly { readonly plural: string }[]): string {
  return items
    .map((item) => item.plural)
    .sort()
    .join();
}
