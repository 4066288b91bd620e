import type { FleetList } from '@/components/fleet/fleet-list';
import { FleetScreen } from '@/components/fleet/fleet-screen';
import type { FleetSnapshot } from '@/lib/api/fleet';
import { renderedFleetRow } from '@/lib/client/feed/derived-fleet';
import { filterEntries, presentStates } from '@/lib/plane/fleet/fleet-filter';
import { fleetItems } from '@/lib/plane/fleet/fleet-group';
import { sortEntries } from '@/lib/plane/fleet/fleet-sort';
import { parseFleetView } from '@/lib/plane/fleet/fleet-url';
import type { FleetView } from '@/lib/plane/fleet/fleet-view';
import { getConfig } from '@/lib/server/config/config';
import { firstValue, pageSnapshot } from './page-data';

/** More lines than fit a tall screen; the feed brings the rest. */
const FIRST_LINES = 40;

/** The fleet page. */
export default async function FleetPage({ searchParams }: PageProps<'/'>) {
  const [snapshot, parameters] = await Promise.all([pageSnapshot(), searchParams]);
  const view = parseFleetView({ get: (name) => firstValue(parameters, name) });
  return <FleetScreen first={firstPaint(snapshot, view)} readOnly={getConfig().readOnly} />;
}

/** The counts and the first lines of the list, sorted and filtered by the URL. */
function firstPaint(snapshot: FleetSnapshot, view: FleetView): FleetList {
  const nowMs = Date.parse(snapshot.serverTime);
  const { sources, controlPlane, limits } = snapshot;
  const context = { sources, controller: controlPlane.controller, limits, serverContactAtMs: nowMs };
  const rows = snapshot.planes.map((plane) => renderedFleetRow(plane, context, nowMs));
  const { entries, counts } = filterEntries(rows, view);
  return {
    items: fleetItems(sortEntries(entries, view.sort), view).slice(0, FIRST_LINES),
    total: rows.length,
    shown: entries.length,
    counts,
    present: presentStates(rows),
  };
}
