import { describe, expect, test } from 'vitest';
import type { Plane } from '@/lib/plane/model/plane';
import { ago, aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { DEFAULT_LIMITS } from './health-facts';
import { detectIncident, incidentSinceMs, type ReportedPlane } from './incident';

const SECOND = 1000;
const HOUR = 3_600_000;

function lostPlane(planeID: string, noticedAgoMs: number): Plane {
  return aPlane({
    uid: planeID,
    planeID,
    agent: {
      connected: false,
      connectedAgents: 0,
      lastConnectedTime: ago(9 * HOUR),
      lastDisconnectedTime: ago(noticedAgoMs),
    },
  });
}

function heartbeatPlane(planeID: string, heartbeatAgoMs: number): Plane {
  return aPlane({
    uid: planeID,
    planeID,
    agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(heartbeatAgoMs) },
  });
}

const reported = (plane: Plane): ReportedPlane => ({ plane, heartbeatGap: undefined });
const detectReported = (planes: ReportedPlane[]) => detectIncident(planes, DEFAULT_LIMITS, NOW_MS);
const detect = (planes: Plane[]) => detectReported(planes.map(reported));

/** A connected plane whose status has no heartbeat; `heartbeatAgoMs` is the age of the remembered one. */
function gapPlane(planeID: string, heartbeatAgoMs: number | null): ReportedPlane {
  const last = heartbeatAgoMs === null ? null : ago(heartbeatAgoMs);
  return {
    plane: aPlane({ uid: planeID, planeID, agent: { connected: true, connectedAgents: 1 } }),
    heartbeatGap: { last, severalReplicas: true },
  };
}

describe('detectIncident', () => {
  test('reports one incident when all agents disconnect within the window', () => {
    const incident = detect([
      lostPlane('a', 100 * SECOND),
      lostPlane('b', 70 * SECOND),
      lostPlane('c', 90 * SECOND),
    ]);
    expect(incident).toMatchObject({
      kind: 'disconnected',
      planes: 3,
      planeIDs: 3,
      since: ago(100 * SECOND).replace('Z', '.000Z'),
    });
  });

  test('reports one incident when all statuses are stale', () => {
    expect(detect([heartbeatPlane('a', 240 * SECOND), heartbeatPlane('b', 200 * SECOND)])).toMatchObject({
      kind: 'frozen',
      planes: 2,
    });
  });

  test.each<[string, Plane]>([
    ['no heartbeat', aPlane({ uid: 'x', planeID: 'x', agent: { connected: true, connectedAgents: 1 } })],
    ['a heartbeat in the future', heartbeatPlane('x', -HOUR)],
  ])('ignores a plane with %s', (_, plane) => {
    const frozen = [heartbeatPlane('a', 240 * SECOND), heartbeatPlane('b', 200 * SECOND)];
    expect(detect([...frozen, plane])).toMatchObject({ kind: 'frozen', planes: 2 });
    expect(detect([...frozen, heartbeatPlane('y', 0)])).toBeNull();
  });

  test('reports an incident once the first plane is stale, while the last one is still late', () => {
    expect(detect([heartbeatPlane('a', 185 * SECOND), heartbeatPlane('b', 125 * SECOND)])).toMatchObject({
      kind: 'frozen',
      planes: 2,
    });
  });

  test('counts a remembered heartbeat like one in the status', () => {
    const frozen = heartbeatPlane('a', 240 * SECOND);
    expect(detectReported([reported(frozen), gapPlane('b', 200 * SECOND)])).toMatchObject({
      kind: 'frozen',
      planes: 2,
    });
    expect(detectReported([gapPlane('a', 240 * SECOND), gapPlane('b', 200 * SECOND)])).toMatchObject({
      kind: 'frozen',
      planes: 2,
    });
    expect(
      detectReported([reported(frozen), gapPlane('b', 200 * SECOND), gapPlane('c', 40 * SECOND)]),
    ).toBeNull();
  });

  test('neither counts nor is refuted by a plane whose heartbeat was never reported', () => {
    const frozen = [gapPlane('a', 240 * SECOND), gapPlane('b', 200 * SECOND)];
    expect(detectReported([...frozen, gapPlane('c', null)])).toMatchObject({ planes: 2 });
  });

  test('reports none for late heartbeats alone', () => {
    expect(detect([heartbeatPlane('a', 130 * SECOND), heartbeatPlane('b', 125 * SECOND)])).toBeNull();
  });

  test('reports none while one plane is up', () => {
    expect(
      detect([lostPlane('a', 100 * SECOND), lostPlane('b', 70 * SECOND), heartbeatPlane('c', 10 * SECOND)]),
    ).toBeNull();
  });

  test('counts planes that share a planeID as one cluster', () => {
    expect(
      detect([lostPlane('a', 100 * SECOND), { ...lostPlane('a', 90 * SECOND), uid: 'other' }]),
    ).toBeNull();
  });

  test('excludes planes that disconnected or went stale long before', () => {
    const before = lostPlane('old', 5 * HOUR);
    const frozenBefore = heartbeatPlane('older', 200 * HOUR);
    const incident = detect([
      before,
      frozenBefore,
      lostPlane('a', 100 * SECOND),
      lostPlane('b', 70 * SECOND),
    ]);
    expect(incident).toMatchObject({ planes: 2 });
    expect(incidentSinceMs(reported(before), incident, DEFAULT_LIMITS, NOW_MS)).toBeNull();
    expect(incidentSinceMs(reported(frozenBefore), incident, DEFAULT_LIMITS, NOW_MS)).toBeNull();
    expect(incidentSinceMs(reported(lostPlane('a', 100 * SECOND)), incident, DEFAULT_LIMITS, NOW_MS)).toBe(
      NOW_MS - 100 * SECOND,
    );
  });

  test('ignores planes without an agent, unreadable planes and planes that never connected', () => {
    const { agent: _agent, ...agentless } = aPlane({ uid: 'direct' });
    const never = aPlane({ uid: 'never', agent: { connected: false, connectedAgents: 0 } });
    expect(detect([agentless, never])).toBeNull();
    expect(
      detect([agentless, never, lostPlane('a', 90 * SECOND), lostPlane('b', 70 * SECOND)]),
    ).toMatchObject({ planes: 2 });
  });
});
