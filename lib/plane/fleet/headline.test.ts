import { describe, expect, it } from 'vitest';
import { type AttentionState, countAttention } from '@/lib/plane/health/attention';
import { headlineOf, headlineText } from './headline';

function fleetOf(...states: AttentionState[]) {
  return countAttention(states);
}

describe('headlineOf', () => {
  it('names the worst state and its count, whatever else there is more of', () => {
    expect(headlineOf(fleetOf('healthy', 'degraded', 'degraded', 'stale', 'healthy'))).toEqual({
      state: 'stale',
      count: 1,
    });
  });

  it('lets what is not measured and what is in maintenance stand behind what is well, and counts neither as such', () => {
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

  it('says nothing of a fleet without planes', () => {
    expect(headlineOf(fleetOf())).toBeNull();
  });
});

describe('headlineText', () => {
  it('puts the number first, since tabs are narrow', () => {
    expect(headlineText({ state: 'disconnected', count: 1200 })).toBe('1,200 disconnected');
    expect(headlineText({ state: 'unmonitored', count: 3 })).toBe('3 not measured');
    expect(headlineText({ state: 'maintenance', count: 2 })).toBe('2 in maintenance');
  });
});
