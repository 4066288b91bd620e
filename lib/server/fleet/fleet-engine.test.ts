import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type CertificateFact, DEFAULT_LIMITS } from '@/lib/plane/health/health-facts';
import { connectionChange } from '@/lib/plane/history/connection-change';
import type { FieldWrite } from '@/lib/plane/history/field-writes';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';
import { SECOND_MS } from '@/lib/plane/time/duration';
import type { SecretChange } from '@/lib/server/certificates/secret-changes';
import { PlaneHistory } from '@/lib/server/history/plane-history';
import { ago, aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import type { ChangeSet } from './change-publisher';
import { FleetEngine } from './fleet-engine';

let nowMs: number;
let sent: ChangeSet[];
let certificates: Map<string, CertificateFact>;
let engine: FleetEngine;
let history: PlaneHistory;

beforeEach(() => {
  vi.useFakeTimers();
  nowMs = NOW_MS;
  sent = [];
  certificates = new Map();
  history = new PlaneHistory();
  engine = new FleetEngine({
    history,
    limits: DEFAULT_LIMITS,
    nowMs: () => nowMs,
    certificates: {
      factOf: (uid) => certificates.get(uid) ?? { state: 'not-checked' },
      forget: (uid) => certificates.delete(uid),
    },
  });
  for (const plural of ['dataplanes', 'observabilityplanes']) {
    engine.sources.add(plural);
    engine.replaceKind(plural, []);
    engine.sources.watching(plural);
  }
  engine.flush();
  engine.subscribe((changes) => sent.push(changes));
  engine.start();
});
afterEach(() => {
  engine.stop();
  vi.useRealTimers();
});

/** Every watch delivers something. */
function proveAll(): void {
  for (const plural of engine.sources.plurals()) engine.sources.contact(plural);
}

/** Advances the API server's clock and the timers; contact stays fresh if `hasContact`. */
async function pass(ms: number, hasContact = true): Promise<void> {
  for (let left = ms; left > 0; left -= SECOND_MS) {
    nowMs += Math.min(left, SECOND_MS);
    if (hasContact) proveAll();
    await vi.advanceTimersByTimeAsync(Math.min(left, SECOND_MS));
  }
}

const uidsSent = () => sent.flatMap((changes) => changes.upserts.map((row) => row.uid));
const deletesSent = () => sent.flatMap((changes) => changes.deletes.map((scope) => scope.uid));
const named = (name: string, changes: Partial<Plane> = {}) =>
  aPlane({ uid: name, name, planeID: name, ...changes });

function stateOf(uid: string): string | undefined {
  return engine.records().find((row) => row.plane.uid === uid)?.health?.state;
}

const kinds = (...names: string[]) => names.flatMap((name) => kindOfName(name) ?? []);

describe('when the served kinds change, the engine', () => {
  const build = (name: string, heartbeatMs = 20 * SECOND_MS) =>
    named(name, {
      kind: 'BuildPlane',
      plural: 'buildplanes',
      agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(heartbeatMs) },
    });
  beforeEach(() => {
    engine.sources.add('buildplanes');
    engine.setServedKinds(kinds('DataPlane', 'BuildPlane'));
    engine.replaceKind('buildplanes', [build('ci')]);
    engine.sources.watching('buildplanes');
  });

  test('judges planes of a left-over kind at once', async () => {
    expect(stateOf('ci')).toBe('healthy');
    sent = [];
    engine.setServedKinds(kinds('DataPlane', 'BuildPlane', 'WorkflowPlane'));
    await vi.advanceTimersByTimeAsync(60);
    expect(uidsSent()).toEqual(['ci']);
    expect(engine.records()[0]?.health).toMatchObject({
      state: 'degraded',
      reasons: [{ code: 'kind-unreconciled' }],
    });
    engine.setServedKinds(kinds('DataPlane', 'BuildPlane'));
    expect(stateOf('ci')).toBe('healthy');
  });

  test('leaves stale planes of a left-over kind out of incidents', async () => {
    engine.setServedKinds(kinds('DataPlane', 'BuildPlane', 'WorkflowPlane'));
    for (const name of ['ci', 'ci-2']) engine.set(build(name, 200 * SECOND_MS));
    await pass(2 * SECOND_MS);
    expect(stateOf('ci')).toBe('stale');
    expect(engine.incidents).toEqual([]);
  });
});

