import { describe, expect, it } from 'vitest';
import type { Credential } from '@/lib/plane/credentials/credential';
import { activeSlots } from '@/lib/plane/credentials/credential-slots';
import type { Draft } from '@/lib/plane/registration/draft';
import { newDraft } from '@/lib/plane/registration/new-draft';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { installedKind } from '@/testing/plane/installed-kinds';
import { inspectionKey, inspectionRequests } from './certificate-inspection';

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const KEY = '-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n';
const CA = 'clusterAgent.clientCA';

function requestsOf(kind: InstalledKind, draft: Draft, credentials: Record<string, Partial<Credential>>) {
  const changed = { ...draft, credentials: { ...draft.credentials } };
  for (const [id, part] of Object.entries(credentials)) {
    const before = draft.credentials[id];
    if (!before) throw new Error(`${id} is no slot.`);
    changed.credentials[id] = { ...before, ...part };
  }
  return inspectionRequests(activeSlots(kind, changed), changed);
}

describe("the inspection of a namespaced plane's certificate", () => {
  const kind = installedKind('1.2', 'DataPlane');
  const draft = { ...newDraft(kind, crypto.randomUUID(), { namespace: 'acme' }), name: 'prod' };

  it('sends the text, and nothing while the field is empty', () => {
    expect(requestsOf(kind, draft, { [CA]: { text: ' \n' } })).toEqual({});
    expect(requestsOf(kind, draft, { [CA]: { text: CERTIFICATE } })).toEqual({
      [CA]: { purpose: 'agent-ca', certificate: { text: CERTIFICATE } },
    });
  });

  it.each([
    ['a private key', KEY],
    ['a private key within a bundle', CERTIFICATE + KEY],
    ['base64 of a private key', btoa(KEY)],
    ['a text that is no certificate', 'hello'],
  ])("doesn't send %s to the server", (_what, text) => {
    expect(requestsOf(kind, draft, { [CA]: { text } })).toEqual({});
  });

  it("refers to a Secret, by default in the plane's own namespace", () => {
    const existing = { source: 'existing-secret', name: 'ca', key: 'ca.crt' } as const;
    expect(requestsOf(kind, draft, { [CA]: existing })[CA]?.certificate).toEqual({
      secret: { namespace: 'acme', name: 'ca', key: 'ca.crt' },
    });
    expect(requestsOf(kind, draft, { [CA]: { ...existing, namespace: 'other' } })[CA]?.certificate).toEqual({
      secret: { namespace: 'other', name: 'ca', key: 'ca.crt' },
    });
    expect(requestsOf(kind, draft, { [CA]: { ...existing, key: '' } })).toEqual({});
  });

  it("doesn't send a typed text while an existing Secret is chosen", () => {
    const requests = requestsOf(kind, draft, {
      [CA]: { source: 'existing-secret', name: 'ca', key: 'ca.crt', text: CERTIFICATE },
    });
    expect(JSON.stringify(requests)).not.toContain('BEGIN');
  });
});

describe('the inspection of a client certificate', () => {
  const kind = installedKind('0.7', 'DataPlane');
  const draft: Draft = {
    ...newDraft(kind, crypto.randomUUID(), { namespace: 'acme' }),
    connection: 'direct',
  };
  const certificate = 'kubernetesCluster.auth.mtls.clientCert';
  const key = 'kubernetesCluster.auth.mtls.clientKey';

  it('includes the private key to compare both', () => {
    const requests = requestsOf(kind, draft, { [certificate]: { text: CERTIFICATE }, [key]: { text: KEY } });
    expect(requests).toEqual({
      [certificate]: {
        purpose: 'client-certificate',
        certificate: { text: CERTIFICATE },
        privateKey: { text: KEY },
      },
    });
  });

  it('leaves out an unusable key', () => {
    const requests = requestsOf(kind, draft, { [certificate]: { text: CERTIFICATE }, [key]: { text: 'hm' } });
    expect(requests[certificate]).not.toHaveProperty('privateKey');
  });

  it('is skipped when the plane signs in with a token', () => {
    const withToken: Draft = { ...draft, auth: 'bearer-token' };
    expect(requestsOf(kind, withToken, { [certificate]: { text: CERTIFICATE } })).toEqual({});
  });
});

it('identifies a request by a digest that reveals none of its material', async () => {
  const request = { purpose: 'client-certificate', certificate: { text: CERTIFICATE } } as const;
  const key = await inspectionKey({ ...request, privateKey: { text: KEY } });
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(key).toBe(await inspectionKey({ ...request, privateKey: { text: KEY } }));
  expect(key).not.toBe(await inspectionKey(request));
});
