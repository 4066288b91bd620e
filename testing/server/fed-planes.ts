import type { WallPlane } from '@/lib/api/wall';
import { HEALTH_STATES } from '@/lib/plane/health/health-state';
import { boardPlane } from '@/testing/plane/board-fixture';
import type { WallFeed } from './wall-feed';

const TROUBLES = HEALTH_STATES.slice(0, 4);

/**
 * Planes as a feed tells walls of them.
 *
 * @param inTrouble how many are in trouble, for minutes to hours
 * @param from the first of those: the fleet is the same, and others of it are in trouble
 */
export function fedPlanes(feed: WallFeed, planes: number, inTrouble: number, from = 0): WallPlane[] {
  return Array.from({ length: planes }, (_, index) => {
    const place = (index - from + planes) % planes;
    const state = (place < inTrouble && TROUBLES[place % TROUBLES.length]) || 'healthy';
    return {
      ...boardPlane(`payments-prod-eu-west-${index}`, state),
      kind: 'DataPlane',
      since: { at: feed.ago((place + 1) * 60_000), exact: true },
      lastHeartbeatTime: feed.ago(20_000),
    };
  });
}
