import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '@/lib/plane/time/duration';
import { judged } from '@/testing/plane/diagnosis-fixture';
import { another, frozen, gone } from '@/testing/plane/findings/sample-planes';
import { ago, aPlane } from '@/testing/plane/plane-fixture';
import { fleetFacts } from './fleet-facts';

const own = aPlane();

test('counts other planes by the state of their agents and never the plane itself', () => {
  const rows = [
    judged(own),
    another('eu'),
    another('ci', { kind: 'WorkflowPlane', plural: 'workflowplanes' }),
    another('edge', { agent: frozen }),
    another('pci', { agent: gone }),
  ];
  expect(fleetFacts(own, rows, [])).toEqual({
    frozenAtMs: [Date.parse(ago(8 * DAY_MS))],
    lostAtMs: [Date.parse(ago(5 * HOUR_MS))],
    live: 2,
    liveOfKind: 1,
    onDefaultID: null,
    incidents: [],
  });
});

test("doesn't count a plane that is being deleted as stale or disconnected, because the deletion disconnects its agent", () => {
  const deletingSince = ago(HOUR_MS);
  const rows = [
    another('edge', { agent: frozen, deletingSince }),
    another('pci', { agent: gone, deletingSince }),
    another('eu', { deletingSince }),
  ];
  expect(fleetFacts(own, rows, [])).toMatchObject({ frozenAtMs: [], lostAtMs: [], live: 1 });
});

test("doesn't count a plane as live while the API server is silent about it", () => {
  const silent = judged(aPlane({ uid: 'other' }), { contactAtMs: null });
  expect(fleetFacts(own, [silent], [])).toMatchObject({ live: 0, liveOfKind: 0 });
});

test('finds an agent on planeID default only for the same role', () => {
  const otherRole = another('default', { kind: 'WorkflowPlane', plural: 'workflowplanes' });
  expect(fleetFacts(own, [otherRole], []).onDefaultID).toBeNull();
  expect(fleetFacts(own, [another('default')], []).onDefaultID).toMatchObject({ name: 'default' });
});
