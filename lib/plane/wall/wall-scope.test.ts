import { describe, expect, test } from 'vitest';
import { outsideText, uncheckedReferences, wallScopeText } from './wall-scope';

const NONE = { kinds: [], roles: [], namespaces: [] };
const scope = (filter: object, limits: object = {}) =>
  wallScopeText({ ...NONE, labels: [], health: [], ...filter }, { ...NONE, ...limits });

describe('wallScopeText', () => {
  test.each([
    [{}, {}, null],
    [{ health: ['healthy'] }, {}, 'Only planes that are healthy'],
    [{ health: ['stale', 'novel'] }, {}, 'Only planes that are stale or "novel" (unknown state)'],
    [{ health: ['Healthy'] }, {}, 'Only planes that are "Healthy" (unknown state)'],
    [
      { roles: ['data'], kinds: ['DataPlane'], health: ['healthy'] },
      {},
      'Only planes with role data, of kind Data plane that are healthy',
    ],
    [{}, { namespaces: ['acme'] }, 'Only planes in namespace acme'],
    [{ namespaces: ['acme', 'lab'] }, { namespaces: ['acme', 'shop'] }, 'Only planes in namespace acme'],
    [{ namespaces: ['lab'] }, { namespaces: ['acme'] }, 'Only planes in namespace lab'],
    [{ namespaces: ['a', 'b', 'c', 'd', 'e'] }, {}, 'Only planes in namespaces a, b, c and 2 more'],
    [
      { labels: ['a=1', 'a=2', 'a=3', 'a=4', 'b', 'c', 'd'] },
      {},
      'Only planes with label a=1, a=2, a=3 or 1 more, and label b, and label c, and 1 more',
    ],
    [
      { roles: ['data'], labels: ['env=dev', 'env=prod', 'team'], health: ['stale'] },
      {},
      'Only planes with role data with label env=dev or env=prod, and label team that are stale',
    ],
  ])('describes the filter %j within the limits %j', (filter, limits, words) => {
    expect(scope(filter, limits)).toBe(words);
  });
});

test('says how many planes refer to planes that the limits exclude', () => {
  const seen = { health: { reasons: [] } };
  const reasons = [{ code: 'reference-not-visible', severity: 'info' as const, message: '' }];
  const count = uncheckedReferences([seen, { health: { reasons } }, { health: { reasons } }]);
  expect(wallScopeText({ ...NONE, labels: [], health: [] }, { ...NONE, kinds: ['DataPlane'] }, count)).toBe(
    'Only planes of kind Data plane · References of 2 planes not checked',
  );
});

test.each([
  [0, null],
  [1, '1 plane outside this wall needs attention'],
  [1200, '1,200 planes outside this wall need attention'],
])('outsideText counts %i planes', (alarms, words) => {
  expect(outsideText({ alarms, byState: 0 })).toBe(words);
});
