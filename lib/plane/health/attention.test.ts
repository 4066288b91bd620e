import { describe, expect, test } from 'vitest';
import { ago, aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { ATTENTION_STATES, attentionOf, compareAttention, countAttention, isAlarm } from './attention';
import { HEALTH_STATES } from './health-state';

const worked = aPlane({ maintenance: { until: ago(-1000), reason: 'New switches' } });

describe('what a plane counts as', () => {
  test.each(HEALTH_STATES)('%s, unless it is in maintenance', (state) => {
    expect(attentionOf(aPlane(), state, NOW_MS)).toBe(state);
    expect(attentionOf(worked, state, NOW_MS)).toBe('maintenance');
  });

  test('its health again from the very moment at which maintenance ends', () => {
    expect(attentionOf(worked, 'disconnected', NOW_MS + 999)).toBe('maintenance');
    expect(attentionOf(worked, 'disconnected', NOW_MS + 1000)).toBe('disconnected');
  });

  test('maintenance is no alarm, and nothing that is well either', () => {
    expect(ATTENTION_STATES.filter(isAlarm)).toEqual(['disconnected', 'stale', 'unknown', 'degraded']);
    const states = [...ATTENTION_STATES].reverse().toSorted(compareAttention);
    expect(states).toEqual(ATTENTION_STATES);
    expect(states.filter((state) => state !== 'maintenance')).toEqual(HEALTH_STATES);
    expect(states.slice(-3)).toEqual(['maintenance', 'unmonitored', 'healthy']);
  });

  test('counts leave no state out', () => {
    const counts = countAttention(['healthy', 'maintenance', 'healthy']);
    expect(counts).toMatchObject({ healthy: 2, maintenance: 1, disconnected: 0 });
    expect(Object.keys(counts)).toEqual(ATTENTION_STATES);
  });
});
