import 'server-only';
import type { FleetSnapshot } from '@/lib/api/fleet';
import type { Caller } from '@/lib/server/rights/caller';
import { visiblePlanes } from '@/lib/server/rights/visible-planes';
import { getRuntime } from '@/lib/server/runtime/get-runtime';

/** The fleet as the caller may see it, as of now. Never waits for the API server: what is not known yet is not in it. */
export async function getFleetSnapshot(caller: Caller): Promise<FleetSnapshot> {
  return getRuntime().snapshots.object(await visiblePlanes(caller));
}

/** The same as JSON, put together from parts that were encoded before. */
export async function getFleetJson(caller: Caller): Promise<string> {
  return getRuntime().snapshots.json(await visiblePlanes(caller));
}
