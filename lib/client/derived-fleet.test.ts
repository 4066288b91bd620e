import { beforeEach, describe, expect, test } from 'vitest';
import type { FleetPlane, Source } from '@/lib/api/fleet';
import { DEFAULT_LIMITS, NO_FACTS } from '@/lib/plane/facts';
import { ago, aPlane, NOW_MS } from '@/lib/plane/plane-fixture';
import { DerivedFleet } from './derived-fleet';

const SECOND = 1000;

function plane(changes: Partial<FleetPlane> = {}): FleetPlane {
  const agent = { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(20 * SECOND) };
  return {
    ...aPlane(),
    uid: 'a',
    agent,
    facts: NO_FACTS,
    health: { state: 'healthy', reasons: [] },
    ...changes,
  };
}

function input(planes: FleetPlane[], contactAgeMs = 2 * SECOND) {
  const source: Source = { plural: 'dataplanes', state: 'live', lastContactAt: ago(contactAgeMs) };
  return {
    planes: new Map(planes.map((item) => [item.uid, item])),
    sources: [source],
    incidents: [],
    limits: DEFAULT_LIMITS,
  };
}

let fleet: DerivedFleet;
beforeEach(() => {
  fleet = new DerivedFleet();
  fleet.update(input([plane()]), null, NOW_MS);
});

describe('a plane is judged again', () => {
  test('by the passing of time alone: late, then stale', () => {
    const contact = (nowMs: number) => ({
      ...input([plane()]),
      sources: [
        { plural: 'dataplanes', state: 'live' as const, lastContactAt: new Date(nowMs).toISOString() },
      ],
    });
    const at = (ageMs: number) => {
      const nowMs = NOW_MS - 20 * SECOND + ageMs;
      fleet.update(contact(nowMs), [], nowMs);
      fleet.tick(nowMs);
      return fleet.row('a')?.health.state;
    };
    expect(at(119 * SECOND)).toBe('healthy');
    expect(at(121 * SECOND)).toBe('degraded');
    expect(at(181 * SECOND)).toBe('stale');
  });

  test('when the clock is set back: what was fresh then lies in the future now', () => {
    const contact = (nowMs: number) => ({
      ...input([plane()]),
      sources: [
        { plural: 'dataplanes', state: 'live' as const, lastContactAt: new Date(nowMs).toISOString() },
      ],
    });
    const at = (nowMs: number) => {
      fleet.update(contact(nowMs), [], nowMs);
      fleet.tick(nowMs);
      return fleet.row('a')?.health.state;
    };
    expect(at(NOW_MS)).toBe('healthy');
    expect(at(NOW_MS - 3_600_000)).toBe('unknown');
    expect(at(NOW_MS)).toBe('healthy');
  });

  test('as unknown when its source has been silent for too long, though no plane changed', () => {
    const before = fleet.structureVersion;
    fleet.update(input([plane()], 61 * SECOND), [], NOW_MS);
    expect(fleet.row('a')?.health.state).toBe('unknown');
    expect(fleet.structureVersion).toBeGreaterThan(before);
  });
});

describe('contact in the future', () => {
  test('makes every plane unknown, and known again once it is proven anew', () => {
    fleet.update(input([plane()], -3_600_000), [], NOW_MS);
    fleet.tick(NOW_MS);
    expect(fleet.row('a')?.health.state).toBe('unknown');
    fleet.update(input([plane()], 2 * SECOND), [], NOW_MS);
    expect(fleet.row('a')?.health.state).toBe('healthy');
  });
});

describe('the list is only made again when it may look different', () => {
  test('not for a heartbeat', () => {
    const before = fleet.structureVersion;
    const next = plane({
      resourceVersion: 'next',
      agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(SECOND) },
    });
    fleet.update(input([next]), ['a'], NOW_MS);
    expect(fleet.row('a')?.plane).toBe(next);
    expect(fleet.structureVersion).toBe(before);
  });

  test.each<[string, Partial<FleetPlane>]>([
    ['a display name', { displayName: 'Other' }],
    ['a label', { labels: { env: 'new' } }],
    [
      'the number of agents',
      { agent: { connected: true, connectedAgents: 2, lastHeartbeatTime: ago(SECOND) } },
    ],
    ['a lost agent', { agent: { connected: false, connectedAgents: 0, lastDisconnectedTime: ago(SECOND) } }],
  ])('but for %s', (_, changes) => {
    const before = fleet.structureVersion;
    fleet.update(input([plane({ resourceVersion: 'next', ...changes })]), ['a'], NOW_MS);
    expect(fleet.structureVersion).toBeGreaterThan(before);
  });

  test('and for another certificate, which changes nothing of the plane itself', () => {
    const certificate = {
      state: 'parsed',
      notBefore: ago(SECOND),
      notAfter: ago(-400 * 86_400 * SECOND),
      subject: 'CN=a',
      selfSignedLeaf: false,
      count: 1,
    } as const;
    const before = fleet.structureVersion;
    fleet.update(input([plane({ facts: { ...NO_FACTS, certificate } })]), ['a'], NOW_MS);
    expect(fleet.structureVersion).toBeGreaterThan(before);
  });

  test('and for a plane that is gone', () => {
    const before = fleet.structureVersion;
    fleet.update(input([]), ['a'], NOW_MS);
    expect(fleet.row('a')).toBeUndefined();
    expect(fleet.structureVersion).toBeGreaterThan(before);
  });
});
