import { expect, test } from 'vitest';
import type { Plane } from '@/lib/plane/model/plane';
import { MINUTE_MS } from '@/lib/plane/time/duration';
import { agent, lost } from '@/testing/plane/health-rules';
import { ago, aPlane, NOW_MS, someFacts } from '@/testing/plane/plane-fixture';
import { deriveHealth } from './derive-health';
import type { HealthFacts } from './health-facts';
import { lastKnownHealth } from './last-known';

const CONTACT_MS = NOW_MS - 10 * MINUTE_MS;

function lastKnown(plane: Plane, changes: Partial<HealthFacts> = {}) {
  const facts = someFacts({ contactAtMs: CONTACT_MS, ...changes });
  return lastKnownHealth(plane, deriveHealth(plane, facts, NOW_MS), facts, NOW_MS);
}

test('the last known health is the one at the last contact, in moments instead of ages', () => {
  const heard = aPlane({ agent: agent({ lastHeartbeatTime: ago(10 * MINUTE_MS) }) });
  expect(lastKnown(heard)).toMatchObject({ health: { state: 'healthy' }, asOfMs: CONTACT_MS });
  const known = lastKnown(aPlane({ agent: { ...lost, lastDisconnectedTime: ago(15 * MINUTE_MS) } }));
  expect(known?.health.state).toBe('disconnected');
  expect(known?.health.reasons[0]?.message).toContain('2026-03-10 11:45:00 UTC');
  expect(known?.health.reasons[0]?.message).not.toContain('ago');
});

test('a plane whose heartbeat was already old at the last contact was stale', () => {
  const silent = aPlane({ agent: agent({ lastHeartbeatTime: ago(40 * MINUTE_MS) }) });
  expect(lastKnown(silent)?.health.state).toBe('stale');
});

test('nothing is last known while the health is known, before the first contact, and without permission', () => {
  expect(lastKnown(aPlane(), { contactAtMs: NOW_MS })).toBeNull();
  expect(lastKnown(aPlane(), { contactAtMs: null })).toBeNull();
  expect(lastKnown(aPlane(), { forbidden: true })).toBeNull();
  expect(lastKnown(aPlane(), { contactAtMs: NOW_MS + 10 * MINUTE_MS })).toBeNull();
  expect(lastKnown(aPlane({ unreadable: ['The resource has no spec.'] }))).toBeNull();
});
