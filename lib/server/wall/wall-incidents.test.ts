import { expect, test } from 'vitest';
import { NO_FACTS } from '@/lib/plane/health/health-facts';
import type { Incident } from '@/lib/plane/health/incident';
import { ago, aPlane } from '@/testing/plane/plane-fixture';
import { wallIncidents } from './wall-incidents';
import type { ObservedPlane } from './wall-projection';
import { NO_LIMITS, type WallView } from './wall-view';

const INCIDENT: Incident = {
  code: 'control-plane',
  kind: 'disconnected',
  since: '2026-03-10T12:00:00.000Z',
  lastLossAt: '2026-03-10T12:00:30.000Z',
  planes: 36,
  planeIDs: 30,
  message: 'The agents of all 36 previously connected planes disconnected together.',
};

function observed(namespace: string, name: string, isMember: boolean): ObservedPlane {
  const reasons = isMember
    ? [{ code: 'control-plane-incident', severity: 'info' as const, message: '' }]
    : [];
  return {
    plane: {
      ...aPlane({ namespace, name, uid: `${namespace}-${name}`, planeID: name }),
      facts: NO_FACTS,
      health: { state: 'disconnected', reasons },
    },
    observed: { at: ago(0), seenToChange: true },
  };
}

const planes = [
  observed('acme', 'a', true),
  observed('acme', 'b', true),
  observed('acme', 'c', false),
  observed('shop', 'a', true),
  observed('lab', 'd', false),
];
const view = (namespaces: string[], filtered: string[] = []): WallView => ({
  limits: { ...NO_LIMITS, namespaces },
  filter: { kinds: [], roles: [], namespaces: filtered, health: [] },
  group: null,
});

test('a wall without limits gets the incident of the whole fleet', () => {
  expect(wallIncidents([INCIDENT], planes, view([], ['acme']))).toEqual([INCIDENT]);
});

test('a limited wall gets the numbers of its own planes, whatever its filter', () => {
  for (const filtered of [[], ['shop']]) {
    const [incident] = wallIncidents([INCIDENT], planes, view(['acme'], filtered));
    expect(incident).toEqual({
      ...INCIDENT,
      planes: 2,
      planeIDs: 2,
      message:
        '2 planes on this wall disconnected in an incident of the control plane, since about 2026-03-10 12:00:00 UTC. The likely cause is the cluster gateway of the control plane, not the planes.',
    });
  }
});

test('a limited wall says nothing of an incident of other planes', () => {
  expect(wallIncidents([INCIDENT], planes, view(['lab']))).toEqual([]);
});
