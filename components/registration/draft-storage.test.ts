import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Draft } from '@/lib/plane/registration/draft';
import { newDraft } from '@/lib/plane/registration/new-draft';
import { CERTIFICATE_PEM, PRIVATE_KEY_PEM } from '@/testing/plane/draft-fixture';
import { installedKind } from '@/testing/plane/installed-kinds';
import {
  readStoredDraft,
  readStoredOthers,
  removeStoredDraft,
  restoredDraft,
  restoreStoredDrafts,
  storeDraft,
  storeOthers,
} from './draft-storage';

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

function stubStorage<T extends Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>>(sessionStorage: T): T {
  vi.stubGlobal('window', { sessionStorage });
  return sessionStorage;
}
afterEach(() => vi.unstubAllGlobals());

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
  it('restores a draft without secrets unchanged', () => {
    stubStorage(new FakeStorage());
    const draft = draftWith({ 'agent.clientCA': CERTIFICATE_PEM });
    storeDraft({ draft, ownPlaneID: true, sentAs: 'dataplanes/acme/prod', opened: ['identity'] }, kind);
    expect(readStoredDraft()).toEqual({
      draft,
      ownPlaneID: true,
      sentAs: 'dataplanes/acme/prod',
      opened: ['identity'],
      withoutSecrets: false,
    });
  });

  it('reads drafts of other versions, with missing or unknown fields', () => {
    const storage = stubStorage(new FakeStorage());
    const draft = draftWith({});
    const other = { draft: { ...draft, labels: { a: 'b' } }, ownPlaneID: false, withoutSecrets: false };
    storage.setItem('planeboard.registration', JSON.stringify(other));
    expect(readStoredDraft()).toMatchObject({ draft, sentAs: null, opened: [] });
  });

  it('stores neither keys nor tokens, and records that something is missing', () => {
    const storage = stubStorage(new FakeStorage());
    const token = 'token-canary-5f1d';
    storeDraft(
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
    expect(readStoredDraft()?.withoutSecrets).toBe(true);
  });

  it.each(['', '{', 'null', '{"draft":{}}', '[1]'])('ignores unreadable text: %j', (text) => {
    const storage = stubStorage(new FakeStorage());
    storage.setItem('planeboard.registration', text);
    expect(readStoredDraft()).toBeNull();
  });

  it('works when the browser forbids storage', () => {
    const refuse = () => {
      throw new DOMException('QuotaExceededError');
    };
    stubStorage({ getItem: refuse, setItem: refuse, removeItem: refuse });
    expect(() =>
      storeDraft({ draft: draftWith({}), ownPlaneID: false, sentAs: null, opened: [] }, kind),
    ).not.toThrow();
    expect(readStoredDraft()).toBeNull();
    expect(() => removeStoredDraft()).not.toThrow();
  });
});

describe('storeOthers', () => {
  it('keeps drafts apart from the open one, without their secrets', () => {
    const storage = stubStorage(new FakeStorage());
    const draft = draftWith({ 'kubernetesCluster.auth.bearerToken': 'token-canary-5f1d' });
    const others = [
      { draft, ownPlaneID: true, sentAs: null, openedSteps: new Set(['identity' as const]), restored: null },
    ];
    storeOthers(others, () => kind);
    removeStoredDraft();
    expect(readStoredOthers().map(restoredDraft)).toMatchObject([
      { draft: { namespace: 'acme', name: 'prod' }, ownPlaneID: true, restored: 'without-secrets' },
    ]);
    expect([...storage.items.values()].join()).not.toContain('token-canary');
    storeOthers([], () => kind);
    expect(readStoredOthers()).toEqual([]);
  });
});

describe('restoreStoredDrafts', () => {
  const [OPEN, OTHER, NEW] = ['a', 'b', 'c'].map((digit) => `${ID.slice(0, -1)}${digit}`) as [
    string,
    string,
    string,
  ];
  const draft = { ...draftWith({}), id: OPEN };
  const stored = { draft, ownPlaneID: true, sentAs: null, opened: [] };
  const other = {
    ...stored,
    openedSteps: new Set<never>(),
    restored: null,
    draft: { ...draft, id: OTHER },
  };
  const readable = () => kind;
  const unreadable = () => undefined;

  it('returns the open draft and the others', () => {
    stubStorage(new FakeStorage());
    storeDraft(stored, kind);
    storeOthers([other], readable);
    expect(restoreStoredDrafts(readable)).toMatchObject({
      open: { draft: { id: OPEN } },
      others: [{ draft: { id: OTHER } }],
    });
  });

  it('loses no draft whose kind can only be read later, whatever is stored meanwhile', () => {
    stubStorage(new FakeStorage());
    storeDraft(stored, kind);
    storeOthers([other], readable);
    expect(restoreStoredDrafts(unreadable)).toEqual({ open: null, others: [] });
    storeOthers([], unreadable);
    expect(restoreStoredDrafts(unreadable)).toEqual({ open: null, others: [] });
    storeDraft({ ...stored, draft: { ...draft, id: NEW } }, kind);
    expect(restoreStoredDrafts(readable)).toMatchObject({
      open: { draft: { id: NEW } },
      others: [{ draft: { id: OPEN } }, { draft: { id: OTHER } }],
    });
  });
});
