import { expect, test } from 'vitest';
import { careOf, deletePath, replacePath } from './care-url';

const identity = { plural: 'dataplanes', namespace: 'acme', name: 'prod' };
const readBack = (path: string) => {
  const params = new URL(path, 'http://localhost').searchParams;
  return careOf((name) => params.get(name));
};

test('every address is read back as what it was made for', () => {
  expect(readBack(replacePath(identity, 'clusterAgent.clientCA'))).toEqual({
    task: 'replace',
    slot: 'clusterAgent.clientCA',
  });
  expect(readBack(replacePath(identity, null))).toEqual({ task: 'replace', slot: null });
  expect(readBack(deletePath(identity))).toEqual({ task: 'delete' });
});

test.each(['', '?tab=yaml', '?delete=0', '?edit=form'])('%s asks for neither', (search) => {
  expect(readBack(`/planes/dataplanes/acme/prod${search}`)).toBeNull();
});