test('a kind that is installed later is published as being read, and no plane of another kind changes', async () => {
  engine.set(named('a'));
  engine.flush();
  sent = [];
  const statesSent = () =>
    sent.flatMap(({ sources = [] }) =>
      sources.flatMap(({ plural, state }) => (plural === 'workflowplanes' ? [state] : [])),
    );
  engine.sources.add('workflowplanes');
  await vi.advanceTimersByTimeAsync(60);
  expect(statesSent()).toEqual(['syncing']);
  expect(stateOf('a')).toBe('healthy');
  engine.replaceKind('workflowplanes', [named('ci', { kind: 'WorkflowPlane', plural: 'workflowplanes' })]);
  engine.sources.watching('workflowplanes');
  await vi.advanceTimersByTimeAsync(60);
  expect(statesSent()).toEqual(['syncing', 'live']);
  expect(uidsSent()).toEqual(['ci']);
});

describe('of planes that only conditions report on, the engine', () => {
  const direct = () =>
    named('called', {
      connection: 'direct',
      reportsAgent: false,
      conditions: [{ type: 'Ready', status: 'True' }],
    });
  const prove = () =>
    engine.setController({ lease: 'read', provenAt: new Date(nowMs - 5 * SECOND_MS).toISOString() });

  test('says whether there are any', () => {
    expect(engine.needsController).toBe(false);
    engine.set(named('called', { connection: 'direct', reportsAgent: false, conditions: [] }));
    expect(engine.needsController).toBe(false);
    engine.set(direct());
    expect(engine.needsController).toBe(true);
  });

  test('publishes the proof that the controller runs, and counts them as healthy only while it is fresh', async () => {
    engine.set(direct());
    expect(stateOf('called')).toBe('unmonitored');
    sent = [];
    prove();
    await pass(2 * SECOND_MS);
    expect(stateOf('called')).toBe('healthy');
    expect(sent.at(-1)?.controlPlane?.controller?.provenAt).toBe(
      new Date(NOW_MS - 5 * SECOND_MS).toISOString(),
    );
    sent = [];
    for (let reading = 0; reading < 12; reading += 1) {
      await pass(10 * SECOND_MS);
      prove();
    }
    // Each reading is a fact of the control plane, and changes no plane.
    expect(uidsSent()).toEqual([]);
    expect(stateOf('called')).toBe('healthy');
    await pass(54 * SECOND_MS);
    expect(stateOf('called')).toBe('healthy');
    await pass(3 * SECOND_MS);
    expect(stateOf('called')).toBe('unmonitored');
    expect(uidsSent()).toEqual(['called']);
    prove();
    await pass(SECOND_MS);
    // The first proof is no news; the controller's end and its return are.
    const { entries } = history.of({ plural: 'dataplanes', namespace: 'acme', name: 'called' });
    expect(entries.map(({ what, health }) => health ?? what)).toEqual([
      'healthy',
      'unmonitored',
      'unmonitored',
    ]);
  });
});

