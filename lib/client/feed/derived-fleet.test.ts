import { beforeEach, describe, expect, test } from 'vitest';
import type { FleetPlane, Source } from '@/lib/api/fleet';
import { DEFAULT_LIMITS, NO_FACTS } from '@/lib/plane/health/health-facts';
import { LIVE_CONTEXT } from '@/testing/plane/fleet-context';
import { ago, aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { DerivedFleet, deriveRow } from './derived-fleet';

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
    limits: DEFAULT_LIMITS,
    serverContactAtMs: NOW_MS,
  };
}

let fleet: DerivedFleet;
beforeEach(() => {
  fleet = new DerivedFleet();
  fleet.update(input([plane()]), null, NOW_MS);
});

test('a plane that only conditions report on is healthy only while the controller is proven alive', () => {
  const called = plane({
    connection: 'direct',
    reportsAgent: false,
    conditions: [{ type: 'Ready', status: 'True' }],
  });
  const planes = new Map([[called.uid, called]]);
  const stateAt = () => fleet.row(called.uid)?.health.state;
  const receive = (provenAt: string | null, nowMs: number) =>
    fleet.update(
      {
        ...LIVE_CONTEXT,
        planes,
        controller: { lease: 'read', provenAt },
        sources: [{ plural: 'dataplanes', state: 'live', lastContactAt: new Date(nowMs).toISOString() }],
        serverContactAtMs: nowMs,
      },
      [],
      nowMs,
    );
  fleet.update({ ...LIVE_CONTEXT, planes }, null, NOW_MS);
  expect(stateAt()).toBe('unmonitored');
  receive(ago(10_000), NOW_MS);
  expect(stateAt()).toBe('healthy');
  receive(ago(0), NOW_MS + 30_000);
  fleet.tick(NOW_MS + 55_000);
  expect(stateAt()).toBe('healthy');
  receive(ago(0), NOW_MS + 60_000);
  fleet.tick(NOW_MS + 60_001);
  expect(stateAt()).toBe('unmonitored');
  receive(new Date(NOW_MS + 61_000).toISOString(), NOW_MS + 70_000);
  expect(stateAt()).toBe('healthy');
});

