import type { ReactNode } from 'react';
import { PlaneIdText } from '@/components/fields/plane-id-text';
import { Card } from '@/components/ui/card';
import { Age, Utc } from '@/components/ui/time';
import type { FleetPlane } from '@/lib/api/fleet';
import { kindOfName, ROLE_LABELS } from '@/lib/plane/model/kinds';

/** The resource's identity and metadata in the API's terms. */
export function ResourceCard({
  plane,
  finalizers,
}: {
  readonly plane: FleetPlane;
  readonly finalizers: readonly string[] | null;
}) {
  const entry = kindOfName(plane.kind);
  return (
    <Card title="Resource">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2 [&_dd]:min-w-0 [&_dd]:break-words [&_dt]:text-muted">
        <dt>Kind</dt>
        <dd>{plane.kind}</dd>
        <dt>Role</dt>
        <dd>{entry ? ROLE_LABELS[entry.role] : '–'}</dd>
        <dt>Scope</dt>
        <dd>{plane.namespace === undefined ? 'Cluster-wide' : `Namespace ${plane.namespace}`}</dd>
        <dt>Plane ID</dt>
        <dd>
          <PlaneIdText plane={plane} />
        </dd>
        <dt>Created</dt>
        <dd>
          <Age at={plane.createdAt} suffix=" ago" coarse />
          <div className="text-muted text-xs">
            <Utc at={plane.createdAt} />
          </div>
        </dd>
        {plane.deletingSince === undefined ? null : (
          <>
            <dt>Deleting for</dt>
            <dd>
              <Age at={plane.deletingSince} />
            </dd>
          </>
        )}
        <dt>Generation</dt>
        <dd className="tabular">
          {plane.generation}
          {plane.observedGeneration === undefined ? null : (
            <span className="text-muted"> · observed {plane.observedGeneration}</span>
          )}
        </dd>
        {finalizers && finalizers.length > 0 ? (
          <>
            <dt>Finalizers</dt>
            <dd className="[overflow-wrap:anywhere]">{finalizers.join(', ')}</dd>
          </>
        ) : null}
        <dt>UID</dt>
        <dd className="break-all font-mono text-xs">{plane.uid}</dd>
      </dl>
    </Card>
  );
}

/** Labels or annotations. @param entries null: unknown @param children further items of the list */
export function MetadataCard({
  title,
  entries,
  children,
}: {
  readonly title: string;
  readonly entries: Readonly<Record<string, string>> | null;
  readonly children?: readonly ReactNode[] | undefined;
}) {
  const list = Object.entries(entries ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    <Card title={title}>
      {list.length + (children?.length ?? 0) === 0 ? (
        <p className="text-muted">{entries === null ? 'Unknown.' : 'None.'}</p>
      ) : null}
      <dl className="grid grid-cols-[minmax(0,1fr)] gap-2">
        {list.map(([key, value]) => (
          <div key={key}>
            <dt className="break-all text-muted text-xs">{key}</dt>
            <dd className="break-words">
              {value === '' ? <span className="text-muted">empty</span> : value}
            </dd>
          </div>
        ))}
        {children}
      </dl>
    </Card>
  );
}
