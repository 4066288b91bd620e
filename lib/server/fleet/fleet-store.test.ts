import { expect, test } from 'vitest';
import { aPlane } from '@/testing/plane/plane-fixture';
import { FleetStore } from './fleet-store';

test('knows the namespaces that have planes, also after changes and deletions', () => {
  const store = new FleetStore();
  const inShop = { uid: 'a', namespace: 'shop', planeID: 'one' };
  store.set(aPlane(inShop));
  store.set(aPlane({ uid: 'b', namespace: 'shop' }));
  store.set(
    aPlane({ uid: 'c', namespace: undefined, kind: 'ClusterDataPlane', plural: 'clusterdataplanes' }),
  );
  store.set(aPlane({ ...inShop, planeID: 'two' }));
  expect([...store.namespaces()]).toEqual(['shop']);
  store.remove('a');
  expect([...store.namespaces()]).toEqual(['shop']);
  store.remove('b');
  expect([...store.namespaces()]).toEqual([]);
});
