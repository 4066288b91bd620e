import { beforeEach, describe, expect, test } from 'vitest';
import type { FleetPlane } from '@/lib/api/fleet';
import { DEFAULT_LIMITS } from '@/lib/plane/health/health-facts';
import type { Plane } from '@/lib/plane/model/plane';
import { DAY_MS, HOUR_MS, SECOND_MS } from '@/lib/plane/time/duration';
import type { PlaneScope, View } from '@/lib/server/rights/view';
import { gatewayFacts } from '@/testing/plane/gateway-facts';
import { ago, aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import type { ChangeSet } from './change-publisher';
import { FleetEngine } from './fleet-engine';

const PLURALS = ['dataplanes', 'clusterdataplanes', 'observabilityplanes'];

let nowMs: number;
let engine: FleetEngine;

beforeEach(() => {
  nowMs = NOW_MS;
  engine = new FleetEngine({
    limits: DEFAULT_LIMITS,
    nowMs: () => nowMs,
    certificates: { factOf: () => ({ state: 'not-checked' }), forget: () => {} },
  });
  for (const plural of PLURALS) {
    engine.sources.add({ plural });
    engine.replaceKind({ plural }, []);
    engine.sources.watching({ plural });
  }
  engine.flush();
});

/** Who sees only planes of one namespace, of all kinds that have one. */
function ofNamespace(namespace: string): View {
  return {
    key: namespace,
    sees: (scope: PlaneScope) => scope.namespace === namespace,
    reachOf: (plural) => (plural.startsWith('cluster') ? 'none' : 'some'),
  };
}

const inShop = (name: string, changes: Partial<Plane> = {}) =>
  aPlane({ uid: name, name, namespace: 'shop', planeID: name, ...changes });
const elsewhere = (name: string, changes: Partial<Plane> = {}) =>
  inShop(name, { namespace: 'other', ...changes });
const shared = (name: string, changes: Partial<Plane> = {}) =>
  inShop(name, { namespace: undefined, kind: 'ClusterDataPlane', plural: 'clusterdataplanes', ...changes });

/** Publishes what is pending. Returns what the readers of a view get of it. */
function publish(view: View): ChangeSet {
  const seen: ChangeSet[] = [];
  const unsubscribe = engine.viewed(view).subscribe((set) => seen.push(set));
  engine.flush();
  unsubscribe();
  const [changes, ...more] = seen;
  if (!changes || more.length > 0) throw new Error('One change set was expected.');
  return changes;
}

const planesIn = (upserts: ChangeSet['upserts']): FleetPlane[] =>
  upserts.map(({ json }) => JSON.parse(json()) as FleetPlane);
const factsOf = (view: View) =>
  Object.fromEntries(
    engine
      .viewed(view)
      .rows()
      .map((row) => [row.wire().name, row.wire().facts]),
  );

describe('a view', () => {
  const shop = ofNamespace('shop');

  test('contains only its planes, and facts about nothing else', () => {
    engine.set(inShop('one', { planeID: 'same' }));
    engine.set(inShop('two', { planeID: 'same' }));
    engine.set(elsewhere('three', { planeID: 'same' }));
    engine.set(shared('four', { planeID: 'same' }));
    engine.flush();
    engine.records();
    expect(Object.keys(factsOf(shop))).toEqual(['one', 'two']);
    expect(factsOf(shop).one).toMatchObject({ siblings: 1 });
    expect(engine.records()[0]?.facts).toMatchObject({ siblings: 3 });
  });

  test('gets a change of another plane only as far as a visible one depends on it', () => {
    engine.set(inShop('one', { planeID: 'same' }));
    const [first] = planesIn(publish(shop).upserts);
    expect(first).toMatchObject({ name: 'one', facts: { siblings: 0 } });
    engine.set(elsewhere('two', { planeID: 'same' }));
    expect(publish(shop)).toMatchObject({ upserts: [], deletes: [] });
    engine.set(inShop('three', { planeID: 'same' }));
    const upserts = planesIn(publish(shop).upserts);
    expect(upserts.map(({ name, facts }) => [name, facts.siblings])).toEqual([
      ['three', 1],
      ['one', 1],
    ]);
    engine.remove('two');
    expect(publish(shop).upserts).toHaveLength(0);
    engine.remove('three');
    const changes = publish(shop);
    expect(planesIn(changes.upserts)).toMatchObject([{ name: 'one', facts: { siblings: 0 } }]);
    expect(changes.deletes.map(({ uid }) => uid)).toEqual(['three']);
  });

  test("judges a plane by visible siblings' agents alone, also when time changes them", () => {
    const agent = { connected: true, connectedAgents: 1, lastConnectedTime: ago(DAY_MS) };
    const lost = { connected: false, connectedAgents: 0, lastDisconnectedTime: ago(HOUR_MS) };
    engine.set(inShop('one', { planeID: 'same', agent: lost }));
    engine.set(
      elsewhere('two', { planeID: 'same', agent: { ...agent, lastHeartbeatTime: ago(10 * SECOND_MS) } }),
    );
    engine.flush();
    expect(engine.records()[0]?.facts.siblingAgent).toEqual({ connectedAt: ago(DAY_MS) });
    expect(factsOf(shop).one).not.toHaveProperty('siblingAgent');
    engine.set(
      inShop('three', { planeID: 'same', agent: { ...agent, lastHeartbeatTime: ago(10 * SECOND_MS) } }),
    );
    const facts = planesIn(publish(shop).upserts).find(({ name }) => name === 'one')?.facts;
    expect(facts).toMatchObject({ siblings: 1, siblingAgent: { connectedAt: ago(DAY_MS) } });
  });

  test('calls a reference to a plane that is not in it not visible, whether it exists or not', () => {
    const refersTo = (name: string) => ({ observabilityPlaneRef: { kind: 'ObservabilityPlane', name } });
    engine.set(inShop('one', refersTo('here')));
    engine.set(inShop('two', refersTo('gone')));
    const view: View = {
      key: 'only data planes',
      sees: ({ plural }) => plural === 'dataplanes',
      reachOf: (plural) => (plural === 'dataplanes' ? 'all' : 'none'),
    };
    engine.set(inShop('here', { kind: 'ObservabilityPlane', plural: 'observabilityplanes' }));
    engine.flush();
    expect(factsOf(view).one).toMatchObject({ observabilityPlane: 'not-visible' });
    expect(factsOf(view).two).toMatchObject({ observabilityPlane: 'not-visible' });
    engine.remove('here');
    expect(publish(view)).toMatchObject({ upserts: [], deletes: [] });
  });

  test('without planes says nothing of the control plane', () => {
    const nobody: View = { key: 'nobody', sees: () => false, reachOf: () => 'none' };
    const known = { ...engine.controlPlane, gateway: gatewayFacts() };
    expect(engine.viewed(shop).controlPlane(known)).toBe(known);
    expect(engine.viewed(nobody).controlPlane(known)).toEqual({ findings: [] });
  });

  test('says nothing of a source that it has no part in', () => {
    engine.sources.failed({ plural: 'clusterdataplanes' }, false, 'The watch of shared broke.');
    engine.sources.failed({ plural: 'dataplanes' }, false, 'The watch broke.');
    const { sources } = publish(shop);
    expect(sources).toContainEqual({ plural: 'clusterdataplanes', state: 'forbidden', lastContactAt: null });
    expect(sources).toContainEqual(expect.objectContaining({ problem: 'The watch broke.', partial: true }));
  });
});
