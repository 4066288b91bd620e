import { describe, expect, test } from 'vitest';
import type { JsonObject } from '@/lib/plane/json/json';
import { yamlText } from '@/lib/plane/json/yaml-text';
import { MASK } from './mask';
import { redactObject } from './redact';

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUabc=\n-----END CERTIFICATE-----\n';
const PRIVATE_KEY = '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIabc=\n-----END EC PRIVATE KEY-----\n';
const base64 = (text: string) => btoa(text);

describe('redactObject', () => {
  test('masks the inline key of the oldest release and keeps its public certificates', () => {
    const { object, masked } = redactObject({
      spec: {
        kubernetesCluster: {
          name: 'prod',
          credentials: {
            apiServerURL: 'https://k8s.example.com:6443',
            caCert: base64(CERTIFICATE),
            clientCert: base64(CERTIFICATE),
            clientKey: base64(PRIVATE_KEY),
          },
        },
        registry: { prefix: 'docker.io/acme', secretRef: 'registry-credentials' },
        observer: {
          url: 'https://observer',
          authentication: { basicAuth: { username: 'admin', password: 'hunter2' } },
        },
      },
    });
    expect(object).toEqual({
      spec: {
        kubernetesCluster: {
          name: 'prod',
          credentials: {
            apiServerURL: 'https://k8s.example.com:6443',
            caCert: base64(CERTIFICATE),
            clientCert: base64(CERTIFICATE),
            clientKey: MASK,
          },
        },
        registry: { prefix: 'docker.io/acme', secretRef: 'registry-credentials' },
        observer: {
          url: 'https://observer',
          authentication: { basicAuth: { username: 'admin', password: MASK } },
        },
      },
    });
    expect(masked).toEqual([
      ['spec', 'kubernetesCluster', 'credentials', 'clientKey'],
      ['spec', 'observer', 'authentication', 'basicAuth', 'password'],
    ]);
  });

  test.each([
    [
      'a bearer token',
      { auth: { bearerToken: { value: 'opaque-token' } } },
      { auth: { bearerToken: { value: MASK } } },
    ],
    [
      'a client key',
      { mtls: { clientKey: { value: PRIVATE_KEY } } },
      { mtls: { clientKey: { value: MASK } } },
    ],
    [
      'a private key in the place of a CA',
      { clientCA: { value: CERTIFICATE + PRIVATE_KEY } },
      { clientCA: { value: MASK } },
    ],
    ['a private key in base64 in any field', { note: base64(PRIVATE_KEY) }, { note: MASK }],
    [
      'an inline value of an unknown ValueFrom',
      { future: { value: 'whatever' } },
      { future: { value: MASK } },
    ],
    [
      'a token recognised by its format',
      { header: `eyJ${'a'.repeat(20)}.${'b'.repeat(20)}.sig` },
      { header: MASK },
    ],
    ['a password in a URL', { url: 'https://me:pw@host/' }, { url: MASK }],
    ['secrets in lists', { passwords: ['a', 'b'] }, { passwords: [MASK, MASK] }],
  ])('masks %s', (_what, spec, expected) => {
    expect(redactObject({ spec }).object).toEqual({ spec: expected });
  });

  test.each([
    ['a CA', { clientCA: { value: CERTIFICATE } }],
    ['a bundle', { clientCA: { value: CERTIFICATE + CERTIFICATE } }],
    [
      'references to Secrets',
      {
        clientCA: { secretKeyRef: { name: 'a', namespace: 'b', key: 'ca.crt' } },
        bearerToken: { secretRef: { name: 'a', key: 'token' } },
      },
    ],
    [
      'names of stores and pull secrets',
      { secretStoreRef: { name: 'vault' }, imagePullSecretRefs: ['one', 'two'] },
    ],
  ])('shows %s', (_what, spec) => {
    expect(redactObject({ spec })).toEqual({ object: { spec }, masked: [], hidden: [] });
  });

  const original = JSON.stringify({
    spec: { observer: { authentication: { basicAuth: { password: 'hunter2' } } } },
  });
  const annotations = { 'kapp.k14s.io/original': original, note: '{"colour":"blue"}', curly: '{ not JSON' };

  test('drops an annotation that is a copy of the resource, and leaves out data', () => {
    const { object, hidden } = redactObject({ metadata: { annotations } });
    expect(object).toEqual({ metadata: { annotations: { curly: '{ not JSON' } } });
    expect(hidden).toEqual([{ name: 'note', bytes: 17 }]);
  });

  test('mentions a copy that an unknown tool keeps', () => {
    const { object, hidden } = redactObject({ metadata: { annotations: { 'acme.com/backup': original } } });
    expect(object).toEqual({ metadata: {} });
    expect(hidden).toEqual([{ name: 'acme.com/backup', bytes: original.length }]);
  });

  test('describes data by its size, or keeps it, on request', () => {
    expect(redactObject({ metadata: { annotations } }, 'describe').object).toEqual({
      metadata: { annotations: { note: '17 bytes, not shown', curly: '{ not JSON' } },
    });
    expect(redactObject({ metadata: { annotations } }, 'keep').object).toEqual({
      metadata: { annotations: { note: '{"colour":"blue"}', curly: '{ not JSON' } },
    });
  });

  test('masks text around an inline certificate', () => {
    const { object } = redactObject({ spec: { clientCA: { value: `password: hunter2\n${CERTIFICATE}` } } });
    expect(object).toEqual({ spec: { clientCA: { value: MASK } } });
  });

  test.each(['adminPwd', 'acme.example/github-pat'])('masks the annotation %s', (name) => {
    const { object } = redactObject({ metadata: { annotations: { [name]: 'hunter', compat: 'v1' } } });
    expect(object).toEqual({ metadata: { annotations: { [name]: MASK, compat: 'v1' } } });
  });

  test('drops managedFields and every last-applied annotation and keeps the others', () => {
    const raw = {
      metadata: {
        name: 'a',
        managedFields: [{ manager: 'kubectl' }],
        annotations: {
          'kubectl.kubernetes.io/last-applied-configuration': '{"spec":"canary"}',
          'openchoreo.dev/display-name': 'A',
        },
        labels: { token: 'blue' },
      },
    };
    expect(redactObject(raw).object).toEqual({
      metadata: { name: 'a', annotations: { 'openchoreo.dev/display-name': 'A' }, labels: { token: 'blue' } },
    });
    expect(raw.metadata.managedFields).toHaveLength(1);
  });

  test('masks annotations whose names say that they hold a secret', () => {
    const annotations = {
      'acme.com/password': 'hunter2',
      'acme.com/api-token': 'hunter2',
      'acme.com/private-key': 'hunter2',
      'acme.com/access-token-value': 'hunter2',
      'vault.example/secret-id': 'opaque',
      'vault.example/client-secret': 'opaque',
      'acme.com/credentials': 'CanaryPw9981xyz',
      'meta.helm.sh/values': 'adminPassword: CANARYhelm',
      'acme.com/manifest': 'adminPassword:\n  CANARYhelm',
      'acme.com/pull-secret': 'registry-credentials',
      'acme.com/check-pass': 'true',
      'acme.com/token-file': '/var/run/token',
      'acme.com/token-issuer': 'acme',
    };
    expect(redactObject({ metadata: { annotations } }).object).toEqual({
      metadata: {
        annotations: {
          ...annotations,
          'acme.com/password': MASK,
          'acme.com/api-token': MASK,
          'acme.com/private-key': MASK,
          'acme.com/access-token-value': MASK,
          'vault.example/secret-id': MASK,
          'vault.example/client-secret': MASK,
          'acme.com/credentials': MASK,
          'meta.helm.sh/values': MASK,
          'acme.com/manifest': MASK,
        },
      },
    });
  });

  test.each([
    ['auths', { 'ghcr.io': { auth: 'dTpw' } }, { 'ghcr.io': { auth: MASK } }],
    ['pass', 'a', MASK],
    ['postgresPwd', 'a', MASK],
    ['accessKey', 'a', MASK],
    ['secretKey', 'a', MASK],
    ['passThrough', 'a', 'a'],
    ['secretId', 'a', MASK],
    ['auth', 'oidc', 'oidc'],
    ['auth', btoa('user:hunter'), MASK],
  ])('masks by the name %s', (name, value, expected) => {
    expect(redactObject({ spec: { [name]: value } }).object).toEqual({ spec: { [name]: expected } });
  });

  test('masks what a Secret of another object holds', () => {
    const secret = { kind: 'Secret', metadata: { name: 'db' }, type: 'Opaque', data: { a: 'aHVudGVyMg==' } };
    expect(
      redactObject({ spec: { items: [secret, { kind: 'ConfigMap', data: { a: 'b' } }] } }).object,
    ).toEqual({
      spec: {
        items: [
          { ...secret, data: { a: MASK } },
          { kind: 'ConfigMap', data: { a: 'b' } },
        ],
      },
    });
  });

  test.each([
    'kubeconfig',
    '.dockerconfigjson',
    'passwordHash',
    'client-key-data',
    'tokenValue',
    'Authorization',
  ])('masks a field of an unknown release by its name: %s', (name) => {
    expect(redactObject({ spec: { [name]: 'opaque' } }).object).toEqual({ spec: { [name]: MASK } });
  });

  test('masks what is nested more deeply than any schema, so that nothing exhausts the stack', () => {
    const raw: unknown = JSON.parse(`{"spec":${'{"a":'.repeat(9000)}1${'}'.repeat(9001)}`);
    const { object, masked } = redactObject(raw);
    expect(masked).toHaveLength(1);
    expect(yamlText(object as JsonObject).length).toBeLessThan(20_000);
  });
});
