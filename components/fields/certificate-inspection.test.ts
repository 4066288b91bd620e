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

describe('the certificate of a namespaced plane', () => {
  const kind = installedKind('1.2', 'DataPlane');
  const draft = { ...newDraft(kind, crypto.randomUUID(), { namespace: 'acme' }), name: 'prod' };

  it('is asked about by its text, and not at all while there is none', () => {
    expect(requestsOf(kind, draft, { [CA]: { text: ' \n' } })).toEqual({});
    expect(requestsOf(kind, draft, { [CA]: { text: CERTIFICATE } })).toEqual({
      [CA]: { purpose: 'agent-ca', certificate: { text: CERTIFICATE } },
    });
  });

  it.each([
    ['a private key', KEY],
    ['a private key within a bundle', CERTIFICATE + KEY],
    ['base64 of a private key', btoa(KEY)],
    ['what is no certificate at all', 'hello'],
  ])('does not leave the browser when it is %s', (_what, text) => {
    expect(requestsOf(kind, draft, { [CA]: { text } })).toEqual({});
  });

  it('is asked about by its Secret, in the plane’s own namespace when none is named', () => {
    const existing = { source: 'existing-secret', name: 'ca', key: 'ca.crt' } as const;
    expect(requestsOf(kind, draft, { [CA]: existing })[CA]?.certificate).toEqual({
      secret: { namespace: 'acme', name: 'ca', key: 'ca.crt' },
    });
    expect(requestsOf(kind, draft, { [CA]: { ...existing, namespace: 'other' } })[CA]?.certificate).toEqual({
      secret: { namespace: 'other', name: 'ca', key: 'ca.crt' },
    });
    expect(requestsOf(kind, draft, { [CA]: { ...existing, key: '' } })).toEqual({});
  });

  it('sends nothing of a text that is kept behind a Secret', () => {
    const requests = requestsOf(kind, draft, {
      [CA]: { source: 'existing-secret', name: 'ca', key: 'ca.crt', text: CERTIFICATE },
    });
    expect(JSON.stringify(requests)).not.toContain('BEGIN');
  });
});

describe('a client certificate', () => {
  const kind = installedKind('0.7', 'DataPlane');
  const draft: Draft = {
    ...newDraft(kind, crypto.randomUUID(), { namespace: 'acme' }),
    connection: 'direct',
  };
  const certificate = 'kubernetesCluster.auth.mtls.clientCert';
  const key = 'kubernetesCluster.auth.mtls.clientKey';

  it('goes together with its key, so that they can be compared', () => {
    const requests = requestsOf(kind, draft, { [certificate]: { text: CERTIFICATE }, [key]: { text: KEY } });
    expect(requests).toEqual({
      [certificate]: {
        purpose: 'client-certificate',
        certificate: { text: CERTIFICATE },
        privateKey: { text: KEY },
      },
    });
  });

  it('goes alone while there is no usable key', () => {
    const requests = requestsOf(kind, draft, { [certificate]: { text: CERTIFICATE }, [key]: { text: 'hm' } });
    expect(requests[certificate]).not.toHaveProperty('privateKey');
  });

  it('is not asked about when the plane signs in with a token', () => {
    const withToken: Draft = { ...draft, auth: 'bearer-token' };
    expect(requestsOf(kind, withToken, { [certificate]: { text: CERTIFICATE } })).toEqual({});
  });
});

it('names a request by a digest that tells nothing of it', async () => {
  const request = { purpose: 'client-certificate', certificate: { text: CERTIFICATE } } as const;
  const name = await inspectionKey({ ...request, privateKey: { text: KEY } });
  expect(name).toMatch(/^[0-9a-f]{64}$/);
  expect(name).toBe(await inspectionKey({ ...request, privateKey: { text: KEY } }));
  expect(name).not.toBe(await inspectionKey(request));
});
