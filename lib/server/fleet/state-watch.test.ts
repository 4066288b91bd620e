import { expect, test } from 'vitest';
import type { HealthState } from '@/lib/plane/health/health-state';
import { StateWatch } from './state-watch';

const health = (state: HealthState, code = 'x') => ({
  state,
  reasons: [{ code, severity: 'info' as const, message: 'made by a test' }],
});
const BLIND = health('unknown', 'no-contact');
const at = (ms: number) => new Date(ms).toISOString();

test('the first state was found, the next was seen to come', () => {
  const watch = new StateWatch();
  watch.saw(health('healthy'), 1000, false);
  watch.saw(health('healthy'), 2000, false);
  expect(watch.observed).toEqual({ at: at(1000), seenToChange: false });
  watch.saw(health('stale'), 3000, false);
  watch.saw(health('stale', 'another reason'), 4000, false);
  expect(watch.observed).toEqual({ at: at(3000), seenToChange: true });
});

test('what became known later was so before', () => {
  const watch = new StateWatch();
  watch.saw(health('healthy'), 1000, false);
  watch.saw(health('degraded'), 2000, true);
  expect(watch.observed).toEqual({ at: at(1000), seenToChange: false });
});

test('silence of the API server is a state of its own, and interrupts none that is the same afterwards', () => {
  const watch = new StateWatch();
  watch.saw(health('healthy'), 1000, false);
  watch.saw(BLIND, 5000, false);
  watch.saw(BLIND, 6000, false);
  expect(watch.observed).toEqual({ at: at(5000), seenToChange: true });
  watch.saw(health('healthy'), 7000, false);
  expect(watch.observed).toEqual({ at: at(1000), seenToChange: false });
});

test('what changed during the silence was not seen to change', () => {
  const watch = new StateWatch();
  watch.saw(health('healthy'), 1000, false);
  watch.saw(BLIND, 5000, false);
  watch.saw(health('disconnected'), 7000, false);
  expect(watch.observed).toEqual({ at: at(7000), seenToChange: false });
});
