import { expect, it } from 'vitest';
import { draftLabel } from './draft-label';

it.each([
  ['dataplanes', 'shop', 'prod', 'data plane shop/prod'],
  ['clusterdataplanes', '', 'prod', 'cluster data plane prod'],
  ['dataplanes', '', 'prod', 'data plane prod'],
  ['dataplanes', 'shop', '', 'data plane in shop'],
  ['dataplanes', '', '', 'data plane'],
] as const)('names a draft of %s in "%s" named "%s"', (plural, namespace, name, label) => {
  expect(draftLabel({ plural, namespace, name })).toBe(label);
});
