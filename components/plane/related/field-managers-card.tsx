'use client';

import { Card } from '@/components/ui/card';
import { Age, Utc } from '@/components/ui/time';
import type { LoadedRelatedResources } from './use-related-resources';

/** The field managers that the API server has recorded for the resource, newest first. */
export function FieldManagersCard({
  related: { value, problem },
}: {
  readonly related: LoadedRelatedResources;
}) {
  return (
    <Card title="Field managers">
      {value === null ? (
        <p className="text-muted">
          {problem === null ? 'Loading…' : `Field managers couldn't be read. ${problem}`}
        </p>
      ) : null}
      {value?.fieldManagers.length === 0 ? (
        <p className="text-muted">The API server has recorded no field managers.</p>
      ) : null}
      <ol className="grid gap-2.5">
        {value?.fieldManagers.map(({ manager, operation, subresource, at }) => (
          <li key={`${manager} ${operation} ${subresource ?? ''}`} className="min-w-0">
            <div className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="font-medium [overflow-wrap:anywhere]">{manager}</span>
              <span className="text-muted">
                <Age at={at ?? undefined} suffix=" ago" coarse />
              </span>
            </div>
            <div className="text-muted text-xs">
              {subresource ?? 'resource'}, by {operation.toLowerCase()}
              {at === null ? ', time unknown' : null}
            </div>
            <div className="text-muted text-xs">
              <Utc at={at ?? undefined} />
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}
