import { describe, expect, test } from 'vitest';
import { kindOfPlural } from '@/lib/plane/model/kinds';
import type { Draft } from '@/lib/plane/registration/draft';
import { newDraft } from '@/lib/plane/registration/new-draft';
import { secretTextsOf } from '@/lib/plane/registration/storable-draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import type { SchemaNode } from '@/lib/plane/schema/schema-node';
import { hideSecrets } from './hide-secrets';

const text: SchemaNode = { type: 'string' };
const group = (properties: Record<string, SchemaNode>): SchemaNode => ({ type: 'object', properties });
const entry = kindOfPlural('dataplanes');
if (!entry) throw new Error('There are no data planes.');
const kind: InstalledKind = {
  entry,
  schema: group({
    spec: group({
      clusterAgent: group({
        clientCA: group({ value: text, secretRef: group({ name: text, key: text, namespace: text }) }),
      }),
      observer: group({ password: text }),
    }),
  }),
};

const KEY = `-----BEGIN PRIVATE KEY-----\n${'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgWl1z'.repeat(2)}\n-----END PRIVATE KEY-----`;
const CERTIFICATE =
  '-----BEGIN CERTIFICATE-----\nMIIBGTCBv6ADAgECAhEA4Efl5vVmIK4ia2onq7XGjAKA\n-----END CERTIFICATE-----';

function filterFor(slotId: string, secret: string): (message: string) => string {
  const draft: Draft = newDraft(kind, crypto.randomUUID());
  const credential = { source: 'inline', text: secret, namespace: '', name: '', key: '' } as const;
  return hideSecrets(secretTextsOf({ credentials: { ...draft.credentials, [slotId]: credential } }, kind));
}

describe('a text is hidden when it repeats a secret', () => {
  test.each([
    ['verbatim', 'correct horse', 'found correct horse in it'],
    ['quoted', 'correct "horse', 'found "correct \\"horse" in it'],
    ['in base64', 'correct horse', `found ${Buffer.from('correct horse').toString('base64')}`],
    ['in quotes, when it is short', 'pass', 'found "pass" in it'],
    ['as a line of a key', KEY, `found ${KEY.split('\n')[1]}`],
    ['as a part of a key', KEY, `found ${KEY.split('\n')[1]?.slice(10, 70)}...`],
  ])('%s', (_, secret, message) => {
    expect(filterFor('observer.password', secret)(message)).not.toContain('found');
  });

  test('that is a key in the place of a certificate', () => {
    expect(filterFor('clusterAgent.clientCA', KEY)(`found ${KEY}`)).not.toContain('found');
  });
});

test.each([
  ['another text', 'observer.password', 'correct horse', 'denied by the policy "freeze"'],
  ['a word that equals a short password', 'observer.password', 'deny', 'the policies deny it'],
  ['a certificate, which is public', 'clusterAgent.clientCA', CERTIFICATE, `no good: ${CERTIFICATE}`],
  ['any text while no secret was typed', 'observer.password', '', 'no good'],
])('shows %s', (_, slotId, secret, message) => {
  expect(filterFor(slotId, secret)(message)).toBe(message);
});
