import 'server-only';
import type { Caller } from '@/lib/server/rights/caller';
import { visiblePlanes } from '@/lib/server/rights/visible-planes';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import type { HeartbeatForm } from './sse-frame';

/**
 * The caller's stream of the fleet.
 *
 * @param since the id of the last frame that the reader has; null: none
 * @param heartbeatForm whether planes of which only the heartbeat moved come whole or as that alone
 */
export async function openFleetStream(
  caller: Caller,
  since: string | null,
  heartbeatForm: HeartbeatForm,
): Promise<ReadableStream<Uint8Array>> {
  return getRuntime().hub.open(await visiblePlanes(caller), since, heartbeatForm);
}
