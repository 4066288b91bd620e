import type { HealthState } from '@/lib/plane/health/health-state';
import { HOUR_MS } from '@/lib/plane/time/duration';
import type { BoardPlane } from '@/lib/plane/wall/board';
import type { TextFace } from '@/lib/plane/wall/text-face';
import { ago } from './plane-fixture';

/** The metrics of a wide font, DejaVu Sans Bold. Text that fits with it fits with other fonts. */
export const WIDE_FACE: TextFace = {
  capEm: 0.729,
  advanceEm: (character) => (/[ilj.,:'| ]/.test(character) ? 0.36 : /[mwMW…]/.test(character) ? 1 : 0.71),
};

/** A plane on a wall. By default, it has been healthy for an hour. */
export function boardPlane(
  name: string,
  state: HealthState = 'healthy',
  over: Partial<BoardPlane> = {},
): BoardPlane {
  return {
    uid: `uid-${name}`,
    kind: 'DataPlane',
    role: 'data',
    namespace: 'acme',
    name,
    health: { state, reasons: [] },
    since: { at: ago(HOUR_MS), exact: true },
    connectedAgents: state === 'healthy' ? 1 : 0,
    lastHeartbeatTime: ago(20_000),
    ...over,
  };
}

/** Many planes, with names as long as in real installations. */
export function boardPlanes(count: number, state: HealthState): BoardPlane[] {
  return Array.from({ length: count }, (_, index) =>
    boardPlane(`${['payments', 'checkout', 'search', 'ml'][index % 4]}-prod-eu-west-${index}`, state),
  );
}
