import { describe, expect, test } from 'vitest';
import { RELEASES } from '@/demo/crds/profiles';
import { toBase64 } from '@/lib/base64';
import { isCertificatePurpose } from '@/lib/plane/credentials/credential-slot';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { withValueAt } from '@/lib/plane/json/json-path';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { unparsed } from '@/lib/plane/schema/unparsed';
import { CERTIFICATE_PEM, DRAFT_ID, PRIVATE_KEY_PEM } from '@/testing/plane/draft-fixture';
import { installedKind, installedKinds, inventedKind } from '@/testing/plane/installed-kinds';
import { type Draft, draftSchema } from './draft';
import { newDraft } from './new-draft';
import { storableDraft } from './storable-draft';

const CANARY = 'canary';
/** Texts that a person may paste, rightly or by mistake. Each contains the canary, some of them encoded. */
const SECRET_TEXTS = [
  PRIVATE_KEY_PEM,
  toBase64(PRIVATE_KEY_PEM),
  `${CERTIFICATE_PEM}${PRIVATE_KEY_PEM}`,
  `${CERTIFICATE_PEM}canary-comment`,
  'canary-token',
  'canary-password',
];

function withEverySlot(kind: InstalledKind, text: string): Draft {
  const draft = newDraft(kind, DRAFT_ID);
  for (const slot of credentialSlots(kind)) {
    const before = draft.credentials[slot.id];
    if (before) draft.credentials[slot.id] = { ...before, source: 'inline', text };
  }
  return draft;
}

function holdsCanary(draft: Draft): boolean {
  const stored = JSON.stringify(draft);
  const decoded = [...stored.matchAll(/[A-Za-z0-9+/=]{16,}/g)].map(([run]) => {
    try {
      return atob(run);
    } catch {
      return '';
    }
  });
  return [stored, ...decoded].some((text) => text.includes(CANARY));
}

describe.each(RELEASES)('release %s: storableDraft', (release) => {
  test.each(SECRET_TEXTS)('stores no secret of any credential: %j', (text) => {
    for (const kind of installedKinds(release)) {
      const draft = withEverySlot(kind, text);
      expect(holdsCanary(draft)).toBe(true);
      const stored = storableDraft(draft, kind);
      expect(holdsCanary(stored), kind.entry.kind).toBe(false);
      expect(draftSchema.safeParse(stored).success).toBe(true);
    }
  });

  test('keeps certificates, which are public', () => {
    for (const kind of installedKinds(release)) {
      const stored = storableDraft(withEverySlot(kind, CERTIFICATE_PEM), kind);
      for (const slot of credentialSlots(kind)) {
        const isCertificate = isCertificatePurpose(slot.purpose);
        expect(stored.credentials[slot.id]?.text, slot.id).toBe(isCertificate ? CERTIFICATE_PEM : '');
      }
    }
  });

  test("drops anything at a credential's path in the spec", () => {
    for (const kind of installedKinds(release)) {
      for (const slot of credentialSlots(kind)) {
        const draft = newDraft(kind, DRAFT_ID);
        for (const value of ['canary', { value: 'canary' }]) {
          const spec = withValueAt(draft.spec, slot.path, value);
          expect(holdsCanary(storableDraft({ ...draft, spec }, kind)), slot.id).toBe(false);
        }
      }
    }
  });
});

test('drops secrets in lists, maps and free-form values and keeps their neighbours', () => {
  const kind = inventedKind('DataPlane', {
    type: 'object',
    properties: {
      users: { type: 'array', items: { type: 'object', properties: { password: { type: 'string' } } } },
      settings: { type: 'object', additionalProperties: { type: 'string' } },
      extra: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
      draft: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
    },
  });
  const spec = {
    users: [{ name: 'ada', password: 'canary' }],
    settings: { apiToken: 'canary', level: 'info' },
    extra: { url: 'https://ada:canary@example.com', deep: [{ clientSecret: 'canary' }] },
    draft: unparsed('password: canary'),
  };
  const stored = storableDraft({ ...newDraft(kind, DRAFT_ID), spec }, kind);
  expect(stored.spec).toEqual({
    users: [{ name: 'ada', password: '' }],
    settings: { apiToken: '', level: 'info' },
    extra: { url: '', deep: [{ clientSecret: '' }] },
    draft: '',
  });
});

test('drops a private key pasted into a plain field', () => {
  const kind = installedKind('1.2', 'DataPlane');
  const draft = { ...newDraft(kind, DRAFT_ID), name: PRIVATE_KEY_PEM, description: PRIVATE_KEY_PEM };
  expect(holdsCanary(storableDraft(draft, kind))).toBe(false);
});
