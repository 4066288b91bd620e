import { expect, test } from 'vitest';
import { deletePath, editPath, parsePlaneTask, replacePath } from './plane-task';

const identity = { plural: 'dataplanes', namespace: 'acme', name: 'prod' };
const readBack = (path: string) => parsePlaneTask(new URL(path, 'http://localhost').searchParams);

test('every path parses back to its task', () => {
  expect(readBack(replacePath(identity, 'clusterAgent.clientCA'))).toEqual({
    task: 'replace',
    slot: 'clusterAgent.clientCA',
  });
  expect(readBack(replacePath(identity, null))).toEqual({ task: 'replace', slot: null });
  expect(readBack(deletePath(identity))).toEqual({ task: 'delete' });
  expect(readBack(editPath(identity, { view: 'form' }))).toEqual({
    task: 'edit',
    view: 'form',
    review: false,
  });
  expect(readBack(editPath(identity, { view: 'yaml', review: true }))).toEqual({
    task: 'edit',
    view: 'yaml',
    review: true,
  });
});

test.each(['', '?tab=yaml', '?delete=0', '?edit=pdf', '?review=1'])('%s names no task', (search) => {
  expect(readBack(`/planes/dataplanes/acme/prod${search}`)).toBeNull();
});
