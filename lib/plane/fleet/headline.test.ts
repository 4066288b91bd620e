import { describe, expect, it } from 'vitest';
import { type AttentionState, countAttention } from '@/lib/plane/health/attention';
import { headlineOf, headlineText } from './headline';

function fleetOf(...states: AttentionState[]) {
  return countAttention(states);
}

describe('headlineOf', () => {
  it('returns the worst state and its count, whatever else is more frequent', () => {
    expect(headlineOf(fleetOf('healthy', 'degraded', 'degraded', 'stale', 'healthy'))).toEqual({
      state: 'stale',
      count: 1,
    });
  });

  it('ranks unmonitored and maintenance behind healthy and counts neither as healthy', () => {
    expect(headlineOf(fleetOf('healthy', 'unmonitored', 'unmonitored', 'maintenance'))).toEqual({
      state: 'healthy',
      count: 1,
    });
    expect(headlineOf(fleetOf('unmonitored', 'maintenance', 'maintenance'))).toEqual({
      state: 'unmonitored',
      count: 1,
    });
    expect(headlineOf(fleetOf('maintenance'))).toEqual({ state: 'maintenance', count: 1 });
  });

  it('returns null for an empty fleet', () => {
    expect(headlineOf(fleetOf())).toBeNull();
  });
});

describe('headlineText', () => {
  it('puts the number first, because tabs are narrow', () => {
    expect(headlineText({ state: 'disconnected', count: 1200 })).toBe('1,200 disconnected');
    expect(headlineText({ state: 'unmonitored', count: 3 })).toBe('3 not measured');
    expect(headlineText({ state: 'maintenance', count: 2 })).toBe('2 in maintenance');
  });
});
