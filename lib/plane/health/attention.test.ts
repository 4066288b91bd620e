import { describe, expect, test } from 'vitest';
import { ago, aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { ATTENTION_STATES, attentionOf, compareAttention, countAttention, isAlarm } from './attention';
import { HEALTH_STATES } from './health-state';

const inMaintenance = aPlane({ maintenance: { until: ago(-1000), reason: 'New switches' } });

describe('attentionOf', () => {
  test.each(HEALTH_STATES)('returns %s, unless the plane is in maintenance', (state) => {
    expect(attentionOf(aPlane(), state, NOW_MS)).toBe(state);
    expect(attentionOf(inMaintenance, state, NOW_MS)).toBe('maintenance');
  });

  test('returns the health again from the moment maintenance ends', () => {
    expect(attentionOf(inMaintenance, 'disconnected', NOW_MS + 999)).toBe('maintenance');
    expect(attentionOf(inMaintenance, 'disconnected', NOW_MS + 1000)).toBe('disconnected');
  });

  test('counts maintenance neither as an alarm nor as healthy', () => {
    expect(ATTENTION_STATES.filter(isAlarm)).toEqual(['disconnected', 'stale', 'unknown', 'degraded']);
    const states = [...ATTENTION_STATES].reverse().toSorted(compareAttention);
    expect(states).toEqual(ATTENTION_STATES);
    expect(states.filter((state) => state !== 'maintenance')).toEqual(HEALTH_STATES);
    expect(states.slice(-3)).toEqual(['maintenance', 'unmonitored', 'healthy']);
  });

  test("counts every state, also those that don't occur", () => {
    const counts = countAttention(['healthy', 'maintenance', 'healthy']);
    expect(counts).toMatchObject({ healthy: 2, maintenance: 1, disconnected: 0 });
    expect(Object.keys(counts)).toEqual(ATTENTION_STATES);
  });
});
