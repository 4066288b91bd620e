import { describe, expect, test } from 'vitest';
import type { Release } from '@/demo/crds/profiles';
import { installedKind, inventedKind } from '@/testing/plane/installed-kinds';
import { credentialSlots } from './credential-slots';
import { usedCredentials } from './used-credentials';

const direct = { namespace: 'acme', connection: 'direct' } as const;
const ref = (key: string) => ({ secretRef: { name: 'prod', key } });

function used(release: Release, spec: unknown, plane: Parameters<typeof usedCredentials>[2] = direct) {
  const slots = credentialSlots(installedKind(release, 'DataPlane'));
  return usedCredentials(slots, { spec }, plane);
}

describe('the credentials of a plane', () => {
  test('of release 0.3 are base64 in the plane itself', () => {
    const credentials = { caCert: 'Y2E=', clientCert: 'Y3J0', clientKey: 'a2V5' };
    expect(used('0.3', { kubernetesCluster: { credentials } })).toMatchObject([
      { slot: 'kubernetesCluster.credentials.caCert', purpose: 'server-ca', isBase64: true },
      { purpose: 'client-certificate', place: { at: 'inline', text: 'Y3J0' } },
      {
        purpose: 'client-key',
        place: { at: 'inline', text: 'a2V5' },
        certificateSlot: 'kubernetesCluster.credentials.clientCert',
      },
    ]);
  });

  test("of release 0.7 are in Secrets of the plane's namespace by default", () => {
    const kubernetesCluster = {
      tls: { ca: ref('ca.crt') },
      auth: {
        mtls: {
          clientCert: ref('tls.crt'),
          clientKey: { secretRef: { name: 'k', namespace: 'x', key: 'k' } },
        },
      },
    };
    expect(used('0.7', { kubernetesCluster }).map(({ place }) => place)).toEqual([
      { at: 'secret', secret: { namespace: 'acme', name: 'prod', key: 'ca.crt' } },
      { at: 'secret', secret: { namespace: 'acme', name: 'prod', key: 'tls.crt' } },
      { at: 'secret', secret: { namespace: 'x', name: 'k', key: 'k' } },
    ]);
  });

  test('include what is required and absent, and no choice that was not made', () => {
    const kubernetesCluster = { tls: { ca: {} }, auth: { bearerToken: {} } };
    expect(used('0.7', { kubernetesCluster })).toEqual([
      { slot: 'kubernetesCluster.tls.ca', purpose: 'server-ca', isBase64: false, place: { at: 'absent' } },
      {
        slot: 'kubernetesCluster.auth.bearerToken',
        purpose: 'bearer-token',
        isBase64: false,
        place: { at: 'absent' },
      },
    ]);
  });

  test('include a token if the plane has no credential at all to sign in with', () => {
    expect(used('0.7', { kubernetesCluster: { tls: { ca: ref('ca') }, auth: {} } })).toMatchObject([
      { purpose: 'server-ca' },
      { purpose: 'bearer-token', place: { at: 'absent' } },
    ]);
  });

  test.each([
    ['no agent', {}],
    ['a disabled agent', { agent: { enabled: false, clientCA: { value: 'pem' } } }],
  ])('are the absent CA and token if the plane has neither access data nor more than %s', (_, spec) => {
    expect(used('0.7', spec)).toMatchObject([
      { purpose: 'server-ca', place: { at: 'absent' } },
      { purpose: 'bearer-token', place: { at: 'absent' } },
    ]);
    expect(used('0.7', spec, { namespace: 'acme', connection: 'agent' })).toEqual([]);
  });

  test('leave out a token beside a client certificate, which the controllers prefer', () => {
    const auth = { mtls: { clientCert: ref('c'), clientKey: ref('k') }, bearerToken: ref('t') };
    const slots = used('0.7', { kubernetesCluster: { tls: { ca: ref('ca') }, auth } }).map(
      ({ slot }) => slot,
    );
    expect(slots).not.toContain('kubernetesCluster.auth.bearerToken');
  });

  test('leave out access data that an enabled agent replaces', () => {
    const kubernetesCluster = { tls: { ca: {} }, auth: { bearerToken: {} } };
    expect(used('0.7', { kubernetesCluster }, { namespace: 'acme', connection: 'agent' })).toEqual([]);
  });

  test('of releases whose reference is a plain text name a whole Secret', () => {
    const value = {
      type: 'object',
      properties: { value: { type: 'string' }, secretRef: { type: 'string' } },
    };
    const kind = inventedKind('DataPlane', {
      type: 'object',
      properties: {
        kubernetesCluster: {
          type: 'object',
          properties: {
            auth: {
              type: 'object',
              properties: { mtls: { type: 'object', properties: { clientCert: value, clientKey: value } } },
            },
          },
        },
      },
    });
    const mtls = { clientCert: { value: 'pem' }, clientKey: { secretRef: 'prod' } };
    const found = usedCredentials(
      credentialSlots(kind),
      { spec: { kubernetesCluster: { auth: { mtls } } } },
      direct,
    );
    expect(found).toMatchObject([
      { purpose: 'client-certificate', place: { at: 'inline', text: 'pem' } },
      {
        purpose: 'client-key',
        place: { at: 'whole-secret', namespace: 'acme', name: 'prod' },
        certificateSlot: 'kubernetesCluster.auth.mtls.clientCert.value',
      },
    ]);
  });

  test('leave out a password that the plane itself holds', () => {
    const observer = { authentication: { basicAuth: { username: 'u', password: 'p' } } };
    expect(used('0.7', { observer }, { namespace: 'acme', connection: 'agent' })).toEqual([]);
  });

  test('of an unreadable plane are unknown', () => {
    expect(
      used('0.7', { kubernetesCluster: { tls: { ca: {} } } }, { ...direct, unreadable: ['No.'] }),
    ).toEqual([]);
  });
});
