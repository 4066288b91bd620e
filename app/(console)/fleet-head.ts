import type { FleetSnapshot } from '@/lib/api/fleet';
import { toldRow } from '@/lib/client/feed/derived-fleet';
import type { FleetList } from '@/lib/client/feed/use-fleet-list';
import { filterEntries } from '@/lib/plane/fleet/fleet-filter';
import { fleetItems } from '@/lib/plane/fleet/fleet-items';
import { sortEntries } from '@/lib/plane/fleet/fleet-sort';
import type { FleetView } from '@/lib/plane/fleet/fleet-view';

/** More lines than a tall screen shows; the rest arrives with the feed. */
const HEAD_LINES = 40;

/** The numbers and the first lines of the list, sorted and filtered as the URL says, for the first paint. */
export function fleetHead(snapshot: FleetSnapshot, view: FleetView): FleetList {
  const nowMs = Date.parse(snapshot.serverTime);
  const rows = snapshot.planes.map((plane) => toldRow(plane, nowMs));
  const { entries, counts } = filterEntries(rows, view);
  return {
    items: fleetItems(sortEntries(entries, view.sort), view).slice(0, HEAD_LINES),
    total: rows.length,
    shown: entries.length,
    counts,
  };
}
