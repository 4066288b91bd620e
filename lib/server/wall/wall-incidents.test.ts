import { expect, test } from 'vitest';
import type { WallLimits } from '@/lib/api/wall';
import type { PlaneWithFacts } from '@/lib/plane/health/health-facts';
import { NO_FACTS } from '@/lib/plane/health/health-facts';
import type { Incident } from '@/lib/plane/health/incident';
import type { WallFilter } from '@/lib/plane/wall/wall-filter';
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

const wall = ({ limits = {}, filter = {} }: { limits?: Partial<WallLimits>; filter?: Partial<WallFilter> }) =>
  wallIncidents(engine, planes, {
    limits: { ...NO_LIMITS, ...limits },
    filter: { ...NO_LIMITS, labels: [], health: [], ...filter },
    group: null,
  });

test('a wall of all planes gets the incidents of all planes, whatever states it shows', () => {
  const ofAll = [{ planes: 3, message: 'fleet: acme-a,acme-b,shop-a' }];
  expect(wall({})).toMatchObject(ofAll);
  expect(wall({ filter: { health: ['healthy'] } })).toMatchObject(ofAll);
});

test.each<[string, Parameters<typeof wall>[0]]>([
  ['link', { limits: { namespaces: ['acme'] } }],
  ['address', { filter: { namespaces: ['acme'] } }],
  ['address and to one state', { filter: { namespaces: ['acme'], health: ['healthy'] } }],
  ['link and address', { limits: { namespaces: ['acme', 'shop'] }, filter: { namespaces: ['acme', 'x'] } }],
])('a wall that is limited by its %s gets the incidents in the numbers of its own planes', (_, limited) => {
  expect(wall(limited)).toMatchObject([{ planes: 2, message: 'wall: acme-a,acme-b' }]);
});
