import { expect, test } from 'vitest';
import { wallPlaneSchema } from '@/lib/api/wall';
import { boardPlane, NOW_MS } from '@/testing/plane/board-fixture';
import { previewCaption } from './preview-caption';

const frame = (...planes: ReturnType<typeof boardPlane>[]) => ({
  incidents: [],
  planes: planes.map((plane) => wallPlaneSchema.parse(plane)),
});

test('a wall is told in counts, worst first, with what is in maintenance apart', () => {
  const until = new Date(NOW_MS + 60_000).toISOString();
  const planes = [
    boardPlane('a'),
    boardPlane('b', 'disconnected'),
    boardPlane('c', 'disconnected'),
    boardPlane('d', 'stale', { maintenance: { until, reason: 'New switches' } }),
  ];
  expect(previewCaption(frame(...planes), NOW_MS)).toBe(
    '4 planes: 2 disconnected, 1 healthy and 1 in maintenance.',
  );
});

test.each([
  [[], 'There is no plane to show.'],
  [[boardPlane('a')], '1 plane: 1 healthy.'],
])('%#', (planes, words) => {
  expect(previewCaption(frame(...planes), NOW_MS)).toBe(words);
});
