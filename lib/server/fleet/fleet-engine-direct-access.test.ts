import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Plane } from '@/lib/plane/model/plane';
import { SECOND_MS } from '@/lib/plane/time/duration';
import type { SecretChange } from '@/lib/server/certificates/secret-changes';
import type { PlaneHistory } from '@/lib/server/history/plane-history';
import { ago, NOW_MS } from '@/testing/plane/plane-fixture';
import { named, TestFleet } from '@/testing/server/test-fleet';
import type { ChangeSet } from './change-publisher';
import type { FleetEngine } from './fleet-engine';

let fleet: TestFleet;
let engine: FleetEngine;
let history: PlaneHistory;
let sent: ChangeSet[];

beforeEach(() => {
  fleet = new TestFleet();
  ({ engine, history, sent } = fleet);
});
afterEach(() => fleet.stop());

describe('of planes that only conditions report on, the engine', () => {
  const direct = () =>
    named('called', {
      connection: 'direct',
      reportsAgent: false,
      conditions: [{ type: 'Ready', status: 'True' }],
    });
  const prove = () =>
    engine.setController({ lease: 'read', provenAt: new Date(fleet.nowMs - 5 * SECOND_MS).toISOString() });

  test('says whether there are any', () => {
    expect(engine.needsController).toBe(false);
    engine.set(named('called', { connection: 'direct', reportsAgent: false, conditions: [] }));
    expect(engine.needsController).toBe(false);
    engine.set(direct());
    expect(engine.needsController).toBe(true);
  });

  test('publishes the proof that the controller runs, and counts them as healthy only while it is fresh', async () => {
    engine.set(direct());
    expect(fleet.stateOf('called')).toBe('unmonitored');
    sent.length = 0;
    prove();
    await fleet.pass(2 * SECOND_MS);
    expect(fleet.stateOf('called')).toBe('healthy');
    expect(sent.at(-1)?.controlPlane?.controller?.provenAt).toBe(
      new Date(NOW_MS - 5 * SECOND_MS).toISOString(),
    );
    sent.length = 0;
    for (let reading = 0; reading < 12; reading += 1) {
      await fleet.pass(10 * SECOND_MS);
      prove();
    }
    // Each reading is a fact of the control plane, and changes no plane.
    expect(fleet.uidsSent()).toEqual([]);
    expect(fleet.stateOf('called')).toBe('healthy');
    await fleet.pass(54 * SECOND_MS);
    expect(fleet.stateOf('called')).toBe('healthy');
    await fleet.pass(3 * SECOND_MS);
    expect(fleet.stateOf('called')).toBe('unmonitored');
    expect(fleet.uidsSent()).toEqual(['called']);
    prove();
    await fleet.pass(SECOND_MS);
    // The first proof is no news; the controller's end and its return are.
    const { entries } = history.of({ plural: 'dataplanes', namespace: 'acme', name: 'called' });
    expect(entries.map(({ what, health }) => health ?? what)).toEqual([
      'healthy',
      'unmonitored',
      'unmonitored',
    ]);
  });
});

describe('a plane with direct access', () => {
  const ready = (changes: Partial<Plane> = {}) => {
    const { agent: _agent, ...plane } = named('a', {
      connection: 'direct',
      reportsAgent: false,
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: ago(60 * SECOND_MS) }],
      ...changes,
    });
    return plane;
  };
  const change = (over: Partial<SecretChange> = {}): SecretChange => ({
    secret: 'acme/a',
    key: 'token',
    slot: 'kubernetesCluster.auth.bearerToken',
    id: 'change-1',
    what: 'changed',
    isOwn: false,
    earlierMs: 10 * SECOND_MS,
    ...over,
  });

  beforeEach(() => {
    engine.set(ready());
    engine.setController({ lease: 'read', provenAt: new Date(fleet.nowMs).toISOString() });
    engine.flush();
  });

  test("isn't measured from a change of its credentials until they are set back", () => {
    expect(fleet.stateOf('a')).toBe('healthy');
    engine.changeSecrets('a', [change()]);
    expect(fleet.stateOf('a')).toBe('unmonitored');
    engine.changeSecrets('a', [change({ id: 'change-2', takesBack: 'change-1' })]);
    expect(fleet.stateOf('a')).toBe('healthy');
  });

  test("isn't measured from a replacement of its credentials in Planeboard until a condition is set again", () => {
    engine.changeSecrets('a', [change({ isOwn: true })]);
    expect(fleet.stateOf('a')).toBe('unmonitored');
    const { entries } = history.of({ plural: 'dataplanes', namespace: 'acme', name: 'a' });
    expect(entries.filter(({ write }) => write)).toEqual([]);
    const lastTransitionTime = new Date(fleet.nowMs).toISOString();
    engine.set(ready({ conditions: [{ type: 'Ready', status: 'True', lastTransitionTime }] }));
    expect(fleet.stateOf('a')).toBe('healthy');
  });
});
