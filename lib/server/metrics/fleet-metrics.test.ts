import { describe, expect, test } from 'vitest';
import type { FleetPlane, Source } from '@/lib/api/fleet';
import { NO_FACTS } from '@/lib/plane/health/health-facts';
import type { HealthState } from '@/lib/plane/health/health-state';
import { incident } from '@/testing/plane/findings/sample-planes';
import { gatewayFacts, readCertificate } from '@/testing/plane/gateway-facts';
import { ago, aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { fleetMetrics } from './fleet-metrics';

const LIVE: Source = { plural: 'dataplanes', state: 'live', lastContactAt: ago(1000) };

function plane(state: HealthState, changes: Parameters<typeof aPlane>[0] = {}): FleetPlane {
  return { ...aPlane(changes), facts: NO_FACTS, health: { state, reasons: [] } };
}

async function samples(
  planes: FleetPlane[],
  sources: Source[],
  nowMs = NOW_MS,
): Promise<Map<string, string>> {
  const { text } = await fleetMetrics(planes, sources, nowMs);
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), line.slice(line.lastIndexOf(' ') + 1)]),
  );
}

const series = (health: string, maintenance = 'false', kind = 'DataPlane') =>
  `planeboard_planes{kind="${kind}",health="${health}",maintenance="${maintenance}"}`;

describe('metrics of the fleet', () => {
  test('count planes by kind and health', async () => {
    const found = await samples([plane('healthy'), plane('healthy'), plane('stale')], [LIVE]);
    expect(found.get(series('healthy'))).toBe('2');
    expect(found.get(series('stale'))).toBe('1');
    expect(found.get(series('disconnected'))).toBe('0');
  });

  test('count a plane in maintenance separately until the maintenance ends', async () => {
    const inMaintenance = plane('disconnected', { maintenance: { until: ago(-60_000) } });
    const during = await samples([inMaintenance], [LIVE]);
    expect(during.get(series('disconnected', 'false'))).toBe('0');
    expect(during.get(series('disconnected', 'true'))).toBe('1');
    expect(during.get(series('healthy', 'true'))).toBe('0');
    const after = await samples([inMaintenance], [LIVE], NOW_MS + 60_000);
    expect(after.get(series('disconnected', 'false'))).toBe('1');
    expect(after.get(series('disconnected', 'true'))).toBe('0');
  });

  test('count the planes whose CA may not be read', async () => {
    const { text } = await fleetMetrics([], [LIVE], NOW_MS, null, [], 12);
    expect(text).toContain('planeboard_unchecked_ca_planes 12');
  });

  test('contain no number for a kind that was never read', async () => {
    const unread: Source = { plural: 'clusterdataplanes', state: 'forbidden', lastContactAt: null };
    const found = [...(await samples([], [LIVE, unread])).keys()];
    expect(found).toContain(series('healthy'));
    expect(found.filter((name) => name.includes('ClusterDataPlane'))).toEqual([]);
  });

  test('count the planes that are lost in incidents, by code', async () => {
    const lost = (code: 'control-plane' | 'lost-together', count: number) => ({
      ...incident,
      code,
      lost: count,
    });
    const { text } = await fleetMetrics([], [LIVE], NOW_MS, null, [
      lost('lost-together', 12),
      lost('lost-together', 3),
    ]);
    expect(text).toContain('planeboard_incident_planes{incident="lost-together"} 15\n');
    expect(text).toContain('planeboard_incident_planes{incident="control-plane"} 0\n');
  });

  test("contain when the gateway's certificates expire, as far as they could be read", async () => {
    const series = (certificate: string) =>
      `planeboard_gateway_certificate_expiration_timestamp_seconds{certificate="${certificate}"}`;
    const gateway = gatewayFacts({
      ca: { state: 'not-checked' },
      serving: readCertificate(ago(0), '2026-05-01T00:00:00.000Z'),
    });
    const { text } = await fleetMetrics([], [LIVE], NOW_MS, gateway);
    expect(text).toContain(`${series('serving')} ${Date.parse('2026-05-01T00:00:00Z') / 1000}\n`);
    expect(text).not.toContain(series('ca'));
  });

  test('contain only kinds and states', async () => {
    const named = plane('healthy', {
      name: 'canary-7f3a9c',
      displayName: 'canary-7f3a9c',
      namespace: 'canary-7f3a9c',
    });
    const { text, contentType } = await fleetMetrics([named], [LIVE], NOW_MS);
    expect(text).not.toContain('canary');
    expect(contentType).toMatch(/^text\/plain; version=0\.0\.4/);
  });
});
