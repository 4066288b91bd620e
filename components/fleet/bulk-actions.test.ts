import { expect, test } from 'vitest';
import { inParallel } from '@/lib/client/api/in-parallel';
import { failuresByReason } from './bulk-actions';

test('continues after a failure and groups failures by reason', async () => {
  const outcomes = await inParallel([1, 2, 3, 4, 5], 2, async (item) => {
    if (item === 2) throw new Error('Not allowed.');
    if (item >= 4) throw new Error(`Plane "${item}" is gone.`);
  });
  expect(outcomes.filter(({ state }) => state === 'done').map(({ item }) => item)).toEqual([1, 3]);
  expect(failuresByReason(outcomes, String)).toEqual([
    { problem: 'Plane is gone.', items: [4, 5] },
    { problem: 'Not allowed.', items: [2] },
  ]);
});

test('a missing right is one reason, whatever the kinds and namespaces', async () => {
  const outcomes = await inParallel(['acme', 'shop'], 2, async (namespace) => {
    throw new Error(
      `dataplanes.openchoreo.dev "prod" is forbidden: User "jane" cannot patch resource "dataplanes" in API group "openchoreo.dev" in the namespace "${namespace}"`,
    );
  });
  expect(failuresByReason(outcomes, () => 'prod')).toEqual([
    { problem: 'Your permissions don\'t include "patch" there.', items: ['acme', 'shop'] },
  ]);
});
