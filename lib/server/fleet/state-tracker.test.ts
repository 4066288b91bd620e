import { expect, test } from 'vitest';
import type { HealthState } from '@/lib/plane/health/health-state';
import { StateTracker } from './state-tracker';

const health = (state: HealthState, code = 'x') => ({
  state,
  reasons: [{ code, severity: 'info' as const, message: 'made by a test' }],
});
const NO_CONTACT = health('unknown', 'no-contact');
const at = (ms: number) => new Date(ms).toISOString();

test('marks the first state as found, and the next as seen to change', () => {
  const tracker = new StateTracker();
  tracker.update(health('healthy'), 1000, false);
  tracker.update(health('healthy'), 2000, false);
  expect(tracker.observed).toEqual({ at: at(1000), seenToChange: false });
  tracker.update(health('stale'), 3000, false);
  tracker.update(health('stale', 'another reason'), 4000, false);
  expect(tracker.observed).toEqual({ at: at(3000), seenToChange: true });
});

test('keeps the start of a state when only more becomes known', () => {
  const tracker = new StateTracker();
  tracker.update(health('healthy'), 1000, false);
  tracker.update(health('degraded'), 2000, true);
  expect(tracker.observed).toEqual({ at: at(1000), seenToChange: false });
});

test('treats lost contact as a state of its own, and keeps the start of a state that is the same afterwards', () => {
  const tracker = new StateTracker();
  tracker.update(health('healthy'), 1000, false);
  tracker.update(NO_CONTACT, 5000, false);
  tracker.update(NO_CONTACT, 6000, false);
  expect(tracker.observed).toEqual({ at: at(5000), seenToChange: true });
  tracker.update(health('healthy'), 7000, false);
  expect(tracker.observed).toEqual({ at: at(1000), seenToChange: false });
});

test('marks a change during lost contact as not seen to change', () => {
  const tracker = new StateTracker();
  tracker.update(health('healthy'), 1000, false);
  tracker.update(NO_CONTACT, 5000, false);
  tracker.update(health('disconnected'), 7000, false);
  expect(tracker.observed).toEqual({ at: at(7000), seenToChange: false });
});
