import { describe, expect, test } from 'vitest';
import type { FleetPlane } from '@/lib/api/fleet';
import { type FleetRow, renderedRow } from '@/lib/client/feed/derived-fleet';
import { countEntries } from '@/lib/plane/fleet/fleet-filter';
import { NO_FACTS } from '@/lib/plane/health/health-facts';
import type { Maintenance } from '@/lib/plane/model/maintenance';
import { LIVE_CONTEXT } from '@/testing/plane/fleet-context';
import { ago, aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { ageFleetList, type FleetList } from './fleet-list';

const SECOND = 1000;
const LATER_MS = NOW_MS + 61 * SECOND;

function healthyRow(uid: string, heartbeatAgeMs = 20 * SECOND, maintenance?: Maintenance): FleetRow {
  const plane: FleetPlane = {
    ...aPlane({
      uid,
      agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(heartbeatAgeMs) },
      ...(maintenance ? { maintenance } : {}),
    }),
    facts: NO_FACTS,
    health: { state: 'healthy', reasons: [] },
  };
  return renderedRow(plane, NOW_MS);
}

/** The first lines of a list of 10,000 planes: a group and one of its rows. */
function firstList(row: FleetRow): FleetList {
  const counts = { ...countEntries([row]), healthy: 9990, pending: 10 };
  return {
    items: [
      { type: 'group', key: 'g', title: 'All', size: 10_000, counts, open: true },
      { type: 'plane', key: row.plane.uid, entry: row },
    ],
    total: 10_000,
    shown: 10_000,
    counts,
    present: ['pending', 'healthy'],
  };
}

describe('the server-rendered head of the list', () => {
  test('updates the counts as its rows age', () => {
    const aged = ageFleetList(firstList(healthyRow('a', 110 * SECOND)), LIVE_CONTEXT, NOW_MS + 20 * SECOND);
    expect(aged.counts).toMatchObject({ healthy: 9989, degraded: 1, pending: 10 });
    expect(aged.items[1]).toMatchObject({ entry: { health: { state: 'degraded' } } });
  });

  test('counts a plane by its health again when its maintenance ends', () => {
    const list = firstList(healthyRow('a', 20 * SECOND, { until: ago(-5 * SECOND) }));
    expect(list.counts).toMatchObject({ maintenance: 1, healthy: 9990 });
    expect(ageFleetList(list, LIVE_CONTEXT, NOW_MS + 4 * SECOND).counts).toMatchObject({ maintenance: 1 });
    const aged = ageFleetList(list, LIVE_CONTEXT, NOW_MS + 5 * SECOND);
    expect(aged.counts).toMatchObject({ maintenance: 0, healthy: 9991 });
    expect(aged.items[1]).toMatchObject({ entry: { attention: 'healthy' } });
  });

  test('still counts planes in maintenance when contact is lost', () => {
    const aged = ageFleetList(
      firstList(healthyRow('a', 20 * SECOND, { until: ago(-900 * SECOND) })),
      LIVE_CONTEXT,
      LATER_MS,
    );
    expect(aged.counts).toEqual({ ...countEntries([]), unknown: 10_000, maintenance: 1 });
  });

  test('shows and counts no plane as healthy when contact is lost', () => {
    const aged = ageFleetList(firstList(healthyRow('a')), LIVE_CONTEXT, LATER_MS);
    expect(aged.counts).toEqual({ ...countEntries([]), unknown: 10_000 });
    expect(aged.items[0]).toMatchObject({ counts: { healthy: 0, unknown: 10_000 } });
    expect(aged.items[1]).toMatchObject({ entry: { health: { state: 'unknown' } } });
  });
});