describe('the health of a plane', () => {
  test('changes by time alone: degraded, then stale', () => {
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

  test('is unknown when the clock is set back, because the contact is then in the future', () => {
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

  test('is unknown when its source has been silent for too long, even if no plane changed', () => {
    const before = fleet.structureVersion;
    fleet.update(input([plane()], 61 * SECOND), [], NOW_MS);
    expect(fleet.row('a')?.health.state).toBe('unknown');
    expect(fleet.structureVersion).toBeGreaterThan(before);
  });

  test("names the silent side: the API server, or Planeboard's own server", () => {
    const message = () => fleet.row('a')?.health.reasons[0]?.message;
    const silent = input([plane()], 61 * SECOND);
    fleet.update(silent, [], NOW_MS);
    expect(message()).toMatch(/^No data from the API server for /);
    fleet.tick(NOW_MS + 14 * SECOND);
    expect(message()).toMatch(/^No data from the API server for /);
    fleet.tick(NOW_MS + 16 * SECOND);
    expect(message()).toMatch(/^Planeboard's server isn't responding\. /);
    fleet.update({ ...silent, serverContactAtMs: NOW_MS + 17 * SECOND }, [], NOW_MS + 17 * SECOND);
    expect(message()).toMatch(/^No data from the API server for /);
  });
});

describe('an incident', () => {
  test('is noted on the planes whose facts name it', () => {
    const codes = () => fleet.row('a')?.health.reasons.map(({ code }) => code);
    const inIncident = plane();
    fleet.update(
      input([{ ...inIncident, facts: { ...inIncident.facts, incident: 'incident-1' } }]),
      null,
      NOW_MS,
    );
    expect(codes()).toContain('control-plane-incident');
    fleet.update(input([inIncident]), null, NOW_MS);
    expect(codes()).not.toContain('control-plane-incident');
  });
});

describe('maintenance', () => {
  const maintained = (until: string) => plane({ maintenance: { until, reason: 'New switches' } });

  test('replaces the attention, and ends by time alone', () => {
    fleet.update(input([maintained(ago(-5 * SECOND))]), null, NOW_MS);
    expect(fleet.row('a')).toMatchObject({ attention: 'maintenance', health: { state: 'healthy' } });
    const before = fleet.structureVersion;
    fleet.tick(NOW_MS + 4999);
    expect(fleet.row('a')?.attention).toBe('maintenance');
    expect(fleet.structureVersion).toBe(before);
    fleet.tick(NOW_MS + 5000);
    expect(fleet.row('a')?.attention).toBe('healthy');
    expect(fleet.structureVersion).toBeGreaterThan(before);
  });

  test('hides no change of health', () => {
    const late = { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(119 * SECOND) };
    fleet.update(input([{ ...maintained(ago(-40 * SECOND)), agent: late }]), null, NOW_MS);
    fleet.tick(NOW_MS + 30 * SECOND);
    expect(fleet.row('a')).toMatchObject({ attention: 'maintenance', health: { state: 'degraded' } });
    fleet.tick(NOW_MS + 40 * SECOND);
    expect(fleet.row('a')?.attention).toBe('degraded');
  });

  test('resumes when the clock is set back', () => {
    fleet.update(input([maintained(ago(-5 * SECOND))]), null, NOW_MS);
    fleet.tick(NOW_MS + 6 * SECOND);
    fleet.tick(NOW_MS);
    expect(fleet.row('a')?.attention).toBe('maintenance');
  });

  test('adds no time of change to a plane without it', () => {
    expect(fleet.row('a')?.nextChangeAtMs).toBe(fleet.row('a')?.health.nextChangeAtMs);
  });

  test('moves the plane in the list when it is set, even if the health stays the same', () => {
    const before = fleet.structureVersion;
    fleet.update(input([{ ...maintained(ago(-60 * SECOND)), resourceVersion: 'next' }]), ['a'], NOW_MS);
    expect(fleet.structureVersion).toBeGreaterThan(before);
  });
});

describe('contact in the future', () => {
  test('makes every plane unknown until contact is proven again', () => {
    fleet.update(input([plane()], -3_600_000), [], NOW_MS);
    fleet.tick(NOW_MS);
    expect(fleet.row('a')?.health.state).toBe('unknown');
    fleet.update(input([plane()], 2 * SECOND), [], NOW_MS);
    expect(fleet.row('a')?.health.state).toBe('healthy');
  });
});

describe('the list', () => {
  test("isn't rebuilt for a heartbeat", () => {
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
    ['a new display name', { displayName: 'Other' }],
    ['a new label value', { labels: { env: 'new' } }],
    [
      'another number of agents',
      { agent: { connected: true, connectedAgents: 2, lastHeartbeatTime: ago(SECOND) } },
    ],
    [
      'a disconnected agent',
      { agent: { connected: false, connectedAgents: 0, lastDisconnectedTime: ago(SECOND) } },
    ],
  ])('is rebuilt for %s', (_, changes) => {
    const before = fleet.structureVersion;
    fleet.update(input([plane({ resourceVersion: 'next', ...changes })]), ['a'], NOW_MS);
    expect(fleet.structureVersion).toBeGreaterThan(before);
  });

  test('is rebuilt for another certificate, even if the plane itself stays the same', () => {
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

  test('is rebuilt for a deleted plane', () => {
    const before = fleet.structureVersion;
    fleet.update(input([]), ['a'], NOW_MS);
    expect(fleet.row('a')).toBeUndefined();
    expect(fleet.structureVersion).toBeGreaterThan(before);
  });
});

describe('a row that the feed no longer updates', () => {
  const withHeartbeat = (ageMs: number) =>
    plane({ agent: { connected: true, connectedAgents: 1, lastHeartbeatTime: ago(ageMs) } });

  test('keeps its health while contact is fresh', () => {
    const row = deriveRow(withHeartbeat(20 * SECOND), LIVE_CONTEXT, NOW_MS + 10 * SECOND);
    expect(row.health.state).toBe('healthy');
  });

  test('is unknown when contact is too old', () => {
    const { health } = deriveRow(withHeartbeat(20 * SECOND), LIVE_CONTEXT, NOW_MS + 61 * SECOND);
    expect(health.state).toBe('unknown');
    expect(health.reasons[0]?.code).toBe('no-contact');
  });

  test('is degraded when its heartbeat is late', () => {
    const row = deriveRow(withHeartbeat(110 * SECOND), LIVE_CONTEXT, NOW_MS + 20 * SECOND);
    expect(row.health.state).toBe('degraded');
  });
});
