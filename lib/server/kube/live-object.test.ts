import { describe, expect, test } from 'vitest';
import { MASK } from '@/lib/plane/masking/mask';
import { contains, creationText, type LiveObject, parseLiveObject } from './live-object';

const SECRET = { apiVersion: 'v1', kind: 'Secret' };
const object = (metadata: Partial<LiveObject['metadata']>): LiveObject =>
  parseLiveObject(
    { ...SECRET, metadata: { name: 'prod', uid: 'u', resourceVersion: '1', ...metadata }, spec: {} },
    { ...SECRET, name: 'prod' },
  );

describe('contains compares', () => {
  test.each([
    ['equal objects', { a: 1, b: { c: 'x' } }, { a: 1, b: { c: 'x' } }, true],
    ['an object with added defaults', { a: 1, kind: 'default' }, { a: 1 }, true],
    ['a list with added defaults', { ports: [{ port: 1, protocol: 'TCP' }] }, { ports: [{ port: 1 }] }, true],
    ['another value', { a: 2 }, { a: 1 }, false],
    ['a missing field', {}, { a: 1 }, false],
    ['a longer list', { list: [1, 2] }, { list: [1] }, false],
    ['a list in another order', { list: [2, 1] }, { list: [1, 2] }, false],
    ['an object in place of a list', { list: {} }, { list: [] }, false],
    ['a dropped empty group', {}, { group: {} }, true],
    ['a field of the prototype', {}, { constructor: Object }, false],
  ])('%s', (_, found, wanted, expected) => {
    expect(contains(found, wanted)).toBe(expected);
  });
});

describe('creationText names', () => {
  const creationTimestamp = '2026-01-05T12:00:07Z';
  const managedFields = [
    { manager: 'controller', time: '2026-01-05T12:00:09Z' },
    { manager: 'kubectl-create', time: '2026-01-05T12:00:07Z' },
    { manager: 'manager', time: '2026-01-05T11:00:00Z', subresource: 'status' },
  ];
  test.each([
    [
      'the user who registered it',
      { 'planeboard.openchoreo.dev/registered-by': 'alice' },
      'created 2026-01-05 12:00:07 UTC by alice',
    ],
    [
      'the user who registered the plane that it is for',
      {
        'planeboard.openchoreo.dev/registered-by': 'alice',
        'planeboard.openchoreo.dev/plane': 'dataplanes/acme/prod',
      },
      'created 2026-01-05 12:00:07 UTC by alice for dataplanes/acme/prod',
    ],
    [
      'Planeboard, for a Secret of a plane',
      { 'planeboard.openchoreo.dev/plane': 'dataplanes/acme/prod' },
      'created 2026-01-05 12:00:07 UTC by Planeboard for dataplanes/acme/prod',
    ],
    [
      'the first field manager that wrote more than a status',
      {},
      'created 2026-01-05 12:00:07 UTC by the field manager kubectl-create',
    ],
  ])('%s', (_, annotations, expected) => {
    expect(creationText(object({ annotations, managedFields, creationTimestamp }))).toBe(expected);
  });

  test('a creator without a secret in a name', () => {
    const annotations = { 'planeboard.openchoreo.dev/registered-by': 'password=hunter' };
    expect(creationText(object({ annotations }))).toBe(`created by ${MASK}`);
    expect(creationText(object({ managedFields: [{ manager: 'password=hunter' }] }))).toBe(
      `created by the field manager ${MASK}`,
    );
  });

  test('no creator when it is unknown', () => {
    expect(creationText(object({}))).toBe('created');
    expect(creationText(object({ creationTimestamp: 'soon' }))).toBe('created at an unknown time');
  });
});
