import { expect, test } from 'vitest';
import type { Health } from '@/lib/plane/health/health';
import { NO_FACTS } from '@/lib/plane/health/health-facts';
import { ago, aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { entryAge, entrySince, isNewTrouble } from './entry-since';
import type { FleetEntry } from './fleet-view';

const HOUR_MS = 3_600_000;

function entry(
  code: Health['reasons'][number]['code'],
  seenSinceMs: number | null,
  lostAt?: string,
): FleetEntry {
  const agent = { connected: false, connectedAgents: 0, ...(lostAt ? { lastDisconnectedTime: lostAt } : {}) };
  return {
    plane: { ...aPlane(), agent, facts: NO_FACTS },
    health: { state: 'disconnected', reasons: [{ code, severity: 'error', message: '' }] },
    attention: 'disconnected',
    seenSinceMs,
  };
}

test('the resource tells since when, otherwise what this reader saw, and otherwise nothing does', () => {
  const lostAt = ago(2 * HOUR_MS);
  expect(entrySince(entry('agent-lost', NOW_MS, lostAt))).toEqual({
    atMs: NOW_MS - 2 * HOUR_MS,
    exact: true,
  });
  expect(entrySince(entry('agent-lost', NOW_MS))).toEqual({ atMs: NOW_MS, exact: false });
  expect(entrySince(entry('agent-lost', null))).toBeNull();
});

test('a time that a wrong clock put into the future tells nothing', () => {
  expect(entryAge(entry('agent-lost', null, ago(-HOUR_MS)), NOW_MS)).toBeNull();
  expect(entryAge(entry('agent-lost', null, ago(-1000)), NOW_MS)).not.toBeNull();
});

test('a last known state stops to age at the last contact', () => {
  const known = entry('agent-lost', null, ago(3 * HOUR_MS));
  const lastKnown = { health: known.health, asOfMs: NOW_MS - HOUR_MS };
  const unknown: FleetEntry = { ...known, health: { state: 'unknown', reasons: [] }, lastKnown };
  expect(entryAge(unknown, NOW_MS)).toBe('2 h');
});

test('trouble is new if it began after the last look; at the first look, nothing is', () => {
  const lost = entry('agent-lost', null, ago(HOUR_MS));
  expect(isNewTrouble(lost, NOW_MS - 2 * HOUR_MS)).toBe(true);
  expect(isNewTrouble(lost, NOW_MS)).toBe(false);
  expect(isNewTrouble(lost, null)).toBe(false);
  expect(isNewTrouble({ ...lost, attention: 'maintenance' }, 0)).toBe(false);
});
