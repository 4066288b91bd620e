import { Link2 } from 'lucide-react';
import type { FleetPlane } from '@/lib/api/fleet';

/** A planeID, with a mark if other planes of the same role share it, which makes them one physical cluster. */
export function PlaneIdText({
  plane,
}: {
  readonly plane: Pick<FleetPlane, 'planeID' | 'facts' | 'unreadable'>;
}) {
  // The planeID of an unreadable spec can't be trusted.
  if (plane.planeID === null || plane.unreadable) return <span className="text-muted">–</span>;
  const { siblings } = plane.facts;
  const shared = `Shared with ${siblings} other ${siblings === 1 ? 'plane' : 'planes'} of this role: one physical cluster`;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <span className="truncate" data-tip={plane.planeID}>
        {plane.planeID}
      </span>
      {siblings > 0 ? (
        <span
          data-tip={shared}
          className="tabular inline-flex h-4.5 shrink-0 items-center gap-1 rounded bg-accent-soft px-1 text-accent text-2xs"
        >
          <Link2 size={11} aria-hidden="true" />
          <span aria-hidden="true">{siblings + 1}</span>
          <span className="sr-only">{shared}</span>
        </span>
      ) : null}
    </span>
  );
}