describe('the engine publishes', () => {
  test('the first change at once, and those within 50 ms together', async () => {
    await pass(SECOND_MS);
    engine.set(named('a'));
    await vi.advanceTimersByTimeAsync(1);
    expect(uidsSent()).toEqual(['a']);
    engine.set(named('b'));
    await vi.advanceTimersByTimeAsync(20);
    engine.set(named('c'));
    expect(uidsSent()).toEqual(['a']);
    await vi.advanceTimersByTimeAsync(40);
    expect(uidsSent()).toEqual(['a', 'b', 'c']);
    expect(sent).toHaveLength(2);
  });

  test('heartbeats alone once a second, so no other change waits for them', async () => {
    const beat = (name: string, ageMs: number, more: Partial<Plane> = {}) =>
      named(name, { agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(ageMs) }, ...more });
    engine.set(beat('a', 20_000));
    engine.set(beat('b', 20_000));
    await pass(SECOND_MS);
    sent.length = 0;
    engine.set(beat('a', 1000));
    await vi.advanceTimersByTimeAsync(100);
    expect(sent).toEqual([]);
    engine.set(beat('b', 1000, { displayName: 'B' }));
    await vi.advanceTimersByTimeAsync(1);
    expect(uidsSent()).toEqual(['b']);
    expect(sent[0]?.upserts[0]?.heartbeatJson).toBeUndefined();
    await pass(SECOND_MS);
    expect(uidsSent()).toEqual(['b', 'a']);
    expect(sent[1]?.upserts[0]?.heartbeatJson).toBe(JSON.stringify(['a', ago(1000), '1']));
  });

  test('a heartbeat that changes the health at once', async () => {
    engine.set(
      named('a', { agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(8 * 86_400_000) } }),
    );
    await pass(SECOND_MS);
    sent.length = 0;
    engine.set(named('a', { agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(1000) } }));
    await vi.advanceTimersByTimeAsync(1);
    expect(uidsSent()).toEqual(['a']);
    expect(sent[0]?.upserts[0]?.heartbeatJson).toBeUndefined();
  });

  test('revisions that increase by one', async () => {
    const before = engine.revision;
    for (const name of ['a', 'b', 'c']) {
      engine.set(named(name));
      engine.flush();
    }
    expect(sent.map((changes) => changes.revision)).toEqual([before + 1, before + 2, before + 3]);
  });

  test('nothing when a list contains no changes', () => {
    engine.set(named('a'));
    engine.flush();
    sent = [];
    engine.replaceKind('dataplanes', [named('a')]);
    engine.flush();
    expect(sent).toEqual([]);
  });

  test('a relist as one change set of new, changed and deleted planes', () => {
    for (const name of ['a', 'b', 'c']) engine.set(named(name));
    engine.flush();
    sent = [];
    engine.replaceKind('dataplanes', [named('a'), named('b', { displayName: 'B' }), named('d')]);
    engine.flush();
    expect(sent).toHaveLength(1);
    expect(uidsSent()).toEqual(['b', 'd']);
    expect(deletesSent()).toEqual(['c']);
  });

  test('no deletion of a plane that was never published', () => {
    engine.set(named('a'));
    engine.remove('a');
    engine.flush();
    expect(deletesSent()).toEqual([]);
  });

  test('a plane that becomes stale by time alone', async () => {
    engine.set(named('a'));
    engine.set(
      named('b', {
        agent: { ...aPlane().agent, connected: true, connectedAgents: 1, lastHeartbeatTime: ago(-160_000) },
      }),
    );
    engine.flush();
    expect(stateOf('a')).toBe('healthy');
    sent = [];
    await pass(170 * SECOND_MS);
    expect(stateOf('a')).toBe('stale');
    expect(uidsSent().filter((uid) => uid === 'a')).toHaveLength(2);
  });
});

describe('a change by time alone is published', () => {
  const fourSecondsBeforeStale = () =>
    named('a', {
      agent: { ...aPlane().agent, connected: true, connectedAgents: 1, lastHeartbeatTime: ago(176_000) },
    });

  test('even if a caller reads the fleet before the next tick', async () => {
    engine.set(fourSecondsBeforeStale());
    await pass(4 * SECOND_MS);
    sent = [];
    nowMs += 500;
    expect(stateOf('a')).toBe('stale');
    await pass(2 * SECOND_MS);
    expect(uidsSent()).toEqual(['a']);
    expect(sent[0]?.upserts[0]?.json).toContain('"state":"stale"');
  });

  test('when the clock is set back, and fresh heartbeats are in the future', async () => {
    engine.set(named('a'));
    engine.flush();
    expect(stateOf('a')).toBe('healthy');
    nowMs -= 3_600_000;
    await pass(SECOND_MS);
    expect(stateOf('a')).toBe('unknown');
    nowMs += 3_600_000;
    await pass(SECOND_MS);
    expect(stateOf('a')).toBe('healthy');
  });
});

