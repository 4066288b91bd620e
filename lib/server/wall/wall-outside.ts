import 'server-only';
import { attentionOf, isAlarm } from '@/lib/plane/health/attention';
import type { OutsideCounts } from '@/lib/plane/wall/wall-scope';
import type { ObservedPlane } from './wall-projection';
import { isInScope, isWithinLimits, type WallView, wallMatcher } from './wall-view';

/**
 * Counts the planes that need action and that a wall's address leaves out. Planes outside its link's limits aren't
 * counted, because the link grants no fact about them.
 *
 * @param nowMs the API server's clock, at which maintenance ends
 */
export function outsideCounts(
  planes: readonly ObservedPlane[],
  view: WallView,
  nowMs: number,
): OutsideCounts {
  const isAdmitted = isWithinLimits(view.limits);
  const isShown = wallMatcher(view);
  const inScope = isInScope(view);
  let alarms = 0;
  let byState = 0;
  for (const { plane } of planes) {
    const { state } = plane.health;
    if (!isAlarm(attentionOf(plane, state, nowMs)) || !isAdmitted(plane) || isShown(plane, state)) continue;
    alarms += 1;
    if (inScope(plane)) byState += 1;
  }
  return { alarms, byState };
}
