import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Source } from '@/lib/api/fleet';
import { DEFAULT_LIMITS } from '@/lib/plane/health/health-facts';
import { SourceTable } from './source-table';

let sources: SourceTable;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-03-10T12:00:00Z') });
  sources = new SourceTable(DEFAULT_LIMITS, Date.now, () => {});
  for (const plural of ['dataplanes', 'workflowplanes']) sources.add({ plural });
});
afterEach(() => vi.useRealTimers());

function pass(ms: number): void {
  vi.advanceTimersByTime(ms);
  sources.refresh(Date.now());
}
const source = (plural = 'dataplanes'): Source | undefined =>
  sources.wire().find((item) => item.plural === plural);

function live(plural: string): void {
  sources.listed({ plural });
  sources.watching({ plural });
}

test('is live when it is listed and its watch is open', () => {
  sources.listed({ plural: 'dataplanes' });
  expect(source()?.state).toBe('syncing');
  sources.watching({ plural: 'dataplanes' });
  expect(source()).toEqual({
    plural: 'dataplanes',
    state: 'live',
    lastContactAt: '2026-03-10T12:00:00.000Z',
  });
});

test('is live after a failure only once its own watch has proven something', () => {
  live('dataplanes');
  pass(1000);
  sources.failed({ plural: 'dataplanes' }, false, 'The connection broke.');
  pass(1000);
  sources.watching({ plural: 'dataplanes' });
  expect(source()).toMatchObject({ state: 'lost', lastContactAt: '2026-03-10T12:00:00.000Z' });
  sources.contact({ plural: 'dataplanes' });
  expect(source()).toMatchObject({ state: 'live', lastContactAt: '2026-03-10T12:00:02.000Z' });
});

test('gets no contact from the watch of another kind', () => {
  live('dataplanes');
  live('workflowplanes');
  for (let second = 0; second < 21; second += 1) {
    pass(1000);
    sources.contact({ plural: 'workflowplanes' });
  }
  expect(source()).toMatchObject({ state: 'lost', lastContactAt: '2026-03-10T12:00:00.000Z' });
  expect(source()?.problem).toBe("It isn't known whether the watch still delivers changes.");
  expect(source('workflowplanes')?.state).toBe('live');
  sources.contact({ plural: 'dataplanes' });
  expect(source()).not.toHaveProperty('problem');
  expect(source()?.state).toBe('live');
});

test('says why its checks fail', () => {
  live('dataplanes');
  sources.unproven({ plural: 'dataplanes' }, 'The API server returned HTTP 500.');
  pass(21_000);
  expect(source()?.problem).toBe(
    "It isn't known whether the watch still delivers changes, because a check failed: The API server returned HTTP 500.",
  );
});

test('has lost contact with the API server unless it proved something within 5 s', () => {
  live('dataplanes');
  live('workflowplanes');
  pass(6000);
  sources.contact({ plural: 'workflowplanes' });
  expect(sources.lostContact('It is away.')).toEqual([{ plural: 'dataplanes' }]);
  expect(source()).toMatchObject({ state: 'lost', problem: 'It is away.' });
  expect(source('workflowplanes')?.state).toBe('live');
});

test('breaks the connection of a watch that was unproven before the API server was found to be away', () => {
  live('dataplanes');
  pass(21_000);
  expect(source()?.state).toBe('lost');
  expect(sources.lostContact('It is away.')).toEqual([{ plural: 'dataplanes' }]);
});