describe('facts that depend on more than the plane', () => {
  test('count siblings, and are published when one comes or goes', () => {
    engine.set(named('a', { planeID: 'shared' }));
    engine.set(named('b', { planeID: 'shared' }));
    engine.flush();
    expect(engine.records().map((row) => row.facts.siblings)).toEqual([1, 1]);
    sent = [];
    engine.remove('b');
    engine.flush();
    expect(uidsSent()).toEqual(['a']);
    expect(engine.records().map((row) => row.facts.siblings)).toEqual([0]);
  });

  test('report a missing reference until its target exists', () => {
    const observabilityPlaneRef = { kind: 'ObservabilityPlane', name: 'watcher' };
    engine.set(named('a', { observabilityPlaneRef }));
    engine.flush();
    expect(stateOf('a')).toBe('degraded');
    engine.set(named('watcher', { kind: 'ObservabilityPlane', plural: 'observabilityplanes' }));
    engine.flush();
    expect(stateOf('a')).toBe('healthy');
    engine.dropKind('observabilityplanes');
    engine.flush();
    expect(stateOf('a')).toBe('degraded');
  });

  test("report no missing reference while its kind isn't listed yet", () => {
    engine.sources.add('clusterobservabilityplanes');
    const observabilityPlaneRef = { kind: 'ClusterObservabilityPlane', name: 'watcher' };
    engine.set(named('a', { observabilityPlaneRef }));
    engine.flush();
    expect(engine.records()[0]?.facts.observabilityPlane).toBe('not-visible');
    expect(stateOf('a')).toBe('healthy');
    engine.replaceKind('clusterobservabilityplanes', []);
    engine.flush();
    expect(engine.records()[0]?.facts.observabilityPlane).toBe('missing');
  });

  test('include a certificate that is read later', () => {
    engine.set(named('a'));
    engine.flush();
    sent = [];
    certificates.set('a', { state: 'secret-missing', secret: 'acme/ca' });
    engine.markChanged('a');
    engine.flush();
    expect(uidsSent()).toEqual(['a']);
    expect(stateOf('a')).toBe('degraded');
  });
});

describe('the history', () => {
  const textsOf = (name: string) =>
    history.of({ plural: 'dataplanes', namespace: 'acme', name }).entries.map(({ text }) => text);

  test('records moments, because ages would go out of date', () => {
    engine.set(named('a'));
    engine.flush();
    const agent = {
      connected: false,
      connectedAgents: 0,
      lastHeartbeatTime: '2026-03-10T11:57:30Z',
      lastDisconnectedTime: '2026-03-10T11:59:10Z',
    };
    engine.set(named('a', { agent, resourceVersion: '2' }));
    engine.flush();
    expect(textsOf('a')).toContain(
      'Disconnected, was healthy: Agent disconnected between 2026-03-10 11:57 and 11:59 UTC.',
    );
    engine.set(named('b', { deletingSince: ago(26 * 60 * SECOND_MS) }));
    engine.flush();
    expect(textsOf('b')[0]).toContain(
      "Degraded: Terminating since 2026-03-10 11:34:00 UTC. Its finalizers haven't been removed yet.",
    );
  });
});

