import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Plane } from '@/lib/plane/model/plane';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { ago, aPlane } from '@/testing/plane/plane-fixture';
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

describe('the engine publishes', () => {
  test('the first change at once, and those within 50 ms together', async () => {
    await fleet.pass(SECOND_MS);
    engine.set(named('a'));
    await vi.advanceTimersByTimeAsync(1);
    expect(fleet.uidsSent()).toEqual(['a']);
    engine.set(named('b'));
    await vi.advanceTimersByTimeAsync(20);
    engine.set(named('c'));
    expect(fleet.uidsSent()).toEqual(['a']);
    await vi.advanceTimersByTimeAsync(40);
    expect(fleet.uidsSent()).toEqual(['a', 'b', 'c']);
    expect(sent).toHaveLength(2);
  });

  test('heartbeats alone once a second, so no other change waits for them', async () => {
    const beat = (name: string, ageMs: number, more: Partial<Plane> = {}) =>
      named(name, { agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(ageMs) }, ...more });
    engine.set(beat('a', 20_000));
    engine.set(beat('b', 20_000));
    await fleet.pass(SECOND_MS);
    sent.length = 0;
    engine.set(beat('a', 1000));
    await vi.advanceTimersByTimeAsync(100);
    expect(sent).toEqual([]);
    engine.set(beat('b', 1000, { displayName: 'B' }));
    await vi.advanceTimersByTimeAsync(1);
    expect(fleet.uidsSent()).toEqual(['b']);
    expect(sent[0]?.upserts[0]?.heartbeatJson).toBeUndefined();
    await fleet.pass(SECOND_MS);
    expect(fleet.uidsSent()).toEqual(['b', 'a']);
    expect(sent[1]?.upserts[0]?.heartbeatJson).toBe(JSON.stringify(['a', ago(1000), '1']));
  });

  test('a heartbeat that changes the health at once', async () => {
    engine.set(
      named('a', { agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(8 * 86_400_000) } }),
    );
    await fleet.pass(SECOND_MS);
    sent.length = 0;
    engine.set(named('a', { agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(1000) } }));
    await vi.advanceTimersByTimeAsync(1);
    expect(fleet.uidsSent()).toEqual(['a']);
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
    sent.length = 0;
    engine.replaceKind({ plural: 'dataplanes' }, [named('a')]);
    engine.flush();
    expect(sent).toEqual([]);
  });

  test('a relist as one change set of new, changed and deleted planes', () => {
    for (const name of ['a', 'b', 'c']) engine.set(named(name));
    engine.flush();
    sent.length = 0;
    engine.replaceKind({ plural: 'dataplanes' }, [named('a'), named('b', { displayName: 'B' }), named('d')]);
    engine.flush();
    expect(sent).toHaveLength(1);
    expect(fleet.uidsSent()).toEqual(['b', 'd']);
    expect(fleet.deletesSent()).toEqual(['c']);
  });

  test('no deletion of a plane that was never published', () => {
    engine.set(named('a'));
    engine.remove('a');
    engine.flush();
    expect(fleet.deletesSent()).toEqual([]);
  });

  test('a plane that becomes stale by time alone', async () => {
    engine.set(named('a'));
    engine.set(
      named('b', {
        agent: { ...aPlane().agent, connected: true, connectedAgents: 1, lastHeartbeatTime: ago(-160_000) },
      }),
    );
    engine.flush();
    expect(fleet.stateOf('a')).toBe('healthy');
    sent.length = 0;
    await fleet.pass(170 * SECOND_MS);
    expect(fleet.stateOf('a')).toBe('stale');
    expect(fleet.uidsSent().filter((uid) => uid === 'a')).toHaveLength(2);
  });
});

describe('a change by time alone is published', () => {
  const fourSecondsBeforeStale = () =>
    named('a', {
      agent: { ...aPlane().agent, connected: true, connectedAgents: 1, lastHeartbeatTime: ago(176_000) },
    });

  test('even if a caller reads the fleet before the next tick', async () => {
    engine.set(fourSecondsBeforeStale());
    await fleet.pass(4 * SECOND_MS);
    sent.length = 0;
    fleet.nowMs += 500;
    expect(fleet.stateOf('a')).toBe('stale');
    await fleet.pass(2 * SECOND_MS);
    expect(fleet.uidsSent()).toEqual(['a']);
    expect(sent[0]?.upserts[0]?.json()).toContain('"state":"stale"');
  });

  test('when the clock is set back, and fresh heartbeats are in the future', async () => {
    engine.set(named('a'));
    engine.flush();
    expect(fleet.stateOf('a')).toBe('healthy');
    fleet.nowMs -= 3_600_000;
    await fleet.pass(SECOND_MS);
    expect(fleet.stateOf('a')).toBe('unknown');
    fleet.nowMs += 3_600_000;
    await fleet.pass(SECOND_MS);
    expect(fleet.stateOf('a')).toBe('healthy');
  });
});
