'use client';

import { useMemo } from 'react';
import { FleetEmpty } from '@/components/shell/fleet-empty';
import type { Catalog } from '@/lib/api/catalog';
import { catalogQuery } from '@/lib/client/api/queries';
import { useLatestAnswer } from '@/lib/client/api/use-latest-answer';
import { useFleetMeta } from '@/lib/client/feed/fleet-meta';
import { kindOfPlural } from '@/lib/plane/model/kinds';
import type { ServedKind } from '@/lib/plane/schema/installed-kind';
import { paced } from '@/lib/plane/time/pace';
import { Wizard } from './wizard';

/** The registration page. While no kind is known there's nothing to register, and the page says why. */
export function RegisterScreen({
  initialCatalog,
  user,
  readOnly,
}: {
  readonly initialCatalog: Catalog;
  readonly user: string | null;
  readonly readOnly: boolean;
}) {
  const { kinds, schemaProblem } = useCatalog(initialCatalog);
  const { apiServer } = useFleetMeta();
  if (kinds.length === 0) {
    return (
      <div className="relative min-h-0 flex-1 overflow-auto print:overflow-visible">
        <h1 className="sr-only">Register a plane</h1>
        <FleetEmpty apiServer={apiServer} sources={[]} />
      </div>
    );
  }
  return <Wizard kinds={kinds} schemaProblem={schemaProblem} user={user} readOnly={readOnly} />;
}

/** OpenAPI lags some seconds behind discovery: a kind may be served before its fields are known. */
const INCOMPLETE_INTERVAL_MS = 2000;
/** The feed reports when kinds come and go; changed fields have to be polled. */
const INTERVAL_MS = 60_000;

/** Returns the installed kinds: as the page was rendered, and read again when the feed reports other kinds. */
function useCatalog(initial: Catalog): {
  readonly kinds: readonly ServedKind[];
  readonly schemaProblem: string | undefined;
} {
  const { sources } = useFleetMeta();
  const reported = plurals(sources);
  const { latest } = useLatestAnswer({
    ...catalogQuery(reported),
    initialData: () => (plurals(initial.kinds) === reported ? initial : undefined),
    refetchInterval: (query) =>
      query.state.data?.kinds.some((kind) => kind.schema === undefined)
        ? paced(INCOMPLETE_INTERVAL_MS)
        : paced(INTERVAL_MS),
    // A kind that comes back may have other fields.
    gcTime: 0,
  });
  const { kinds, schemaProblem } = latest ?? initial;
  const served = useMemo(
    () =>
      kinds.flatMap(({ plural, schema }) => {
        const entry = kindOfPlural(plural);
        return entry ? [{ entry, schema }] : [];
      }),
    [kinds],
  );
  return { kinds: served, schemaProblem };
}

function plurals(items: readonly { readonly plural: string }[]): string {
  return items
    .map((item) => item.plural)
    .sort()
    .join();
}
