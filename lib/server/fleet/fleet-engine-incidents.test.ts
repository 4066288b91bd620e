import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectionChange } from '@/lib/plane/history/connection-change';
import type { Plane } from '@/lib/plane/model/plane';
import { SECOND_MS } from '@/lib/plane/time/duration';
import type { SecretChange } from '@/lib/server/certificates/secret-changes';
import type { PlaneHistory } from '@/lib/server/history/plane-history';
import { ago } from '@/testing/plane/plane-fixture';
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

describe('an incident', () => {
  const up = (name: string, over: Partial<Plane> = {}) =>
    named(name, {
      agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(10 * SECOND_MS) },
      ...over,
    });
  const lost = (name: string, resourceVersion: string) =>
    up(name, {
      agent: {
        connected: false,
        connectedAgents: 0,
        lastDisconnectedTime: new Date(fleet.nowMs).toISOString(),
      },
      resourceVersion,
    });
  const write = (plane: Plane, path: readonly string[]) => {
    const { resourceVersion } = plane;
    engine.set(plane, [
      { subject: 'spec', resourceVersion, by: null, fields: [{ path, change: 'changed' }] },
    ]);
  };
  const names = ['a', 'b'];

  /** Changes a field of each plane, and disconnects both some seconds later. */
  async function loseAfterChangeOf(path: readonly string[]): Promise<void> {
    for (const name of names) engine.set(up(name));
    await fleet.pass(2 * SECOND_MS);
    for (const name of names) write(up(name, { resourceVersion: '2' }), path);
    await fleet.pass(5 * SECOND_MS);
    for (const name of names) engine.set(lost(name, '3'));
    await fleet.pass(2 * SECOND_MS);
  }

  test.each([
    ['planeID', ['spec', 'planeID']],
    ['CA', ['spec', 'clusterAgent', 'clientCA', 'value']],
  ])("isn't proven by planes that disconnect after their %s changed", async (_, path) => {
    await loseAfterChangeOf(path);
    expect(fleet.stateOf('a')).toBe('disconnected');
    expect(engine.incidents).toEqual([]);
  });

  test('is proven by planes that disconnect after another change', async () => {
    await loseAfterChangeOf(['spec', 'secretStoreRef', 'name']);
    expect(engine.incidents).toMatchObject([{ code: 'control-plane', planes: 2 }]);
  });

  const secretChange = (earlierMs: number, over: Partial<SecretChange> = {}): SecretChange => ({
    secret: 'acme/ca',
    key: 'ca.crt',
    slot: 'agent-ca',
    id: 'change-1',
    what: 'changed',
    isOwn: false,
    earlierMs,
    ...over,
  });

  test('has no plane whose Secret turns out to have changed before it disconnected', async () => {
    for (const name of names) engine.set(up(name));
    await fleet.pass(5 * SECOND_MS);
    for (const name of names) engine.set(lost(name, '2'));
    await fleet.pass(2 * SECOND_MS);
    expect(engine.incidents).toHaveLength(1);
    for (const name of names) engine.changeSecrets(name, [secretChange(150 * SECOND_MS)]);
    await fleet.pass(2 * SECOND_MS);
    expect(engine.incidents).toEqual([]);
    const plane = engine.find('DataPlane', 'acme', 'a')?.plane;
    const { entries } = history.of({ plural: 'dataplanes', namespace: 'acme', name: 'a' });
    expect(entries.map(({ text }) => text)).toContain(
      "Agent CA in Secret acme/ca changed. A Secret doesn't say by whom.",
    );
    expect(plane && connectionChange(entries, plane)).toMatchObject({
      subject: 'ca',
      by: null,
      wasConnected: true,
    });
    engine.changeSecrets('a', [secretChange(10 * SECOND_MS, { id: 'change-2', takesBack: 'change-1' })]);
    engine.flush();
    const later = history.of({ plural: 'dataplanes', namespace: 'acme', name: 'a' }).entries;
    expect(later[0]?.text).toBe("Agent CA in Secret acme/ca set back. A Secret doesn't say by whom.");
    expect(plane && connectionChange(later, plane)).toBeNull();
  });

  test('has planes whose Secret was changed after they had disconnected', async () => {
    for (const name of names) engine.set(up(name));
    for (const name of names) engine.set(lost(name, '2'));
    await fleet.pass(10 * SECOND_MS);
    for (const name of names) engine.changeSecrets(name, [secretChange(5 * SECOND_MS)]);
    await fleet.pass(2 * SECOND_MS);
    expect(engine.incidents).toMatchObject([{ code: 'control-plane', planes: 2 }]);
  });

  test('is proven by planes that were changed because they had disconnected', async () => {
    for (const name of names) engine.set(up(name));
    for (const name of names) engine.set(lost(name, '2'));
    for (const name of names) write(lost(name, '3'), ['spec', 'planeID']);
    await fleet.pass(2 * SECOND_MS);
    expect(engine.incidents).toMatchObject([{ code: 'control-plane', planes: 2 }]);
  });
});

