import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { WHOLE_FLEET } from '@/lib/server/rights/view';
import { ago } from '@/testing/plane/plane-fixture';
import { named, TestFleet } from '@/testing/server/test-fleet';
import { visibleFleet } from './visible-fleet';

const plural = 'buildplanes';
const ACME = { plural, namespace: 'acme' };
const BETA = { plural, namespace: 'beta' };

let fleet: TestFleet;

const build = (name: string, namespace: string, heartbeatMs = 20 * SECOND_MS) =>
  named(name, {
    kind: 'BuildPlane',
    plural,
    namespace,
    agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(heartbeatMs) },
  });

beforeEach(() => {
  fleet = new TestFleet();
  const { engine } = fleet;
  for (const scope of [ACME, BETA]) {
    engine.sources.add(scope);
    engine.replaceKind(scope, [build(`ci-${scope.namespace}`, scope.namespace)]);
    engine.sources.watching(scope);
  }
  engine.flush();
});
afterEach(() => fleet.stop());

const names = () => [...fleet.engine.planes()].map(({ name }) => name);
const states = () => [fleet.stateOf('ci-acme'), fleet.stateOf('ci-beta')];

describe('a kind that is watched in two namespaces', () => {
  test('has the planes of both, and the list of one leaves those of the other alone', () => {
    expect(names()).toEqual(['ci-acme', 'ci-beta']);
    fleet.engine.replaceKind(BETA, [build('new', 'beta')]);
    expect(names()).toEqual(['ci-acme', 'new']);
    fleet.engine.replaceKind(BETA, []);
    expect(names()).toEqual(['ci-acme']);
  });

  test('judges the planes of one without contact as unknown, and those of the other by their heartbeats', async () => {
    expect(states()).toEqual(['healthy', 'healthy']);
    for (let second = 0; second < 65; second += 1) {
      await fleet.pass(SECOND_MS);
      fleet.engine.sources.contact(ACME);
    }
    fleet.engine.set(build('ci-acme', 'acme', -50 * SECOND_MS));
    expect(states()).toEqual(['healthy', 'unknown']);
    fleet.engine.sources.contact(BETA);
    fleet.engine.set(build('ci-beta', 'beta', -50 * SECOND_MS));
    expect(states()).toEqual(['healthy', 'healthy']);
  });

  test('loses the planes of one with the right to list them, and keeps those of the other', () => {
    fleet.engine.refuseKind(BETA, 'No.');
    expect(names()).toEqual(['ci-acme']);
    const source = fleet.engine.sources.wire().find((one) => one.plural === plural);
    expect(source).toMatchObject({
      state: 'live',
      partial: true,
      namespaces: [
        { namespace: 'acme', state: 'live' },
        { namespace: 'beta', state: 'forbidden', problem: 'No.' },
      ],
    });
    expect(source).not.toHaveProperty('problem');
  });

  test('has a missing plane only where it was listed', () => {
    const { resolveReference, isComplete } = visibleFleet(fleet.engine, WHOLE_FLEET);
    const stateIn = (namespace: string) => resolveReference({ kind: 'BuildPlane', namespace, name: 'other' });
    expect(['acme', 'beta', 'gamma'].map(stateIn)).toEqual(['missing', 'missing', 'not-visible']);
    fleet.engine.refuseKind(BETA, 'No.');
    expect(stateIn('beta')).toBe('not-visible');
    expect([isComplete(plural), isComplete('dataplanes')]).toEqual([false, true]);
  });

  test('keeps the history of one namespace when the other can no longer be seen', () => {
    const sinceOf = (namespace: string) =>
      fleet.history.of({ plural, namespace, name: `ci-${namespace}` }).sinceMs;
    fleet.engine.refuseKind(BETA, 'No.');
    expect([sinceOf('acme'), sinceOf('beta'), sinceOf('gamma')]).toEqual([expect.any(Number), null, null]);
  });

  test('disappears as a whole when it is no longer served', () => {
    fleet.engine.dropKind(plural);
    expect(names()).toEqual([]);
    expect(fleet.engine.sources.isServed(plural)).toBe(false);
  });
});
