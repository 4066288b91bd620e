import { expect, test } from 'vitest';
import { secretsNamedBy } from './secret-references';

const inAcme = (spec: unknown) => secretsNamedBy({ metadata: { name: 'prod', namespace: 'acme' }, spec });

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
  expect(secretsNamedBy({ metadata: { name: 'shared' }, spec: spec() })).toEqual([]);
  expect(secretsNamedBy({ metadata: { name: 'shared' }, spec: spec('certs') })).toEqual(['certs/ca']);
});

test.each([[undefined], [null], ['text'], [{ secretRef: null }], [{ secretRef: { name: '' } }]])(
  'a spec of %j names none',
  (spec) => {
    expect(inAcme(spec)).toEqual([]);
  },
);
