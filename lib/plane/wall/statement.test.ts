import { expect, test } from 'vitest';
import { boardPlane } from '@/testing/plane/board-fixture';
import { NOW_MS } from '@/testing/plane/plane-fixture';
import { boardOf } from './board';
import { boardSummary } from './statement';

const summary = (...planes: ReturnType<typeof boardPlane>[]) =>
  boardSummary(boardOf(planes, [], NOW_MS), null);

test('boardSummary counts the planes, worst first, with those in maintenance separate', () => {
  const until = new Date(NOW_MS + 60_000).toISOString();
  const planes = [
    boardPlane('a'),
    boardPlane('b', 'disconnected'),
    boardPlane('c', 'disconnected'),
    boardPlane('d', 'stale', { maintenance: { until, reason: 'New switches' } }),
  ];
  expect(summary(...planes)).toBe('4 planes: 2 disconnected, 1 healthy and 1 in maintenance.');
});

test("boardSummary doesn't say that there are no planes if that isn't known", () => {
  expect(boardSummary(boardOf([], [], NOW_MS), 'Loading planes…')).toBe('Loading planes…');
});

test.each([
  [[], 'No planes to show.'],
  [[boardPlane('a')], '1 plane: 1 healthy.'],
])('boardSummary of a small board: %#', (planes, text) => {
  expect(summary(...planes)).toBe(text);
});
