import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { kindOfName } from '@/lib/plane/model/kinds';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { ago } from '@/testing/plane/plane-fixture';
import { named, TestFleet } from '@/testing/server/test-fleet';
import type { ChangeSet } from './change-publisher';
import type { FleetEngine } from './fleet-engine';

let fleet: TestFleet;
let engine: FleetEngine;
let sent: ChangeSet[];

beforeEach(() => {
  fleet = new TestFleet();
  ({ engine, sent } = fleet);
});
afterEach(() => fleet.stop());

const kinds = (...names: string[]) => names.flatMap((name) => kindOfName(name) ?? []);

describe('when the served kinds change, the engine', () => {
  const build = (name: string, heartbeatMs = 20 * SECOND_MS) =>
    named(name, {
      kind: 'BuildPlane',
      plural: 'buildplanes',
      agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(heartbeatMs) },
    });
  beforeEach(() => {
    engine.sources.add({ plural: 'buildplanes' });
    engine.setServedKinds(kinds('DataPlane', 'BuildPlane'));
    engine.replaceKind({ plural: 'buildplanes' }, [build('ci')]);
    engine.sources.watching({ plural: 'buildplanes' });
  });

  test('judges planes of a left-over kind at once', async () => {
    expect(fleet.stateOf('ci')).toBe('healthy');
    sent.length = 0;
    engine.setServedKinds(kinds('DataPlane', 'BuildPlane', 'WorkflowPlane'));
    await vi.advanceTimersByTimeAsync(60);
    expect(fleet.uidsSent()).toEqual(['ci']);
    expect(engine.records()[0]?.health).toMatchObject({
      state: 'degraded',
      reasons: [{ code: 'kind-unreconciled' }],
    });
    engine.setServedKinds(kinds('DataPlane', 'BuildPlane'));
    expect(fleet.stateOf('ci')).toBe('healthy');
  });

  test('leaves stale planes of a left-over kind out of incidents', async () => {
    engine.setServedKinds(kinds('DataPlane', 'BuildPlane', 'WorkflowPlane'));
    for (const name of ['ci', 'ci-2']) engine.set(build(name, 200 * SECOND_MS));
    await fleet.pass(2 * SECOND_MS);
    expect(fleet.stateOf('ci')).toBe('stale');
    expect(engine.incidents).toEqual([]);
  });
});

test('a kind that is installed later is published as being read, and no plane of another kind changes', async () => {
  engine.set(named('a'));
  engine.flush();
  sent.length = 0;
  const statesSent = () =>
    sent.flatMap(({ sources = [] }) =>
      sources.flatMap(({ plural, state }) => (plural === 'workflowplanes' ? [state] : [])),
    );
  engine.sources.add({ plural: 'workflowplanes' });
  await vi.advanceTimersByTimeAsync(60);
  expect(statesSent()).toEqual(['syncing']);
  expect(fleet.stateOf('a')).toBe('healthy');
  engine.replaceKind({ plural: 'workflowplanes' }, [
    named('ci', { kind: 'WorkflowPlane', plural: 'workflowplanes' }),
  ]);
  engine.sources.watching({ plural: 'workflowplanes' });
  await vi.advanceTimersByTimeAsync(60);
  expect(statesSent()).toEqual(['syncing', 'live']);
  expect(fleet.uidsSent()).toEqual(['ci']);
});

describe('contact with the API server', () => {
  test('makes the planes of a source unknown when lost for a minute, and restores them when it returns', async () => {
    engine.set(named('a', { agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(0) } }));
    engine.flush();
    await fleet.pass(59 * SECOND_MS, false);
    expect(fleet.stateOf('a')).toBe('healthy');
    sent.length = 0;
    await fleet.pass(3 * SECOND_MS, false);
    expect(fleet.stateOf('a')).toBe('unknown');
    expect(fleet.uidsSent()).toEqual(['a']);
    sent.length = 0;
    await fleet.pass(SECOND_MS);
    expect(fleet.stateOf('a')).toBe('healthy');
    expect(fleet.uidsSent()).toEqual(['a']);
  });

  test("keeps its age when the API server's clock is set", async () => {
    await fleet.pass(SECOND_MS);
    for (const stepMs of [3_600_000, -3_600_000]) {
      fleet.nowMs += stepMs;
      const [source] = engine.sources.wire();
      expect(source?.lastContactAt).toBe(new Date(fleet.nowMs - SECOND_MS).toISOString());
      expect(engine.sources.contactAtMs({ plural: 'dataplanes' }, fleet.nowMs)).toBe(fleet.nowMs);
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
    sent.length = 0;

    engine.refuseKind({ plural: 'observabilityplanes' }, 'You may not.');
    engine.flush();
    expect(sent).toHaveLength(1);
    expect(fleet.deletesSent()).toEqual(['watcher']);
    expect(sent[0]?.sources?.find((source) => source.plural === 'observabilityplanes')).toMatchObject({
      state: 'forbidden',
      problem: 'You may not.',
    });
    expect(engine.records().map((row) => row.plane.uid)).toEqual(['a']);
    // A plane that may not be seen may still exist.
    expect(engine.sources.isListed({ plural: 'observabilityplanes' })).toBe(false);
    expect(engine.records()[0]?.facts.observabilityPlane).toBe('not-visible');
    expect(fleet.stateOf('a')).toBe('healthy');

    sent.length = 0;
    engine.replaceKind({ plural: 'observabilityplanes' }, [watcher]);
    engine.flush();
    expect(fleet.uidsSent()).toContain('watcher');
    expect(engine.records().find((row) => row.plane.uid === 'a')?.facts.observabilityPlane).toBe('found');
  });
});
