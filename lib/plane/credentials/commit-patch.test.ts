import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@/lib/plane/json/json';
import { valueAt } from '@/lib/plane/json/json-path';
import { type CommitPatch, type CommittedMaterial, commitPatch, referencePatch } from './commit-patch';
import type { CredentialSlot } from './credential-slot';

const identity = { plural: 'dataplanes', namespace: 'acme', name: 'prod' };
const CA: CredentialSlot = {
  id: 'clusterAgent.clientCA',
  path: ['clusterAgent', 'clientCA'],
  purpose: 'agent-ca',
  form: 'value-from',
  refField: 'secretKeyRef',
};
const KEY: CredentialSlot = {
  id: 'kubernetesCluster.credentials.clientKey',
  path: ['kubernetesCluster', 'credentials', 'clientKey'],
  purpose: 'client-key',
  form: 'base64',
  refField: null,
};
const inSecret = { clusterAgent: { clientCA: { secretKeyRef: { name: 'prod-ca', key: 'ca.crt' } } } };

function patchOf(spec: JsonObject, ...materials: CommittedMaterial[]) {
  return commitPatch(identity, 'DataPlane', spec, materials);
}

function textAt(patch: CommitPatch | null, path: readonly string[]): string {
  return String(valueAt(patch?.manifests[0] ?? {}, path));
}

test('writes inline material out whole', () => {
  const patch = patchOf({ clusterAgent: { clientCA: { value: 'OLD\n' } } }, { slot: CA, pem: 'OLD\nNEW\n' });
  expect(patch?.object).toBe('DataPlane acme/prod');
  expect(patch?.manifests).toEqual([
    {
      apiVersion: 'openchoreo.dev/v1alpha1',
      kind: 'DataPlane',
      metadata: { name: 'prod', namespace: 'acme' },
      spec: { clusterAgent: { clientCA: { value: 'OLD\nNEW\n' } } },
    },
  ]);
});

test('names a cluster-wide plane without a namespace', () => {
  const spec = { clusterAgent: { clientCA: { value: 'OLD\n' } } };
  const patch = commitPatch({ plural: 'clusterdataplanes', name: 'all' }, 'ClusterDataPlane', spec, [
    { slot: CA, pem: 'NEW\n' },
  ]);
  expect(patch?.object).toBe('ClusterDataPlane all');
  expect(patch?.manifests[0]?.metadata).toEqual({ name: 'all' });
});

test('changes only the key of a Secret', () => {
  const patch = patchOf(inSecret, { slot: CA, pem: 'NEW\n' });
  expect(patch?.object).toBe('Secret acme/prod-ca');
  expect(patch?.manifests).toEqual([
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'prod-ca', namespace: 'acme' },
      stringData: { 'ca.crt': 'NEW\n' },
    },
  ]);
});

test('never contains a secret', () => {
  const spec = { kubernetesCluster: { credentials: { clientKey: '<hidden by Planeboard>' } } };
  const patch = patchOf(spec, { slot: KEY, pem: null });
  expect(textAt(patch, ['spec', ...KEY.path])).toMatch(/^<add the secret/);
});

test('writes a certificate as base64 for the oldest release', () => {
  const patch = patchOf({}, { slot: { ...KEY, purpose: 'server-ca' }, pem: 'NEW\n' });
  expect(atob(textAt(patch, ['spec', ...KEY.path]))).toBe('NEW\n');
});

describe('a certificate and its key', () => {
  const slots = (['clientCert', 'clientKey'] as const).map(
    (name): CredentialSlot => ({
      id: name,
      path: [name],
      purpose: name === 'clientCert' ? 'client-certificate' : 'client-key',
      form: 'value-from',
      refField: 'secretKeyRef',
    }),
  );
  const materials = slots.map((slot, index) => ({ slot, pem: index === 0 ? 'CERT\n' : null }));

  test('in one Secret are one change', () => {
    const ref = (key: string) => ({ secretKeyRef: { name: 'client', key } });
    const patch = patchOf({ clientCert: ref('tls.crt'), clientKey: ref('tls.key') }, ...materials);
    expect(patch?.object).toBe('Secret acme/client');
    expect(patch?.manifests[0]?.stringData).toEqual({
      'tls.crt': 'CERT\n',
      'tls.key': expect.stringMatching(/^<add the secret/),
    });
  });

  test('in two objects are one change in each', () => {
    const key = { secretKeyRef: { name: 'client', key: 'tls.key' } };
    const patch = patchOf({ clientCert: { value: 'OLD\n' }, clientKey: key }, ...materials);
    expect(patch?.object).toBe('DataPlane acme/prod and Secret acme/client');
    expect(patch?.manifests).toHaveLength(2);
  });
});

test('returns null when no object is named', () => {
  const nowhere = { clusterAgent: { clientCA: { secretKeyRef: { name: 'ca', key: 'ca.crt' } } } };
  const cluster = { plural: 'clusterdataplanes', name: 'all' };
  expect(commitPatch(cluster, 'ClusterDataPlane', nowhere, [{ slot: CA, pem: 'NEW\n' }])).toBeNull();
});

test('switches exactly the references to a succeeded Secret', () => {
  const spec = {
    clusterAgent: { clientCA: { secretKeyRef: { name: 'prod-ca', key: 'ca.crt' } } },
    kubernetesCluster: {
      tls: { ca: { secretKeyRef: { name: 'access', namespace: 'acme', key: 'ca.crt' } } },
      auth: { mtls: { clientKey: { secretKeyRef: { name: 'access', key: 'tls.key' } } } },
      other: { secretKeyRef: { name: 'access', namespace: 'elsewhere', key: 'ca.crt' } },
    },
  };
  const switched = [{ namespace: 'acme', from: 'access', to: 'access-2' }];
  const patch = referencePatch(identity, 'DataPlane', spec, switched);
  expect(patch?.object).toBe('DataPlane acme/prod');
  expect(patch?.manifests[0]?.spec).toEqual({
    kubernetesCluster: {
      tls: { ca: { secretKeyRef: { name: 'access-2', namespace: 'acme', key: 'ca.crt' } } },
      auth: { mtls: { clientKey: { secretKeyRef: { name: 'access-2', key: 'tls.key' } } } },
    },
  });
  expect(referencePatch(identity, 'DataPlane', spec, [])).toBeNull();
});
