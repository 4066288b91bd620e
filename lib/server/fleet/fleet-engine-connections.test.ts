import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CertificateFact } from '@/lib/plane/health/health-facts';
import type { AgentConnection, Plane } from '@/lib/plane/model/plane';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '@/lib/plane/time/duration';
import type { PlaneHistory } from '@/lib/server/history/plane-history';
import { aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { TestFleet } from '@/testing/server/test-fleet';
import type { ChangeSet } from './change-publisher';
import type { FleetEngine } from './fleet-engine';

const MESH = { replicas: 2, mesh: true };
const SINGLE = { replicas: 1, mesh: false };

let fleet: TestFleet;
let engine: FleetEngine;
let history: PlaneHistory;
let sent: ChangeSet[];
let version: number;

beforeEach(() => {
  fleet = new TestFleet();
  ({ engine, history, sent } = fleet);
  version = 1;
});
afterEach(() => fleet.stop());

function agentCa(subject: string): CertificateFact {
  const [notBefore, notAfter] = [time(NOW_MS - DAY_MS), time(NOW_MS + 400 * DAY_MS)];
  return { state: 'parsed', notBefore, notAfter, subject, selfSignedLeaf: false, count: 1 };
}

const time = (ms: number) => new Date(ms).toISOString();
const CONNECTED: AgentConnection = {
  connected: true,
  connectedAgents: 1,
  lastConnectedTime: time(NOW_MS - 60 * MINUTE_MS),
};

/** A plane as the controller just wrote it; by default connected, without a heartbeat. */
function written(agent: Partial<AgentConnection> = {}, changes: Partial<Plane> = {}): void {
  version += 1;
  engine.set(
    aPlane({
      uid: 'a',
      name: 'a',
      planeID: 'a',
      resourceVersion: String(version),
      agent: { ...CONNECTED, ...agent },
      ...changes,
    }),
  );
}
/** A plane after an edit of one field, before its status follows. */
function edited(path: readonly string[], changes: Partial<Plane>): void {
  version += 1;
  const plane = engine.peek({ kind: 'DataPlane', namespace: 'acme', name: 'a' });
  if (!plane) throw new Error('no plane');
  const resourceVersion = String(version);
  engine.set({ ...plane, resourceVersion, ...changes }, [
    { subject: 'spec', resourceVersion, by: null, fields: [{ path, change: 'changed' }] },
  ]);
}

const withHeartbeat = (ageMs = 5 * SECOND_MS) => written({ lastHeartbeatTime: time(fleet.nowMs - ageMs) });
const disconnected = () =>
  written({ connected: false, connectedAgents: 0, lastDisconnectedTime: time(fleet.nowMs) });

const healthOf = (uid = 'a') => fleet.healthOf(uid);
const stateOf = (uid = 'a') => fleet.stateOf(uid);
const codesOf = (uid = 'a') => healthOf(uid)?.reasons.map(({ code }) => code);
const historyOf = (name = 'a') =>
  history.of({ plural: 'dataplanes', namespace: 'acme', name }).entries.map(({ text }) => text);

describe('a heartbeat that only one replica knows', () => {
  test('ages while the status says connected: healthy, then late, then stale', async () => {
    engine.setGateway(MESH);
    withHeartbeat();
    await fleet.pass(10 * SECOND_MS);
    written();
    expect([stateOf(), codesOf()]).toEqual(['healthy', ['heartbeat-remembered']]);
    expect(healthOf()?.reasons[0]?.message).toBe('Heartbeat heard 15 s ago through another gateway replica.');
    await fleet.pass(106 * SECOND_MS);
    expect([stateOf(), codesOf()]).toEqual(['degraded', ['heartbeat-late', 'heartbeat-remembered']]);
    await fleet.pass(60 * SECOND_MS);
    expect([stateOf(), codesOf()]).toEqual(['stale', ['heartbeat-stale', 'heartbeat-remembered']]);
    withHeartbeat();
    expect(stateOf()).toBe('healthy');
  });

  test('comes and goes without a change of state, an entry in the history or a full update', async () => {
    engine.setGateway(MESH);
    withHeartbeat();
    await fleet.pass(SECOND_MS);
    sent.length = 0;
    const before = historyOf();
    for (let copies = 0; copies < 20; copies += 1) {
      if (copies % 2 === 0) written();
      else withHeartbeat();
      await fleet.pass(50 * SECOND_MS);
      expect(stateOf()).toBe('healthy');
    }
    expect(historyOf()).toEqual(before);
    const updates = sent.flatMap(({ upserts }) => upserts);
    expect(updates).toHaveLength(20);
    expect(updates.every(({ heartbeatJson }) => heartbeatJson !== undefined)).toBe(true);
    const [missing, present] = updates.map(({ heartbeatJson }) => JSON.parse(heartbeatJson ?? ''));
    expect(missing).toEqual([
      'a',
      null,
      expect.any(String),
      { last: time(NOW_MS - 5 * SECOND_MS), severalReplicas: true },
    ]);
    expect(present).toEqual(['a', expect.any(String), expect.any(String)]);
  });

  test('is late now and then without an entry in the history, and stale with one', async () => {
    engine.setGateway(MESH);
    withHeartbeat();
    await fleet.pass(SECOND_MS);
    const before = historyOf();
    written();
    await fleet.pass(130 * SECOND_MS);
    expect(stateOf()).toBe('degraded');
    withHeartbeat();
    await fleet.pass(SECOND_MS);
    expect(stateOf()).toBe('healthy');
    expect(historyOf()).toEqual(before);
    written();
    await fleet.pass(200 * SECOND_MS);
    expect(stateOf()).toBe('stale');
    expect(historyOf()).toHaveLength(before.length + 1);
    expect(historyOf()[0]).toMatch(/^Stale, was degraded: Last heartbeat at/);
  });

  test("isn't measured if none was ever seen, until the first one, which is no news", async () => {
    engine.setGateway(MESH);
    engine.replaceKind({ plural: 'dataplanes' }, []);
    written();
    expect([stateOf(), codesOf()]).toEqual(['unmonitored', ['heartbeat-not-reported']]);
    await fleet.pass(MINUTE_MS);
    const before = historyOf();
    withHeartbeat();
    expect(stateOf()).toBe('healthy');
    expect(historyOf()).toEqual(before);
  });

  test('is forgotten when the agent disconnects, so an old one never makes a new connection stale', async () => {
    engine.setGateway(MESH);
    withHeartbeat();
    await fleet.pass(10 * SECOND_MS);
    disconnected();
    expect(stateOf()).toBe('disconnected');
    await fleet.pass(4 * MINUTE_MS);
    written({ lastConnectedTime: time(fleet.nowMs) });
    expect([stateOf(), codesOf()]).toEqual(['unmonitored', ['heartbeat-not-reported']]);
  });

  test('belongs to the uid: a plane that was recreated has none', async () => {
    engine.setGateway(MESH);
    withHeartbeat();
    await fleet.pass(SECOND_MS);
    engine.remove('a');
    written({}, { uid: 'b' });
    expect(codesOf('b')).toEqual(['heartbeat-not-reported']);
  });

  test('is missing if the gateway is a single replica', async () => {
    engine.setGateway(SINGLE);
    withHeartbeat();
    await fleet.pass(SECOND_MS);
    written();
    expect([stateOf(), codesOf()]).toEqual(['unknown', ['heartbeat-missing']]);
  });

  test("counts if it isn't known how the gateway is deployed; one never seen is then missing", async () => {
    withHeartbeat();
    await fleet.pass(10 * SECOND_MS);
    written();
    expect([stateOf(), codesOf()]).toEqual(['healthy', ['heartbeat-remembered']]);
    expect(healthOf()?.reasons[0]?.message).toBe(
      'The status has no heartbeat at the moment. The last one was 15 s ago.',
    );
    written({}, { uid: 'b', name: 'b', planeID: 'b' });
    expect(codesOf('b')).toEqual(['heartbeat-missing']);
  });

  test('is judged again when the gateway turns out to have several replicas, which is no news of the plane', async () => {
    written();
    await fleet.pass(SECOND_MS);
    const before = historyOf();
    expect(stateOf()).toBe('unknown');
    engine.setGateway(MESH);
    expect(stateOf()).toBe('unmonitored');
    expect(historyOf()).toEqual(before);
  });

  test('counts in an incident once it is stale', async () => {
    engine.setGateway(MESH);
    withHeartbeat();
    written({ lastHeartbeatTime: time(fleet.nowMs) }, { uid: 'b', name: 'b', planeID: 'b' });
    await fleet.pass(10 * SECOND_MS);
    written();
    await fleet.pass(3 * MINUTE_MS);
    expect(engine.incidents).toMatchObject([{ kind: 'frozen', planes: 2 }]);
    expect(codesOf()).toContain('control-plane-incident');
    expect(codesOf('b')).toContain('control-plane-incident');
  });

  test('refutes an incident while it is fresh', async () => {
    engine.setGateway(MESH);
    for (const name of ['b', 'c'])
      written({ lastHeartbeatTime: time(fleet.nowMs) }, { uid: name, name, planeID: name });
    await fleet.pass(2 * MINUTE_MS);
    withHeartbeat();
    await fleet.pass(10 * SECOND_MS);
    written();
    await fleet.pass(90 * SECOND_MS);
    expect([stateOf('b'), stateOf('c'), stateOf()]).toEqual(['stale', 'stale', 'healthy']);
    expect(engine.incidents).toEqual([]);
  });
});

describe('a flapping connection', () => {
  const flip = async (times: number) => {
    for (let count = 0; count < times; count += 1) {
      await fleet.pass(MINUTE_MS);
      if (count % 2 === 0) disconnected();
      else withHeartbeat();
      engine.flush();
    }
  };

  test('is one state and one entry, however often it changes', async () => {
    withHeartbeat();
    await flip(3);
    expect([stateOf(), codesOf()]).toEqual(['degraded', ['connection-flapping']]);
    const entries = historyOf();
    expect(entries[0]).toMatch(/^Degraded, was healthy: The reported connection has kept changing since/);
    const states: (string | undefined)[] = [];
    await fleet.pass(MINUTE_MS);
    for (let round = 0; round < 10; round += 1) {
      withHeartbeat();
      await fleet.pass(MINUTE_MS);
      states.push(stateOf());
      disconnected();
      await fleet.pass(MINUTE_MS);
      states.push(stateOf());
    }
    expect(new Set(states)).toEqual(new Set(['degraded']));
    expect(historyOf()).toEqual(entries);
  });

  test('is none when planeID or CA is edited again and again, with and without an agent there', async () => {
    disconnected();
    for (let round = 0; round < 8; round += 1) {
      await fleet.pass(MINUTE_MS);
      const path = round % 4 < 2 ? ['spec', 'planeID'] : ['spec', 'clusterAgent', 'clientCA', 'value'];
      const planeID = round % 2 === 0 ? 'other' : 'a';
      edited(path, { planeID });
      if (round % 2 === 0) written({ lastHeartbeatTime: time(fleet.nowMs - 5 * SECOND_MS) }, { planeID });
      else written({ connected: false, connectedAgents: 0 }, { planeID });
      engine.flush();
      expect(codesOf()).not.toContain('connection-flapping');
    }
  });

  test('is none when the CA in its Secret is replaced again and again', async () => {
    withHeartbeat();
    for (let round = 0; round < 6; round += 1) {
      await fleet.pass(MINUTE_MS);
      fleet.certificates.set('a', agentCa(`CN=ca-${round}`));
      engine.markChanged('a');
      engine.flush();
      if (round % 2 === 0) disconnected();
      else withHeartbeat();
      engine.flush();
      expect(codesOf()).not.toContain('connection-flapping');
    }
  });

  test('is none when incidents explain its changes', async () => {
    engine.setGateway(SINGLE);
    const ids = ['a', 'b', 'c'];
    const all = (agent: Partial<AgentConnection>) => {
      for (const id of ids) written(agent, { uid: id, name: id, planeID: id });
    };
    for (let crash = 0; crash < 3; crash += 1) {
      all({ lastHeartbeatTime: time(fleet.nowMs) });
      await fleet.pass(40 * SECOND_MS);
      expect(engine.incidents).toEqual([]);
      expect(stateOf()).toBe('healthy');
      all({ connected: false, connectedAgents: 0, lastDisconnectedTime: time(fleet.nowMs) });
      await fleet.pass(90 * SECOND_MS);
      expect(engine.incidents).toMatchObject([{ kind: 'disconnected', lost: 3 }]);
      for (const id of ids) expect(codesOf(id)).toContain('agent-lost');
    }
  });

  test('is healthy again after fewer than three changes in 15 min, with one entry', async () => {
    withHeartbeat();
    await flip(4);
    const entries = historyOf().length;
    for (let minute = 0; minute < 14; minute += 1) {
      await fleet.pass(MINUTE_MS);
      withHeartbeat();
    }
    expect(stateOf()).toBe('healthy');
    expect(historyOf()[0]).toMatch(/^Healthy, was degraded/);
    expect(historyOf()).toHaveLength(entries + 1);
  });

  test('is disconnected after 5 min without its agent', async () => {
    withHeartbeat();
    await flip(3);
    await fleet.pass(5 * MINUTE_MS);
    expect(stateOf()).toBe('degraded');
    await fleet.pass(SECOND_MS);
    expect([stateOf(), codesOf()]).toEqual(['disconnected', ['agent-lost']]);
  });
});

describe('an agent on the planeID of another plane', () => {
  const never: AgentConnection = { connected: false, connectedAgents: 0 };
  const addNewPlane = (changes: Partial<Plane> = {}) => {
    version += 1;
    engine.set(
      aPlane({
        uid: 'b',
        name: 'b',
        planeID: 'a',
        resourceVersion: String(version),
        agent: never,
        createdAt: time(fleet.nowMs),
        ...changes,
      }),
    );
  };

  test('is rejected if the plane does not report it although its controller had time to', async () => {
    withHeartbeat();
    addNewPlane();
    expect([stateOf('b'), codesOf('b')]).toEqual(['pending', ['agent-awaited']]);
    for (let seconds = 0; seconds < 86; seconds += 1) {
      await fleet.pass(SECOND_MS);
      withHeartbeat();
    }
    expect([stateOf('b'), codesOf('b')]).toEqual(['disconnected', ['agent-refused']]);
  });

  test('is no fact once that plane stops to report it', async () => {
    withHeartbeat();
    addNewPlane({ createdAt: time(fleet.nowMs - 3 * MINUTE_MS) });
    expect(codesOf('b')).toEqual(['agent-refused']);
    disconnected();
    expect([stateOf('b'), codesOf('b')]).toEqual(['pending', ['agent-awaited']]);
    withHeartbeat();
    expect(codesOf('b')).toEqual(['agent-refused']);
    engine.remove('a');
    expect(codesOf('b')).toEqual(['agent-awaited']);
  });

  test("is no fact while that plane's heartbeat is late", async () => {
    withHeartbeat(119 * SECOND_MS);
    addNewPlane({ createdAt: time(fleet.nowMs - 3 * MINUTE_MS) });
    expect(codesOf('b')).toEqual(['agent-refused']);
    await fleet.pass(3 * SECOND_MS);
    expect(codesOf('b')).toEqual(['agent-awaited']);
  });

  test("stays a fact while that plane's connection is flapping", async () => {
    withHeartbeat();
    addNewPlane({ createdAt: time(fleet.nowMs - 3 * MINUTE_MS) });
    for (let change = 0; change < 2; change += 1) {
      await fleet.pass(10 * SECOND_MS);
      if (change === 0) disconnected();
      else withHeartbeat();
      engine.flush();
    }
    expect(codesOf('b')).toEqual(['agent-refused']);
    const entries = historyOf('b').length;
    for (let change = 0; change < 6; change += 1) {
      if (change % 2 === 0) disconnected();
      else withHeartbeat();
      engine.flush();
      await fleet.pass(10 * SECOND_MS);
      expect([stateOf(), codesOf('b')]).toEqual(['degraded', ['agent-refused']]);
    }
    expect(historyOf('b')).toHaveLength(entries);
  });

  test('says nothing about a plane that reports one itself', () => {
    withHeartbeat();
    addNewPlane({ agent: { ...CONNECTED, lastHeartbeatTime: time(fleet.nowMs) } });
    expect(stateOf('b')).toBe('healthy');
    expect(engine.records().map(({ facts }) => facts.siblingAgent)).toEqual([undefined, undefined]);
  });
});
