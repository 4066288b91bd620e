import { expect, test } from 'vitest';
import { refersToSecret, secretsReferredTo } from './secret-references';

const inAcme = (spec: unknown) => secretsReferredTo({ metadata: { name: 'prod', namespace: 'acme' }, spec });

test('every reference counts once, under either of its names', () => {
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

test('a cluster-wide plane names a Secret only with its namespace', () => {
  const spec = (namespace?: string) => ({ a: { secretKeyRef: { name: 'ca', namespace } } });
  expect(secretsReferredTo({ metadata: { name: 'shared' }, spec: spec() })).toEqual([]);
  expect(secretsReferredTo({ metadata: { name: 'shared' }, spec: spec('certs') })).toEqual(['certs/ca']);
});

test('a reference with a name and a key counts, whatever its field is called', () => {
  const reference = { name: 'agent-ca', key: 'ca.crt' };
  expect(inAcme({ later: [{ certificateFrom: reference }] })).toEqual(['acme/agent-ca']);
  expect(inAcme({ certificateFrom: { ...reference, namespace: 'certs' } })).toEqual(['certs/agent-ca']);
});

test('the name of something else does not count', () => {
  expect(inAcme({ ref: { kind: 'ObservabilityPlane', name: 'agent-ca' } })).toEqual([]);
  expect(inAcme({ secretStoreRef: { name: 'vault' }, imagePullSecretRefs: ['pull'] })).toEqual([]);
  expect(inAcme({ certificateFrom: { name: '', key: 'ca.crt' } })).toEqual([]);
});

test('a reference is found in a reference, and no deeper than a plane can be', () => {
  expect(inAcme({ secretRef: { name: 'a', key: 'k', fallback: { secretRef: 'b' } } })).toEqual([
    'acme/a',
    'acme/b',
  ]);
  let nested: unknown = { secretRef: 'deep' };
  for (let level = 0; level < 40; level += 1) nested = { nested };
  expect(inAcme(nested)).toEqual([]);
});

test('whether a plane refers to a Secret depends on the namespace too', () => {
  const plane = {
    metadata: { name: 'prod', namespace: 'acme' },
    spec: { a: [{ secretRef: { name: 'ca' } }] },
  };
  expect(refersToSecret(plane, { namespace: 'acme', name: 'ca' })).toBe(true);
  expect(refersToSecret(plane, { namespace: 'certs', name: 'ca' })).toBe(false);
  expect(refersToSecret(plane, { namespace: 'acme', name: 'other' })).toBe(false);
});

test.each([[undefined], [null], ['text'], [{ secretRef: null }], [{ secretRef: { name: '' } }]])(
  'a spec of %j names none',
  (spec) => {
    expect(inAcme(spec)).toEqual([]);
  },
);
