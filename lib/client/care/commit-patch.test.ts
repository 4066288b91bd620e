import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { CredentialSlot } from '@/lib/plane/draft/credential-slot';
import { commitPatch } from './commit-patch';

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

test('what stands in the plane itself is written out, the old certificate before the new', () => {
  const patch = commitPatch(
    identity,
    'DataPlane',
    { clusterAgent: { clientCA: { value: 'OLD' } } },
    CA,
    'NEW',
    true,
  );
  expect(patch?.object).toBe('DataPlane acme/prod');
  expect(parse(patch?.yaml ?? '')).toEqual({
    apiVersion: 'openchoreo.dev/v1alpha1',
    kind: 'DataPlane',
    metadata: { name: 'prod', namespace: 'acme' },
    spec: { clusterAgent: { clientCA: { value: 'OLD\nNEW\n' } } },
  });
});

test('of a Secret only the key changes, and what is not known here keeps its place', () => {
  const patch = commitPatch(identity, 'DataPlane', inSecret, CA, 'NEW', true);
  expect(patch?.object).toBe('Secret acme/prod-ca');
  const { kind, metadata, stringData } = parse(patch?.yaml ?? '');
  expect({ kind, metadata }).toEqual({ kind: 'Secret', metadata: { name: 'prod-ca', namespace: 'acme' } });
  expect(stringData['ca.crt']).toMatch(/^# <the certificates that stand there now.*>\nNEW\n$/);
  expect(
    parse(commitPatch(identity, 'DataPlane', inSecret, CA, 'NEW', false)?.yaml ?? '').stringData,
  ).toEqual({
    'ca.crt': 'NEW\n',
  });
});

test('a secret never stands in a patch', () => {
  const spec = { kubernetesCluster: { credentials: { clientKey: '<hidden by Planeboard>' } } };
  const yaml = commitPatch(identity, 'DataPlane', spec, KEY, null, false)?.yaml ?? '';
  expect(parse(yaml).spec.kubernetesCluster.credentials.clientKey).toMatch(/^<put it here/);
});

test('the oldest release takes a certificate as base64', () => {
  const slot: CredentialSlot = { ...KEY, purpose: 'server-ca' };
  const yaml = commitPatch(identity, 'DataPlane', {}, slot, 'NEW', false)?.yaml ?? '';
  expect(atob(parse(yaml).spec.kubernetesCluster.credentials.clientKey)).toBe('NEW\n');
});