describe('an incident', () => {
  const up = (name: string, over: Partial<Plane> = {}) =>
    named(name, {
      agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(10 * SECOND_MS) },
      ...over,
    });
  const lost = (name: string, resourceVersion: string) =>
    up(name, {
      agent: { connected: false, connectedAgents: 0, lastDisconnectedTime: new Date(nowMs).toISOString() },
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
    await pass(2 * SECOND_MS);
    for (const name of names) write(up(name, { resourceVersion: '2' }), path);
    await pass(5 * SECOND_MS);
    for (const name of names) engine.set(lost(name, '3'));
    await pass(2 * SECOND_MS);
  }

  test.each([
    ['planeID', ['spec', 'planeID']],
    ['CA', ['spec', 'clusterAgent', 'clientCA', 'value']],
  ])("isn't proven by planes that disconnect after their %s changed", async (_, path) => {
    await loseAfterChangeOf(path);
    expect(stateOf('a')).toBe('disconnected');
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
    await pass(5 * SECOND_MS);
    for (const name of names) engine.set(lost(name, '2'));
    await pass(2 * SECOND_MS);
    expect(engine.incidents).toHaveLength(1);
    for (const name of names) engine.changeSecrets(name, [secretChange(150 * SECOND_MS)]);
    await pass(2 * SECOND_MS);
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
    await pass(10 * SECOND_MS);
    for (const name of names) engine.changeSecrets(name, [secretChange(5 * SECOND_MS)]);
    await pass(2 * SECOND_MS);
    expect(engine.incidents).toMatchObject([{ code: 'control-plane', planes: 2 }]);
  });

  test('is proven by planes that were changed because they had disconnected', async () => {
    for (const name of names) engine.set(up(name));
    for (const name of names) engine.set(lost(name, '2'));
    for (const name of names) write(lost(name, '3'), ['spec', 'planeID']);
    await pass(2 * SECOND_MS);
    expect(engine.incidents).toMatchObject([{ code: 'control-plane', planes: 2 }]);
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
    engine.setController({ lease: 'read', provenAt: new Date(nowMs).toISOString() });
    engine.flush();
  });

  test("isn't measured from a change of its credentials until they are set back", () => {
    expect(stateOf('a')).toBe('healthy');
    engine.changeSecrets('a', [change()]);
    expect(stateOf('a')).toBe('unmonitored');
    engine.changeSecrets('a', [change({ id: 'change-2', takesBack: 'change-1' })]);
    expect(stateOf('a')).toBe('healthy');
  });

  test("isn't measured from a replacement of its credentials in Planeboard until a condition is set again", () => {
    engine.changeSecrets('a', [change({ isOwn: true })]);
    expect(stateOf('a')).toBe('unmonitored');
    const { entries } = history.of({ plural: 'dataplanes', namespace: 'acme', name: 'a' });
    expect(entries.filter(({ write }) => write)).toEqual([]);
    const lastTransitionTime = new Date(nowMs).toISOString();
    engine.set(ready({ conditions: [{ type: 'Ready', status: 'True', lastTransitionTime }] }));
    expect(stateOf('a')).toBe('healthy');
  });
});

describe('an unreadable plane', () => {
  test('has no certificate fact, because the place of its CA is unreliable', () => {
    certificates.set('a', { state: 'secret-missing', secret: 'acme/ca' });
    engine.set(named('a', { unreadable: ['Invalid field status: expected an object, found text.'] }));
    engine.flush();
    expect(engine.records()[0]?.facts.certificate).toEqual({ state: 'not-checked' });
  });
});

describe('contact with the API server', () => {
  test('makes the planes of a source unknown when lost for a minute, and restores them when it returns', async () => {
    engine.set(named('a', { agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(0) } }));
    engine.flush();
    await pass(59 * SECOND_MS, false);
    expect(stateOf('a')).toBe('healthy');
    sent = [];
    await pass(3 * SECOND_MS, false);
    expect(stateOf('a')).toBe('unknown');
    expect(uidsSent()).toEqual(['a']);
    sent = [];
    await pass(SECOND_MS);
    expect(stateOf('a')).toBe('healthy');
    expect(uidsSent()).toEqual(['a']);
  });

  test("keeps its age when the API server's clock is set", async () => {
    await pass(SECOND_MS);
    for (const stepMs of [3_600_000, -3_600_000]) {
      nowMs += stepMs;
      const [source] = engine.sources.wire();
      expect(source?.lastContactAt).toBe(new Date(nowMs - SECOND_MS).toISOString());
      expect(engine.sources.contactAtMs('dataplanes', nowMs)).toBe(nowMs);
    }
  });
});

