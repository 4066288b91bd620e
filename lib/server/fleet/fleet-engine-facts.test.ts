import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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

describe('facts that depend on more than the plane', () => {
  test('count siblings, and are published when one comes or goes', () => {
    engine.set(named('a', { planeID: 'shared' }));
    engine.set(named('b', { planeID: 'shared' }));
    engine.flush();
    expect(engine.records().map((row) => row.facts.siblings)).toEqual([1, 1]);
    sent.length = 0;
    engine.remove('b');
    engine.flush();
    expect(fleet.uidsSent()).toEqual(['a']);
    expect(engine.records().map((row) => row.facts.siblings)).toEqual([0]);
  });

  test('report a missing reference until its target exists', () => {
    const observabilityPlaneRef = { kind: 'ObservabilityPlane', name: 'watcher' };
    engine.set(named('a', { observabilityPlaneRef }));
    engine.flush();
    expect(fleet.stateOf('a')).toBe('degraded');
    engine.set(named('watcher', { kind: 'ObservabilityPlane', plural: 'observabilityplanes' }));
    engine.flush();
    expect(fleet.stateOf('a')).toBe('healthy');
    engine.dropKind('observabilityplanes');
    engine.flush();
    expect(fleet.stateOf('a')).toBe('degraded');
  });

  test("report no missing reference while its kind isn't listed yet", () => {
    engine.sources.add({ plural: 'clusterobservabilityplanes' });
    const observabilityPlaneRef = { kind: 'ClusterObservabilityPlane', name: 'watcher' };
    engine.set(named('a', { observabilityPlaneRef }));
    engine.flush();
    expect(engine.records()[0]?.facts.observabilityPlane).toBe('not-visible');
    expect(fleet.stateOf('a')).toBe('healthy');
    engine.replaceKind({ plural: 'clusterobservabilityplanes' }, []);
    engine.flush();
    expect(engine.records()[0]?.facts.observabilityPlane).toBe('missing');
  });

  test('include a certificate that is read later', () => {
    engine.set(named('a'));
    engine.flush();
    sent.length = 0;
    fleet.certificates.set('a', { state: 'secret-missing', secret: 'acme/ca' });
    engine.markChanged('a');
    engine.flush();
    expect(fleet.uidsSent()).toEqual(['a']);
    expect(fleet.stateOf('a')).toBe('degraded');
  });
});

describe('an unreadable plane', () => {
  test('has no certificate fact, because the place of its CA is unreliable', () => {
    fleet.certificates.set('a', { state: 'secret-missing', secret: 'acme/ca' });
    engine.set(named('a', { unreadable: ['Invalid field status: expected an object, found text.'] }));
    engine.flush();
    expect(engine.records()[0]?.facts.certificate).toEqual({ state: 'not-checked' });
  });
});
