import { PlaneIdText } from '@/components/fleet/plane-id-text';
import { Age } from '@/components/ui/age';
import { Card } from '@/components/ui/card';
import { Utc } from '@/components/ui/utc';
import type { FleetPlane } from '@/lib/api/fleet';
import { kindOfName, ROLE_LABELS } from '@/lib/plane/model/kinds';

/** What the resource is, in the API's own terms. */
export function IdentityCard({
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
