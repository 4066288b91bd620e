import { expect, test } from 'vitest';
import { NO_FACTS } from '@/lib/plane/health/health-facts';
import type { HealthState } from '@/lib/plane/health/health-state';
import type { Plane } from '@/lib/plane/model/plane';
import type { WallFilter } from '@/lib/plane/wall/wall-filter';
import { ago, aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { outsideCounts } from './wall-outside';
import type { ObservedPlane } from './wall-projection';
import { NO_LIMITS } from './wall-view';

function observed(namespace: string, state: HealthState, changes: Partial<Plane> = {}): ObservedPlane {
  return {
    plane: { ...aPlane({ namespace, ...changes }), facts: NO_FACTS, health: { state, reasons: [] } },
    observed: { at: ago(0), seenToChange: true },
  };
}

const planes = [
  observed('acme', 'healthy'),
  observed('acme', 'stale'),
  observed('acme', 'degraded'),
  observed('acme', 'pending'),
  observed('acme', 'disconnected', { maintenance: { until: ago(-60_000) } }),
  observed('shop', 'disconnected'),
  observed('shop', 'unmonitored'),
];

const outside = (filter: Partial<WallFilter>, namespaces: string[] = [], nowMs = NOW_MS) =>
  outsideCounts(
    planes,
    {
      limits: { ...NO_LIMITS, namespaces },
      filter: { kinds: [], roles: [], namespaces: [], labels: [], health: [], ...filter },
      group: null,
    },
    nowMs,
  );

test('counts planes that need action and that the choice of states leaves out', () => {
  expect(outside({ health: ['healthy'] })).toEqual({ alarms: 3, byState: 3 });
  expect(outside({ health: ['healthy', 'stale'] })).toEqual({ alarms: 2, byState: 2 });
});

test('counts planes of other namespaces too, and tells them apart', () => {
  expect(outside({ namespaces: ['acme'] })).toEqual({ alarms: 1, byState: 0 });
  expect(outside({ namespaces: ['acme'], health: ['healthy'] })).toEqual({ alarms: 3, byState: 2 });
  expect(outside({})).toEqual({ alarms: 0, byState: 0 });
  expect(outside({ labels: ['env=prod'] })).toEqual({ alarms: 3, byState: 0 });
});

test("counts no plane that the link's limits exclude", () => {
  expect(outside({ health: ['healthy'] }, ['shop'])).toEqual({ alarms: 1, byState: 1 });
  expect(outside({ namespaces: ['acme'] }, ['acme'])).toEqual({ alarms: 0, byState: 0 });
  expect(outside({ namespaces: ['shop'] }, ['acme'])).toEqual({ alarms: 2, byState: 0 });
});

test('counts a plane in maintenance once that has ended', () => {
  expect(outside({ health: ['healthy'] }, [], NOW_MS + 60_001)).toEqual({ alarms: 4, byState: 4 });
});
