import { describe, expect, it } from 'vitest';
import { installedKind } from '@/testing/plane/installed-kinds';
import { withAccess } from './apply-kubeconfig';
import type { Draft } from './draft';
import { withCredential, withSpecValue } from './draft-changes';
import { newDraft } from './new-draft';

const ID = '7d9c1cbb-9d2b-4b5e-9f0e-0f9f6a1c2d3e';
const either = installedKind('0.7', 'DataPlane');
const oldest = installedKind('0.3', 'DataPlane');
const byCertificate = {
  server: 'https://plane:6443',
  ca: 'CA',
  clientCertificate: 'CERT',
  clientKey: 'KEY',
};
const byToken = { server: 'https://plane:6443', ca: 'CA', token: 'TOKEN' };

function draftOf(result: Draft | string): Draft {
  if (typeof result === 'string') throw new Error(result);
  return result;
}

function texts({ credentials }: Draft): Record<string, string> {
  return Object.fromEntries(
    Object.entries(credentials).flatMap(([id, { text }]) => (text === '' ? [] : [[id, text]])),
  );
}

describe('withAccess', () => {
  it('copies the address, the CA and the client certificate', () => {
    const draft = draftOf(withAccess(newDraft(either, ID), either, byCertificate, 'plane'));
    expect(draft).toMatchObject({ connection: 'direct', auth: 'mtls' });
    expect(draft.spec).toEqual({ kubernetesCluster: { server: 'https://plane:6443' } });
    expect(texts(draft)).toEqual({
      'kubernetesCluster.tls.ca': 'CA',
      'kubernetesCluster.auth.mtls.clientCert': 'CERT',
      'kubernetesCluster.auth.mtls.clientKey': 'KEY',
    });
  });

  it('drops the CA of another server if the context has none', () => {
    const first = draftOf(withAccess(newDraft(either, ID), either, byCertificate, 'plane'));
    const { ca: _ca, ...withoutCa } = byCertificate;
    const other = { ...withoutCa, server: 'https://other:6443' };
    expect(texts(draftOf(withAccess(first, either, other, 'other')))).not.toHaveProperty([
      'kubernetesCluster.tls.ca',
    ]);
  });

  it('keeps the CA that was entered for the same server if the context has none', () => {
    const first = draftOf(withAccess(newDraft(either, ID), either, byCertificate, 'plane'));
    const { ca: _ca, ...withoutCa } = byCertificate;
    expect(texts(draftOf(withAccess(first, either, withoutCa, 'plane')))).toMatchObject({
      'kubernetesCluster.tls.ca': 'CA',
    });
  });

  it('signs in by token if there is no certificate', () => {
    const draft = draftOf(withAccess(newDraft(either, ID), either, byToken, 'plane'));
    expect(draft.auth).toBe('bearer-token');
    expect(texts(draft)).toEqual({
      'kubernetesCluster.tls.ca': 'CA',
      'kubernetesCluster.auth.bearerToken': 'TOKEN',
    });
  });

  it("fills in the oldest release's fields, and the cluster's name if it is empty", () => {
    const draft = draftOf(withAccess(newDraft(oldest, ID), oldest, byCertificate, 'plane'));
    expect(draft.spec).toEqual({
      kubernetesCluster: { name: 'plane', credentials: { apiServerURL: 'https://plane:6443' } },
    });
    expect(texts(draft)).toEqual({
      'kubernetesCluster.credentials.caCert': 'CA',
      'kubernetesCluster.credentials.clientCert': 'CERT',
      'kubernetesCluster.credentials.clientKey': 'KEY',
    });
    const named = { ...newDraft(oldest, ID), spec: { kubernetesCluster: { name: 'own' } } };
    expect(draftOf(withAccess(named, oldest, byCertificate, 'plane')).spec).toMatchObject({
      kubernetesCluster: { name: 'own' },
    });
  });

  it("replaces the cluster's name of an earlier import, but not one that was typed since", () => {
    const first = draftOf(withAccess(newDraft(oldest, ID), oldest, byCertificate, 'a'));
    const other = { ...byCertificate, server: 'https://other:6443' };
    const second = draftOf(withAccess(first, oldest, other, 'b', 'a'));
    expect(second.spec).toMatchObject({
      kubernetesCluster: { name: 'b', credentials: { apiServerURL: 'https://other:6443' } },
    });
    const typed = withSpecValue(first, ['kubernetesCluster', 'name'], 'own');
    expect(draftOf(withAccess(typed, oldest, other, 'b', 'a')).spec).toMatchObject({
      kubernetesCluster: { name: 'own' },
    });
  });

  it('rejects a context with only a token for a release without tokens', () => {
    expect(withAccess(newDraft(oldest, ID), oldest, byToken, 'plane')).toMatch(/client certificate/);
  });

  it('writes copied material into a new Secret, even if an existing one was chosen', () => {
    const slotId = 'kubernetesCluster.tls.ca';
    const before = withCredential(newDraft(either, ID), slotId, {
      source: 'existing-secret',
      text: '',
      namespace: '',
      name: 'old',
      key: 'k',
    });
    const draft = draftOf(withAccess(before, either, byToken, 'plane'));
    expect(draft.credentials[slotId]).toMatchObject({ source: 'new-secret', text: 'CA', key: 'ca.crt' });
  });
});
