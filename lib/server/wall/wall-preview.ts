import 'server-only';
import type { Caller } from '@/lib/server/rights/caller';
import { visiblePlanes } from '@/lib/server/rights/visible-planes';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { NO_LIMITS, wallViewOf } from './wall-view';

/**
 * The frame that a wall with this address would get now, as JSON, of the planes that the caller may see. The same
 * projection as the wall's own, so nothing is shown here that the wall would not show.
 */
export async function getWallPreview(caller: Caller, parameters: URLSearchParams): Promise<string> {
  const { sees } = await visiblePlanes(caller);
  return getRuntime().wall.hub.json(wallViewOf(NO_LIMITS, parameters), sees);
}
