import { expect, test } from 'vitest';
import type { FinishedReplacement, SlotState } from '@/lib/api/replacements';
import { settlementChoices } from './last-replacement';
import { defaultWriteMode } from './write-choice';

const FINISHED: FinishedReplacement = {
  id: 'a1b2',
  action: 'replace',
  by: 'alice',
  at: '2026-03-10T12:00:00Z',
  places: [{ slot: 'x', namespace: 'acme', name: 'access-2', key: 'token', was: 'access', created: true }],
  before: [],
  after: [],
  restorable: true,
  oldSecrets: [{ namespace: 'acme', name: 'access', keep: null }],
};
const IN_PLACE: FinishedReplacement = {
  ...FINISHED,
  places: [{ slot: 'x', namespace: 'acme', name: 'access', key: 'token' }],
  oldSecrets: [],
};
const KEEP = 'The Secret access in the namespace acme is used by the data plane eu.';

test.each<[string, FinishedReplacement, string[]]>([
  ['a new Secret', FINISHED, ['Restore old Secret', 'Delete old Secret']],
  [
    'a new Secret whose predecessor must stay',
    { ...FINISHED, oldSecrets: [{ namespace: 'acme', name: 'access', keep: KEEP }] },
    ['Restore old Secret', 'Keep old Secret'],
  ],
  ['a change in place', IN_PLACE, ['Restore old value', 'Delete old value']],
  ['a change in place whose old value is gone', { ...IN_PLACE, restorable: false }, []],
  ['an old Secret that was deleted elsewhere', { ...FINISHED, oldSecrets: [], restorable: false }, []],
])('offers the ways to end a replacement by %s', (_, finished, expected) => {
  expect(settlementChoices(finished).map(({ label }) => label)).toEqual(expected);
});

test('says why an old Secret must stay, and never offers to delete it', () => {
  const oldSecrets = [{ namespace: 'acme', name: 'access', keep: KEEP }];
  const [, keep] = settlementChoices({ ...FINISHED, oldSecrets });
  expect(keep?.consequence).toContain(KEEP);
});

const STATE: SlotState = {
  slot: 'x',
  sharing: {
    namespace: 'acme',
    name: 'access',
    key: 'token',
    users: [],
    ownUses: [],
    mayHaveMoreUsers: false,
  },
  secretMissing: false,
  mayCreateSecret: true,
  unfinished: null,
  finished: null,
};

test.each([
  ['a Secret', STATE, null, 'new-secret'],
  [
    'a Secret, if it is unknown whether one may be created',
    { ...STATE, mayCreateSecret: null },
    null,
    'new-secret',
  ],
  ['a Secret, if none may be created', { ...STATE, mayCreateSecret: false }, null, 'in-place'],
  ['a Secret that is missing', { ...STATE, secretMissing: true }, null, 'in-place'],
  ['a Secret of a managed plane', STATE, { tool: 'argocd' as const, evidence: 'x' }, 'in-place'],
  ['an inline value', { ...STATE, sharing: null }, null, 'in-place'],
  ['a slot that is not read yet', null, null, 'in-place'],
] as const)('proposes where to write the material of %s', (_, state, managedBy, expected) => {
  expect(defaultWriteMode(state, managedBy)).toBe(expected);
});
