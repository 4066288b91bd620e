'use client';

import { FleetEmpty } from '@/components/fleet/fleet-empty';
import type { Catalog } from '@/lib/api/catalog';
import { useCatalog } from '@/lib/client/api/use-catalog';
import { useFleetMeta } from '@/lib/client/feed/use-fleet-meta';
import { Wizard } from './wizard';

/** Registering a plane; while no kind is known there is nothing to register, and the page says why. */
export function RegisterScreen({
  initialCatalog,
  user,
  readOnly,
}: {
  readonly initialCatalog: Catalog;
  readonly user: string | null;
  readonly readOnly: boolean;
}) {
  const kinds = useCatalog(initialCatalog);
  const { apiServer } = useFleetMeta();
  if (kinds.length === 0) {
    return (
      <div className="min-h-0 flex-1 overflow-auto">
        <h1 className="sr-only">Register a plane</h1>
        <FleetEmpty apiServer={apiServer} sources={[]} total={0} onClearFilters={() => {}} />
      </div>
    );
  }
  return <Wizard kinds={kinds} user={user} readOnly={readOnly} />;
}
