import 'server-only';
import type { FleetSnapshot } from '@/lib/api/fleet';
import type { Caller } from '@/lib/server/rights/caller';
import { visiblePlanes } from '@/lib/server/rights/visible-planes';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import type { HeartbeatFormat } from './sse-frame';

/** The fleet as the caller may see it, as of now. Never waits for the API server: what is not known yet is not in it. */
export async function getFleetSnapshot(caller: Caller): Promise<FleetSnapshot> {
  return getRuntime().snapshots.object(await visiblePlanes(caller));
}

/** The same as JSON, put together from parts that were encoded before. */
export async function getFleetJson(caller: Caller): Promise<string> {
  return getRuntime().snapshots.json(await visiblePlanes(caller));
}

/**
 * The caller's stream of the fleet.
 *
 * @param since the id of the last frame that the reader has; null: none
 * @param heartbeatFormat whether planes of which only the heartbeat moved come whole or as that alone
 */
export async function openFleetStream(
  caller: Caller,
  since: string | null,
  heartbeatFormat: HeartbeatFormat,
): Promise<ReadableStream<Uint8Array>> {
  return getRuntime().feed.open(await visiblePlanes(caller), since, heartbeatFormat);
}