describe('a lost right', () => {
  test('deletes all planes of the kind, with its reason, and restores them when it returns', () => {
    const watcher = named('watcher', { kind: 'ObservabilityPlane', plural: 'observabilityplanes' });
    const observabilityPlaneRef = { kind: 'ObservabilityPlane', name: 'watcher' };
    engine.set(watcher);
    engine.set(named('a', { observabilityPlaneRef }));
    engine.flush();
    sent = [];

    engine.refuseKind('observabilityplanes', 'You may not.');
    engine.flush();
    expect(sent).toHaveLength(1);
    expect(deletesSent()).toEqual(['watcher']);
    expect(sent[0]?.sources?.find((source) => source.plural === 'observabilityplanes')).toMatchObject({
      state: 'forbidden',
      problem: 'You may not.',
    });
    expect(engine.records().map((row) => row.plane.uid)).toEqual(['a']);
    // A plane that may not be seen may still exist.
    expect(engine.sources.isListed('observabilityplanes')).toBe(false);
    expect(engine.records()[0]?.facts.observabilityPlane).toBe('not-visible');
    expect(stateOf('a')).toBe('healthy');

    sent = [];
    engine.replaceKind('observabilityplanes', [watcher]);
    engine.flush();
    expect(uidsSent()).toContain('watcher');
    expect(engine.records().find((row) => row.plane.uid === 'a')?.facts.observabilityPlane).toBe('found');
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
    await pass(SECOND_MS);
    sent = [];
    for (const name of ['a', 'b', 'c']) engine.set(lost(name));
    await pass(2 * SECOND_MS);
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
    await pass(2 * SECOND_MS);
    expect(engine.incidents).toMatchObject([{ id, planes: 3, lost: 2 }]);
    expect(incidentIDs()).toEqual([
      ['a', id],
      ['b', undefined],
      ['c', id],
    ]);

    engine.set(named('c'));
    await pass(2 * SECOND_MS);
    expect(engine.incidents).toEqual([]);
    expect(sent.findLast((changes) => changes.incidents)?.incidents).toEqual([]);
    const after = engine.records().flatMap((row) => row.health?.reasons.map((reason) => reason.code) ?? []);
    expect(after).not.toContain('control-plane-incident');
  });

  test('names a plane that is back in no incident at once, before the next look at the fleet', async () => {
    for (const name of ['a', 'b', 'c']) engine.set(lost(name));
    await pass(2 * SECOND_MS);
    engine.set(named('b'));
    engine.flush();
    expect(incidentIDs()[1]).toEqual(['b', undefined]);
  });

  test('has the numbers of those planes that a reader sees', async () => {
    for (const name of ['a', 'b', 'c']) engine.set(lost(name));
    await pass(2 * SECOND_MS);
    const seen = engine.records().flatMap((record) => (record.plane.name === 'c' ? [] : [record.row.wire()]));
    expect(engine.incidentsSeenBy(seen, 'wall')).toMatchObject([
      { id: engine.incidents[0]?.id, planes: 2, lost: 2, connectedBefore: 2 },
    ]);
    expect(engine.incidentsSeenBy([], 'wall')).toEqual([]);
  });

  test('loses a plane that is deleted', async () => {
    for (const name of ['a', 'b', 'c']) engine.set(lost(name));
    await pass(2 * SECOND_MS);
    const uid = engine.records()[0]?.plane.uid ?? '';
    engine.remove(uid);
    await pass(2 * SECOND_MS);
    expect(engine.incidents).toMatchObject([{ planes: 2, lost: 2 }]);
  });
});