describe('an incident of the control plane', () => {
  const lost = (name: string) =>
    named(name, {
      agent: {
        connected: false,
        connectedAgents: 0,
        lastHeartbeatTime: ago(40_000),
        lastDisconnectedTime: ago(1000),
      },
    });

  const incidentIDs = () => engine.records().map(({ plane, facts }) => [plane.name, facts.incident]);

  test('is published once with its planes, again as they come back, and when it ends', async () => {
    for (const name of ['a', 'b', 'c']) engine.set(named(name));
    await fleet.pass(SECOND_MS);
    sent.length = 0;
    for (const name of ['a', 'b', 'c']) engine.set(lost(name));
    await fleet.pass(2 * SECOND_MS);
    expect(engine.incidents).toHaveLength(1);
    expect(sent.filter((changes) => changes.incidents)).toHaveLength(1);
    const codes = engine.records().map((row) => row.health?.reasons.map((reason) => reason.code));
    expect(codes.every((list) => list?.includes('control-plane-incident'))).toBe(true);

    const id = engine.incidents[0]?.id;
    expect(incidentIDs()).toEqual([
      ['a', id],
      ['b', id],
      ['c', id],
    ]);

    engine.set(named('b'));
    await fleet.pass(2 * SECOND_MS);
    expect(engine.incidents).toMatchObject([{ id, planes: 3, lost: 2 }]);
    expect(incidentIDs()).toEqual([
      ['a', id],
      ['b', undefined],
      ['c', id],
    ]);

    engine.set(named('c'));
    await fleet.pass(2 * SECOND_MS);
    expect(engine.incidents).toEqual([]);
    expect(sent.findLast((changes) => changes.incidents)?.incidents).toEqual([]);
    const after = engine.records().flatMap((row) => row.health?.reasons.map((reason) => reason.code) ?? []);
    expect(after).not.toContain('control-plane-incident');
  });

  test('names a plane that is back in no incident at once, before the next look at the fleet', async () => {
    for (const name of ['a', 'b', 'c']) engine.set(lost(name));
    await fleet.pass(2 * SECOND_MS);
    engine.set(named('b'));
    engine.flush();
    expect(incidentIDs()[1]).toEqual(['b', undefined]);
  });

  test('has the numbers of those planes that a reader sees', async () => {
    for (const name of ['a', 'b', 'c']) engine.set(lost(name));
    await fleet.pass(2 * SECOND_MS);
    const seen = engine.records().flatMap((record) => (record.plane.name === 'c' ? [] : [record.row.wire()]));
    expect(engine.incidentsSeenBy(seen, 'wall')).toMatchObject([
      { id: engine.incidents[0]?.id, planes: 2, lost: 2, connectedBefore: 2 },
    ]);
    expect(engine.incidentsSeenBy([], 'wall')).toEqual([]);
  });

  test('loses a plane that is deleted', async () => {
    for (const name of ['a', 'b', 'c']) engine.set(lost(name));
    await fleet.pass(2 * SECOND_MS);
    const uid = engine.records()[0]?.plane.uid ?? '';
    engine.remove(uid);
    await fleet.pass(2 * SECOND_MS);
    expect(engine.incidents).toMatchObject([{ planes: 2, lost: 2 }]);
  });
});
