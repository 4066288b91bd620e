import { describe, expect, it } from 'vitest';
import { headlineOf, headlineWords } from './headline';
import { HEALTH_STATES, type HealthState } from './health-state';

function counts(some: Partial<Record<HealthState, number>>): Record<HealthState, number> {
  return {
    ...(Object.fromEntries(HEALTH_STATES.map((state) => [state, 0])) as Record<HealthState, number>),
    ...some,
  };
}

describe('headlineOf', () => {
  it('names the worst state and its count, whatever else there is more of', () => {
    expect(headlineOf(counts({ healthy: 40, degraded: 7, stale: 2 }))).toEqual({ state: 'stale', count: 2 });
  });

  it('lets what is not measured stand behind what is well, and never counts it as such', () => {
    expect(headlineOf(counts({ healthy: 4, unmonitored: 9 }))).toEqual({ state: 'healthy', count: 4 });
    expect(headlineOf(counts({ unmonitored: 9 }))).toEqual({ state: 'unmonitored', count: 9 });
  });

  it('says nothing of a fleet without planes', () => {
    expect(headlineOf(counts({}))).toBeNull();
  });
});

describe('headlineWords', () => {
  it('puts the number first, since tabs are narrow', () => {
    expect(headlineWords({ state: 'disconnected', count: 1200 })).toBe('1,200 disconnected');
    expect(headlineWords({ state: 'unmonitored', count: 3 })).toBe('3 not measured');
  });
});
