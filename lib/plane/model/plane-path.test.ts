import { expect, test } from 'vitest';
import { parsePlaneSegments, planeApiPath, planePath } from './plane-path';

test('a page and a route name the namespace only where the kind has one', () => {
  expect(planePath({ plural: 'dataplanes', namespace: 'acme', name: 'prod' })).toBe(
    '/planes/dataplanes/acme/prod',
  );
  expect(planeApiPath({ plural: 'clusterdataplanes', name: 'shared' })).toBe(
    '/api/planes/clusterdataplanes/shared',
  );
});

test('a name from outside is escaped', () => {
  expect(planePath({ plural: 'dataplanes', namespace: 'acme', name: 'a/b?c' })).toBe(
    '/planes/dataplanes/acme/a%2Fb%3Fc',
  );
});

test.each([
  [['dataplanes', 'acme', 'prod'], { plural: 'dataplanes', namespace: 'acme', name: 'prod' }],
  [['clusterdataplanes', 'shared'], { plural: 'clusterdataplanes', name: 'shared' }],
])('%j names a plane', (segments, identity) => {
  expect(parsePlaneSegments(segments)).toEqual(identity);
});

test.each([
  [[]],
  [['pods', 'a', 'b']],
  [['dataplanes', 'prod']],
  [['dataplanes', 'acme', '']],
  [['dataplanes', 'acme', 'prod', 'yaml']],
  [['clusterdataplanes', 'acme', 'shared']],
  [['clusterdataplanes', '']],
  [['clusterdataplanes', '..']],
  [['dataplanes', '..', 'prod']],
  [['dataplanes', 'acme', 'a/b']],
  [['dataplanes', 'acme', 'Prod']],
  [['clusterdataplanes', 'a'.repeat(254)]],
])('%j names none', (segments) => {
  expect(parsePlaneSegments(segments)).toBeUndefined();
});
