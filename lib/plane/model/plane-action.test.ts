import { expect, test } from 'vitest';
import { PLANE_ACTIONS, parsePlaneAction } from './plane-action';

const prod = { plural: 'dataplanes', namespace: 'acme', name: 'prod' };
const shared = { plural: 'clusterdataplanes', name: 'shared' };

test('a path without an action is the plane itself', () => {
  expect(parsePlaneAction(['dataplanes', 'acme', 'prod'])).toEqual({ identity: prod, action: null });
  expect(parsePlaneAction(['clusterdataplanes', 'shared'])).toEqual({ identity: shared, action: null });
});

test.each(PLANE_ACTIONS)('%s hangs under planes of both scopes', (action) => {
  expect(parsePlaneAction(['dataplanes', 'acme', 'prod', action])).toEqual({ identity: prod, action });
  expect(parsePlaneAction(['clusterdataplanes', 'shared', action])).toEqual({ identity: shared, action });
});

test('a plane may bear the name of an action', () => {
  const named = { plural: 'dataplanes', namespace: 'acme', name: 'events' };
  expect(parsePlaneAction(['dataplanes', 'acme', 'events'])).toEqual({ identity: named, action: null });
  expect(parsePlaneAction(['dataplanes', 'acme', 'events', 'events'])).toEqual({
    identity: named,
    action: 'events',
  });
  const clusterWide = { plural: 'clusterdataplanes', name: 'refresh' };
  expect(parsePlaneAction(['clusterdataplanes', 'refresh'])).toEqual({ identity: clusterWide, action: null });
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
])('%j asks for nothing that there is', (segments) => {
  expect(parsePlaneAction(segments)).toBeUndefined();
});
