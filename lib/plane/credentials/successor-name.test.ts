import { expect, test } from 'vitest';
import { nameProblem } from '@/lib/plane/model/names';
import { successorNames } from './successor-name';

test.each([
  ['prod-access', ['prod-access-2', 'prod-access-3', 'prod-access-4']],
  ['prod-access-2', ['prod-access-3', 'prod-access-4', 'prod-access-5']],
  ['prod-access-99', ['prod-access-100', 'prod-access-101', 'prod-access-102']],
  ['prod-20261201', ['prod-20261201-2', 'prod-20261201-3', 'prod-20261201-4']],
  ['prod-1', ['prod-1-2', 'prod-1-3', 'prod-1-4']],
])('%s is followed by numbered names', (name, expected) => {
  const names = successorNames(name);
  expect([names.next().value, names.next().value, names.next().value]).toEqual(expected);
});

test('a long name is cut so that the result is a valid name', () => {
  const name = `${'a'.repeat(250)}.bc`;
  const next = successorNames(name).next().value;
  expect(next).toHaveLength(252);
  expect(nameProblem(next)).toBeNull();
});
