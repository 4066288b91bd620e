import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FieldWrite } from '@/lib/plane/history/field-writes';
import { SECOND_MS } from '@/lib/plane/time/duration';
import type { PlaneHistory } from '@/lib/server/history/plane-history';
import { ago } from '@/testing/plane/plane-fixture';
import { named, TestFleet } from '@/testing/server/test-fleet';
import type { FleetEngine } from './fleet-engine';

let fleet: TestFleet;
let engine: FleetEngine;
let history: PlaneHistory;

beforeEach(() => {
  fleet = new TestFleet();
  ({ engine, history } = fleet);
});
afterEach(() => fleet.stop());

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
    engine.replaceKind({ plural: 'dataplanes' }, [lost], new Map([['a', [written]]]));
    engine.flush();
    expect(seen().slice(0, 2)).toEqual(['first-seen', 'spec']);
  });
});
