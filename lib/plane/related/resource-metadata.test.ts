import { expect, test } from 'vitest';
import { MASK } from '@/lib/plane/masking/mask';
import { fieldManagersOf } from './resource-metadata';

test('returns writers newest first, the status separate from the resource', () => {
  const managedFields = [
    { manager: 'kubectl-create', operation: 'Update', time: '2026-03-01T10:00:00Z', fieldsV1: {} },
    { manager: 'nobody-knows-when', operation: 'Apply' },
    {
      manager: 'openchoreo-controller-manager',
      operation: 'Update',
      time: '2026-03-02T10:00:00Z',
      subresource: 'status',
    },
    { manager: 'planeboard', operation: 'Update', time: '2026-03-01T11:00:00Z' },
  ];
  expect(fieldManagersOf({ metadata: { name: 'prod', managedFields } })).toEqual([
    {
      manager: 'openchoreo-controller-manager',
      operation: 'Update',
      at: '2026-03-02T10:00:00Z',
      subresource: 'status',
    },
    { manager: 'planeboard', operation: 'Update', at: '2026-03-01T11:00:00Z', subresource: null },
    { manager: 'kubectl-create', operation: 'Update', at: '2026-03-01T10:00:00Z', subresource: null },
    { manager: 'nobody-knows-when', operation: 'Apply', at: null, subresource: null },
  ]);
});

test.each([[undefined], [{}], [{ metadata: { name: 'prod', managedFields: null } }]])(
  '%j has no known writer',
  (raw) => {
    expect(fieldManagersOf(raw)).toEqual([]);
  },
);

test('masks a secret in the name of a field manager', () => {
  const raw = { metadata: { managedFields: [{ manager: 'password=hunter', operation: 'Update' }] } };
  expect(fieldManagersOf(raw)).toMatchObject([{ manager: MASK }]);
});
