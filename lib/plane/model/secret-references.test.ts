import { expect, test } from 'vitest';
import { refersToSecret, secretsReferredTo } from './secret-references';

const inAcme = (spec: unknown) => secretsReferredTo({ metadata: { name: 'prod', namespace: 'acme' }, spec });

test('counts every reference once, under both field names', () => {
  const ca = { secretKeyRef: { name: 'agent-ca', key: 'ca.crt' } };
  expect(
    inAcme({
      clusterAgent: { clientCA: ca },
      kubernetesCluster: {
        auth: { mtls: { clientCert: { secretRef: { name: 'tls', namespace: 'certs' } } } },
      },
      list: [ca, { secretRef: 'plain' }],
    }),
  ).toEqual(['acme/agent-ca', 'certs/tls', 'acme/plain']);
});

test("counts a cluster-wide plane's reference only with a namespace", () => {
  const spec = (namespace?: string) => ({ a: { secretKeyRef: { name: 'ca', namespace } } });
  expect(secretsReferredTo({ metadata: { name: 'shared' }, spec: spec() })).toEqual([]);
  expect(secretsReferredTo({ metadata: { name: 'shared' }, spec: spec('certs') })).toEqual(['certs/ca']);
});

test('counts a reference with a name and a key, whatever its field is called', () => {
  const reference = { name: 'agent-ca', key: 'ca.crt' };
  expect(inAcme({ later: [{ certificateFrom: reference }] })).toEqual(['acme/agent-ca']);
  expect(inAcme({ certificateFrom: { ...reference, namespace: 'certs' } })).toEqual(['certs/agent-ca']);
});

test('ignores names of other objects', () => {
  expect(inAcme({ ref: { kind: 'ObservabilityPlane', name: 'agent-ca' } })).toEqual([]);
  expect(inAcme({ secretStoreRef: { name: 'vault' }, imagePullSecretRefs: ['pull'] })).toEqual([]);
  expect(inAcme({ certificateFrom: { name: '', key: 'ca.crt' } })).toEqual([]);
});

test('finds a reference within a reference, but not deeper than a plane can be', () => {
  expect(inAcme({ secretRef: { name: 'a', key: 'k', fallback: { secretRef: 'b' } } })).toEqual([
    'acme/a',
    'acme/b',
  ]);
  let nested: unknown = { secretRef: 'deep' };
  for (let level = 0; level < 40; level += 1) nested = { nested };
  expect(inAcme(nested)).toEqual([]);
});

test('refersToSecret also compares the namespace', () => {
  const plane = {
    metadata: { name: 'prod', namespace: 'acme' },
    spec: { a: [{ secretRef: { name: 'ca' } }] },
  };
  expect(refersToSecret(plane, { namespace: 'acme', name: 'ca' })).toBe(true);
  expect(refersToSecret(plane, { namespace: 'certs', name: 'ca' })).toBe(false);
  expect(refersToSecret(plane, { namespace: 'acme', name: 'other' })).toBe(false);
});

test.each([[undefined], [null], ['text'], [{ secretRef: null }], [{ secretRef: { name: '' } }]])(
  'finds none in a spec of %j',
  (spec) => {
    expect(inAcme(spec)).toEqual([]);
  },
);
