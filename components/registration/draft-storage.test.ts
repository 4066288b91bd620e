import { describe, expect, it } from 'vitest';
import type { Draft } from '@/lib/plane/registration/draft';
import { newDraft } from '@/lib/plane/registration/new-draft';
import { CERTIFICATE_PEM, PRIVATE_KEY_PEM } from '@/testing/plane/draft-fixture';
import { installedKind } from '@/testing/plane/installed-kinds';
import { forgetStoredDraft, readStoredDraft, storeDraft } from './draft-storage';

const ID = '7d9c1cbb-9d2b-4b5e-9f0e-0f9f6a1c2d3e';
const kind = installedKind('0.7', 'DataPlane');

class FakeStorage {
  readonly items = new Map<string, string>();
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
}

function draftWith(texts: Readonly<Record<string, string>>): Draft {
  const draft = { ...newDraft(kind, ID, { namespace: 'acme' }), name: 'prod' };
  const credentials = Object.fromEntries(
    Object.entries(draft.credentials).map(([id, credential]) => [
      id,
      { ...credential, text: texts[id] ?? '' },
    ]),
  );
  return { ...draft, credentials };
}

describe('storeDraft', () => {
  it('brings a draft back as it was when nothing in it is secret', () => {
    const storage = new FakeStorage();
    const draft = draftWith({ 'agent.clientCA': CERTIFICATE_PEM });
    storeDraft(
      storage,
      { draft, ownPlaneID: true, sentAs: 'dataplanes/acme/prod', opened: ['identity'] },
      kind,
    );
    expect(readStoredDraft(storage)).toEqual({
      draft,
      ownPlaneID: true,
      sentAs: 'dataplanes/acme/prod',
      opened: ['identity'],
      withoutSecrets: false,
    });
  });

  it('reads what another version kept: what it lacks, and what this one does not know, loses no draft', () => {
    const storage = new FakeStorage();
    const draft = draftWith({});
    const kept = { draft: { ...draft, labels: { a: 'b' } }, ownPlaneID: false, withoutSecrets: false };
    storage.setItem('planeboard.registration', JSON.stringify(kept));
    expect(readStoredDraft(storage)).toMatchObject({ draft, sentAs: null, opened: [] });
  });

  it('stores neither keys nor tokens, and knows that something is missing', () => {
    const storage = new FakeStorage();
    const token = 'token-canary-5f1d';
    storeDraft(
      storage,
      {
        draft: draftWith({
          'kubernetesCluster.auth.mtls.clientKey': PRIVATE_KEY_PEM,
          'kubernetesCluster.auth.bearerToken': token,
        }),
        ownPlaneID: false,
        sentAs: null,
        opened: [],
      },
      kind,
    );
    const text = [...storage.items.values()].join();
    expect(text).toContain('prod');
    expect(text).not.toContain(token);
    expect(text).not.toContain('PRIVATE KEY');
    expect(readStoredDraft(storage)?.withoutSecrets).toBe(true);
  });

  it.each(['', '{', 'null', '{"draft":{}}', '[1]'])('takes what it cannot read for nothing: %j', (text) => {
    const storage = new FakeStorage();
    storage.setItem('planeboard.registration', text);
    expect(readStoredDraft(storage)).toBeNull();
  });

  it('does without a storage that refuses', () => {
    const refuse = () => {
      throw new DOMException('QuotaExceededError');
    };
    const storage = { getItem: refuse, setItem: refuse, removeItem: refuse };
    expect(() =>
      storeDraft(storage, { draft: draftWith({}), ownPlaneID: false, sentAs: null, opened: [] }, kind),
    ).not.toThrow();
    expect(readStoredDraft(storage)).toBeNull();
    expect(() => forgetStoredDraft(storage)).not.toThrow();
  });
});
