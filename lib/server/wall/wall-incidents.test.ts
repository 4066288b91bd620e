import { expect, test } from 'vitest';
import type { PlaneWithFacts } from '@/lib/plane/health/health-facts';
import { NO_FACTS } from '@/lib/plane/health/health-facts';
import type { Incident } from '@/lib/plane/health/incident';
import { incident } from '@/testing/plane/findings/sample-planes';
import { ago, aPlane } from '@/testing/plane/plane-fixture';
import { wallIncidents } from './wall-incidents';
import type { ObservedPlane } from './wall-projection';
import { NO_LIMITS } from './wall-view';

function observed(namespace: string, name: string): ObservedPlane {
  return {
    plane: {
      ...aPlane({ namespace, name, uid: `${namespace}-${name}` }),
      facts: NO_FACTS,
      health: { state: 'disconnected', reasons: [] },
    },
    observed: { at: ago(0), seenToChange: true },
  };
}

const planes = [observed('acme', 'a'), observed('acme', 'b'), observed('shop', 'a')];

/** An engine that answers with the planes that it was asked about. */
const engine = {
  incidents: [incident],
  incidentsSeenBy: (seen: readonly PlaneWithFacts[], place: 'fleet' | 'wall'): Incident[] => [
    { ...incident, planes: seen.length, message: `${place}: ${seen.map(({ uid }) => uid).join()}` },
  ],
};

test('a wall without limits gets the incidents of all planes', () => {
  expect(wallIncidents(engine, planes, NO_LIMITS)).toMatchObject([
    { planes: 3, message: 'fleet: acme-a,acme-b,shop-a' },
  ]);
});

test('a limited wall gets the incidents in the numbers of its own planes', () => {
  const limits = { ...NO_LIMITS, namespaces: ['acme'] };
  expect(wallIncidents(engine, planes, limits)).toMatchObject([
    { planes: 2, message: 'wall: acme-a,acme-b' },
  ]);
});
