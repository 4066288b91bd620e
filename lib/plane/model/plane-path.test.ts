import { expect, test } from 'vitest';
import {
  PLANE_SUBRESOURCES,
  parsePlaneSegments,
  parsePlaneSubresource,
  planeApiPath,
  planePath,
} from './plane-path';

test('pages and routes name the namespace only for namespaced kinds', () => {
  expect(planePath({ plural: 'dataplanes', namespace: 'acme', name: 'prod' })).toBe(
    '/planes/dataplanes/acme/prod',
  );
  expect(planeApiPath({ plural: 'clusterdataplanes', name: 'shared' })).toBe(
    '/api/planes/clusterdataplanes/shared',
  );
});

test('escapes a name from outside', () => {
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
])('%j names no plane', (segments) => {
  expect(parsePlaneSegments(segments)).toBeUndefined();
});

const prod = { plural: 'dataplanes', namespace: 'acme', name: 'prod' };
const shared = { plural: 'clusterdataplanes', name: 'shared' };

test('a path without an action targets the plane itself', () => {
  expect(parsePlaneSubresource(['dataplanes', 'acme', 'prod'])).toEqual({ identity: prod, action: null });
  expect(parsePlaneSubresource(['clusterdataplanes', 'shared'])).toEqual({ identity: shared, action: null });
});

test.each(PLANE_SUBRESOURCES)('%s exists for planes of both scopes', (action) => {
  expect(parsePlaneSubresource(['dataplanes', 'acme', 'prod', action])).toEqual({ identity: prod, action });
  expect(parsePlaneSubresource(['clusterdataplanes', 'shared', action])).toEqual({
    identity: shared,
    action,
  });
});

test('a plane may have the name of an action', () => {
  const named = { plural: 'dataplanes', namespace: 'acme', name: 'events' };
  expect(parsePlaneSubresource(['dataplanes', 'acme', 'events'])).toEqual({ identity: named, action: null });
  expect(parsePlaneSubresource(['dataplanes', 'acme', 'events', 'events'])).toEqual({
    identity: named,
    action: 'events',
  });
  const clusterWide = { plural: 'clusterdataplanes', name: 'refresh' };
  expect(parsePlaneSubresource(['clusterdataplanes', 'refresh'])).toEqual({
    identity: clusterWide,
    action: null,
  });
});

test.each([
  [[]],
  [['refresh']],
  [['dataplanes', 'refresh']],
  [['dataplanes', 'acme', 'prod', 'yaml']],
  [['dataplanes', 'acme', 'prod', 'toString']],
  [['dataplanes', 'acme', 'prod', 'refresh', 'refresh']],
  [['clusterdataplanes', '..', 'events']],
  [['pods', 'acme', 'prod', 'events']],
])('%j has no target', (segments) => {
  expect(parsePlaneSubresource(segments)).toBeUndefined();
});