describe('written fields reach the history', () => {
  const written: FieldWrite = {
    subject: 'spec',
    resourceVersion: '2',
    by: { manager: 'kubectl-edit', atMs: null },
    fields: [{ path: ['spec', 'planeID'], change: 'changed' }],
  };
  const seen = () =>
    history
      .of({ plural: 'dataplanes', namespace: 'acme', name: 'a' })
      .entries.map(({ what }) => what)
      .reverse();
  const lost = named('a', {
    resourceVersion: '2',
    generation: 2,
    agent: { connected: false, connectedAgents: 0, lastHeartbeatTime: ago(1000) },
  });

  test('before their effects, and after the appearance of a plane that was written at once', () => {
    engine.set(named('a'));
    engine.set(lost, [written]);
    engine.flush();
    expect(seen()).toEqual(['first-seen', 'spec']);
    engine.set(named('a', { resourceVersion: '3', generation: 3 }), [written]);
    engine.flush();
    expect(seen()).toEqual(['first-seen', 'spec', 'spec', 'agent', 'health']);
  });

  test('even if the plane is deleted before they were published', () => {
    engine.set(named('a'));
    engine.flush();
    engine.set(lost, [written]);
    engine.remove('a');
    expect(seen()).toEqual(['first-seen', 'spec', 'deletion']);
  });

  test('when a list shows them after the watch was interrupted', () => {
    engine.set(named('a'));
    engine.flush();
    engine.replaceKind('dataplanes', [lost], new Map([['a', [written]]]));
    engine.flush();
    expect(seen().slice(0, 2)).toEqual(['first-seen', 'spec']);
  });
});

test('takes the removal of a field for as old as it is, although managedFields keep no time of it', async () => {
  const specChangedAt = ago(20 * 86_400 * SECOND_MS);
  const changed = (generation: number) =>
    aPlane({
      generation,
      observedGeneration: 1,
      specChangedAt,
      resourceVersion: String(generation),
      agent: {
        connected: true,
        connectedAgents: 1,
        lastHeartbeatTime: new Date(nowMs).toISOString(),
      },
    });
  const reason = () => engine.records()[0]?.health?.reasons.find(({ code }) => code === 'change-unobserved');
  engine.set(changed(1));
  engine.flush();
  engine.set(changed(2));
  engine.flush();
  expect(reason()).toBeUndefined();
  await pass(60 * SECOND_MS);
  engine.set(changed(2));
  await pass(65 * SECOND_MS);
  expect(reason()?.message).toContain('made 2 min ago');
  expect(engine.withHealth(changed(2)).health.reasons).toContainEqual(reason());
});

describe('a plane that is edited every minute', () => {
  const startMs = () => nowMs;
  const version = (generation: number, observedGeneration: number, changedAtMs: number) =>
    aPlane({
      generation,
      observedGeneration,
      specChangedAt: new Date(changedAtMs).toISOString(),
      resourceVersion: `${generation}-${observedGeneration}`,
      agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: new Date(nowMs).toISOString() },
    });
  const reason = () =>
    engine.records()[0]?.health?.reasons.find(({ code }) => code === 'change-unobserved')?.message;

  test('is degraded two minutes after its first change if the controller applies none', async () => {
    engine.set(version(1, 1, startMs()));
    for (let generation = 2; generation <= 4; generation += 1) {
      engine.set(version(generation, 1, nowMs));
      await pass(59 * SECOND_MS);
    }
    expect(reason()).toBe(
      "The controller hasn't applied the last 3 changes, the first made at least 2 min ago. The status is older than those changes.",
    );
    engine.set(version(4, 4, nowMs));
    engine.flush();
    expect(reason()).toBeUndefined();
  });

  test("isn't while the controller applies one change after the other", async () => {
    engine.set(version(1, 1, startMs()));
    for (let generation = 2; generation <= 6; generation += 1) {
      engine.set(version(generation, generation - 2, nowMs));
      await pass(59 * SECOND_MS);
    }
    expect(reason()).toBeUndefined();
  });
});
