import { describe, expect, test } from 'vitest';
import { RELEASES } from '@/demo/crds/profiles';
import { newDraft } from '@/lib/plane/registration/new-draft';
import { installedKind, installedKinds, inventedKind } from '@/testing/plane/installed-kinds';
import { activeSlots, connectionsOf, credentialSlots, directAuthsOf } from './credential-slots';

const slotTable = (kind: Parameters<typeof credentialSlots>[0]) =>
  Object.fromEntries(
    credentialSlots(kind).map(({ id, purpose, form, refField }) => [
      id,
      [purpose, form, ...(refField ? [refField] : [])].join(' '),
    ]),
  );

describe('credentialSlots', () => {
  test.each([
    [
      '0.3',
      'DataPlane',
      {
        'kubernetesCluster.credentials.caCert': 'server-ca base64',
        'kubernetesCluster.credentials.clientCert': 'client-certificate base64',
        'kubernetesCluster.credentials.clientKey': 'client-key base64',
        'observer.authentication.basicAuth.password': 'password text',
      },
    ],
    [
      '0.7',
      'BuildPlane',
      {
        'agent.clientCA': 'agent-ca value-from secretRef',
        'kubernetesCluster.tls.ca': 'server-ca value-from secretRef',
        'kubernetesCluster.auth.mtls.clientCert': 'client-certificate value-from secretRef',
        'kubernetesCluster.auth.mtls.clientKey': 'client-key value-from secretRef',
        'kubernetesCluster.auth.bearerToken': 'bearer-token value-from secretRef',
        'observer.authentication.basicAuth.password': 'password text',
      },
    ],
    ['0.16', 'ClusterDataPlane', { 'clusterAgent.clientCA': 'agent-ca value-from secretRef' }],
    ['1.0', 'WorkflowPlane', { 'clusterAgent.clientCA': 'agent-ca value-from secretKeyRef' }],
    ['1.2', 'ClusterObservabilityPlane', { 'clusterAgent.clientCA': 'agent-ca value-from secretKeyRef' }],
  ] as const)('release %s, %s', (release, kind, expected) => {
    expect(slotTable(installedKind(release, kind))).toEqual(expected);
  });

  test("finds any ValueFrom and any text with a secret's name in an unknown schema", () => {
    const reference = {
      type: 'object',
      properties: { name: { type: 'string' }, key: { type: 'string' } },
    };
    const kind = inventedKind('DataPlane', {
      type: 'object',
      properties: {
        webhook: {
          type: 'object',
          properties: {
            signing: { type: 'object', properties: { value: { type: 'string' }, secretKeyRef: reference } },
            apiToken: { type: 'string' },
            tokenSecretRef: { type: 'string' },
            credentials: {
              type: 'object',
              properties: { url: { type: 'string' }, certificate: { type: 'string' } },
            },
            mode: { type: 'string', enum: ['token', 'none'] },
          },
        },
        oldToken: {
          type: 'object',
          properties: { value: { type: 'string' }, secretRef: { type: 'string' } },
        },
        constructor: { type: 'object', properties: { password: { type: 'string' } } },
        users: {
          type: 'array',
          items: { type: 'object', properties: { password: { type: 'string' } } },
        },
      },
    });
    expect(slotTable(kind)).toEqual({
      'webhook.signing': 'other value-from secretKeyRef',
      'webhook.apiToken': 'other text',
      'webhook.credentials.certificate': 'other text',
      'oldToken.value': 'other text',
      'constructor.password': 'password text',
    });
  });
});

describe('how a cluster is reached', () => {
  test.each([
    ['0.3', ['direct'], []],
    ['0.7', ['agent', 'direct'], ['mtls', 'bearer-token']],
    ['0.16', ['agent'], []],
    ['1.0', ['agent'], []],
    ['1.2', ['agent'], []],
  ] as const)('in release %s: by %j, signing in with %j', (release, connections, auths) => {
    for (const kind of installedKinds(release)) {
      expect(connectionsOf(kind)).toEqual(connections);
      expect(directAuthsOf(kind)).toEqual(auths);
    }
  });
});

describe('activeSlots', () => {
  const active = (release: (typeof RELEASES)[number], changes: object) => {
    const kind = installedKind(release, 'DataPlane');
    return activeSlots(kind, { ...newDraft(kind, 'id'), ...changes }).map(
      ({ id, required }) => `${id}${required ? '!' : ''}`,
    );
  };

  test("requires the CA of an agent, although the schema of 0.7 doesn't", () => {
    expect(active('0.7', { connection: 'agent' })).toEqual(['agent.clientCA!']);
    expect(active('1.2', {})).toEqual(['clusterAgent.clientCA!']);
  });

  test('requires what the chosen sign-in for direct access needs, and nothing of the other', () => {
    expect(active('0.7', { connection: 'direct', auth: 'mtls' })).toEqual([
      'kubernetesCluster.tls.ca!',
      'kubernetesCluster.auth.mtls.clientCert!',
      'kubernetesCluster.auth.mtls.clientKey!',
    ]);
    expect(active('0.7', { connection: 'direct', auth: 'bearer-token' })).toEqual([
      'kubernetesCluster.tls.ca!',
      'kubernetesCluster.auth.bearerToken!',
    ]);
  });

  test('includes an optional group only while it is present', () => {
    expect(active('0.7', { spec: { observer: {} } })).toEqual([
      'agent.clientCA!',
      'observer.authentication.basicAuth.password!',
    ]);
  });

  test("falls back to the kind's connection if it doesn't offer the chosen one", () => {
    expect(active('0.3', { connection: 'agent' })).toHaveLength(3);
    expect(active('1.2', { connection: 'direct' })).toEqual(['clusterAgent.clientCA!']);
  });
});

test('requires a credential to reach the cluster for every kind of every profile', () => {
  for (const release of RELEASES) {
    for (const kind of installedKinds(release)) {
      expect(activeSlots(kind, newDraft(kind, 'id')).some(({ required }) => required)).toBe(true);
    }
  }
});
