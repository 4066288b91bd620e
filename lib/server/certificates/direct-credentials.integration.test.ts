import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Release } from '@/demo/crds/profiles';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { REFRESHED_AT_ANNOTATION } from '@/lib/plane/model/annotations';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { formatRfc3339 } from '@/lib/plane/time/age';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { openFleetAnswer } from '@/lib/server/feed/get-fleet';
import { serviceCaller } from '@/lib/server/rights/service-caller';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { planeNamed, startProcessRuntime, stopProcessRuntime, until } from '@/testing/server/test-runtime';

const NAMESPACE = '/namespaces/default';
const SERVER = 'https://192.0.2.1:6443';
const gateway = { publicVirtualHost: 'a.example.com', organizationVirtualHost: 'b.example.com' };

let bare: BareControlPlane;
let runtime: Runtime | undefined;
let authority: CertificateAuthority;
let client: { certPem: string; keyPem: string };
let other: { certPem: string; keyPem: string };
let server: { certPem: string; keyPem: string };
let refreshes = 0;

beforeAll(async () => {
  authority = await CertificateAuthority.create('cluster-ca', { days: 400 });
  client = await authority.client('openchoreo', [], { days: 5 });
  other = await authority.client('someone-else', [], { days: 400 });
  server = await authority.serving(['api.example.com'], { days: 400 });
});

async function start(release: Release): Promise<void> {
  bare = await sharedControlPlane(release);
  runtime = await startProcessRuntime(bare.controlPlane.kubeconfigPath);
}
afterEach(async () => {
  await stopProcessRuntime(runtime);
  await bare?.stop();
});
afterAll(async () => {
  await bare?.stop();
});

async function create(name: string, spec: object): Promise<void> {
  await bare.controlPlane.client.post(`/apis/${PLANE_API_VERSION}${NAMESPACE}/dataplanes`, {
    apiVersion: PLANE_API_VERSION,
    kind: 'DataPlane',
    metadata: { name },
    spec,
  });
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
const plane = (name: string) => (runtime ? planeNamed(runtime, name) : undefined);
const codes = (name: string) => plane(name)?.health.reasons.map(({ code }) => code) ?? [];
const states = (name: string) => plane(name)?.facts.credentials?.map(({ fact }) => fact.state) ?? [];

/** Resolves when a plane's credentials have these states, in the order of the schema. */
function untilStates(name: string, ...wanted: string[]): Promise<void> {
  if (!runtime) throw new Error('No server runs.');
  return until(runtime, () => states(name).join() === wanted.join());
}

describe('direct access', () => {
  test('of release 0.3: dates, usage and the pair of inline credentials are checked, and no key leaves the server', async () => {
    await start('0.3');
    const spec = (certPem: string, keyPem: string) => ({
      kubernetesCluster: {
        name: 'c',
        credentials: {
          apiServerURL: SERVER,
          caCert: base64(authority.certPem),
          clientCert: base64(certPem),
          clientKey: base64(keyPem),
        },
      },
      registry: { prefix: 'registry.example.com' },
      gateway,
    });
    await create('soon', spec(client.certPem, client.keyPem));
    await create('mixed-up', spec(other.certPem, client.keyPem));
    await create('for-servers', spec(server.certPem, server.keyPem));
    await untilStates('soon', 'parsed', 'parsed', 'present');
    await untilStates('for-servers', 'parsed', 'parsed', 'present');
    await untilStates('mixed-up', 'parsed', 'parsed', 'mismatched');
    expect(plane('soon')?.health.state).toBe('degraded');
    expect(codes('soon')[0]).toBe('certificate-expiring');
    expect(plane('soon')?.health.reasons[0]?.message).toMatch(/^The client certificate expires in [45] days/);
    expect(codes('mixed-up')[0]).toBe('private-key-mismatch');
    expect(plane('for-servers')?.health.state).toBe('degraded');
    expect(codes('for-servers')[0]).toBe('certificate-unusable');

    const json = await new Response(await openFleetAnswer(await serviceCaller(), 'identity')).text();
    for (const line of client.keyPem.split('\n').filter((text) => text.length > 40)) {
      expect(json).not.toContain(line);
      expect(json).not.toContain(base64(line).slice(0, 40));
    }
  });

  test('of release 0.7: missing Secrets and keys are found, and found again once they exist', async () => {
    await start('0.7');
    const secrets = `/api/v1${NAMESPACE}/secrets`;
    const from = (key: string) => ({ secretRef: { name: 'access', key } });
    await create('called', {
      gateway,
      kubernetesCluster: {
        server: SERVER,
        tls: { ca: from('ca.crt') },
        auth: { mtls: { clientCert: from('tls.crt'), clientKey: from('tls.key') } },
      },
    });
    await create('by-token', {
      gateway,
      kubernetesCluster: {
        server: SERVER,
        tls: { ca: { value: authority.certPem } },
        auth: { bearerToken: from('token') },
      },
    });
    await untilStates('called', 'secret-missing', 'secret-missing', 'secret-missing');
    await untilStates('by-token', 'parsed', 'secret-missing');
    expect(codes('called').filter((code) => code === 'secret-missing')).toEqual(['secret-missing']);
    expect(plane('called')?.health.state).toBe('degraded');

    const { client: kube } = bare.controlPlane;
    await kube.post(secrets, {
      metadata: { name: 'access' },
      data: { 'ca.crt': base64(authority.certPem), 'tls.crt': base64(other.certPem), token: base64('t') },
    });
    await touch('called');
    await touch('by-token');
    await untilStates('called', 'parsed', 'parsed', 'key-missing');
    await untilStates('by-token', 'parsed', 'present');
    expect(codes('by-token')).toEqual(['not-measured']);

    await kube.patch(`${secrets}/access`, { data: { 'tls.key': base64(other.keyPem) } });
    await touch('called');
    await untilStates('called', 'parsed', 'parsed', 'present');
    expect(codes('called')).toEqual(['not-measured']);
  });

  test('of release 0.7: conditions count no longer after a token is replaced in its Secret, until it is set back', async () => {
    await start('0.7');
    const { client: kube } = bare.controlPlane;
    const secrets = `/api/v1${NAMESPACE}/secrets`;
    const setToken = (token: string) =>
      kube.patch(`${secrets}/signed-in`, { data: { token: base64(token) } });
    await kube.post(secrets, { metadata: { name: 'signed-in' }, data: { token: base64('first') } });
    await create('signed-in', {
      gateway,
      kubernetesCluster: {
        server: SERVER,
        tls: { ca: { value: authority.certPem } },
        auth: { bearerToken: { secretRef: { name: 'signed-in', key: 'token' } } },
      },
    });
    const setReady = (lastTransitionTime: string) =>
      kube.patch(`/apis/${PLANE_API_VERSION}${NAMESPACE}/dataplanes/signed-in/status`, {
        status: {
          conditions: [{ type: 'Ready', status: 'True', reason: 'Ready', message: '', lastTransitionTime }],
        },
      });
    await setReady('2026-01-01T00:00:00Z');
    await untilStates('signed-in', 'parsed', 'present');
    await refresh('signed-in');

    await setToken('second');
    await untilOutdated('signed-in', ['Ready']);
    const { message } = plane('signed-in')?.health.reasons[0] ?? {};
    expect(message).toMatch(
      /^Reported, not measured: Ready is True, but from before a change of Secret default/,
    );
    await setToken('first');
    await untilOutdated('signed-in', undefined);

    await setToken('third');
    await untilOutdated('signed-in', ['Ready']);
    await setReady(formatRfc3339(Date.now() + SECOND_MS));
    await untilOutdated('signed-in', undefined);
    const texts = runtime?.history
      .of({ plural: 'dataplanes', namespace: 'default', name: 'signed-in' })
      .entries.flatMap(({ text, write }) => (write?.by === null ? [/changed|set back/.exec(text)?.[0]] : []));
    expect(texts).toEqual(['changed', 'set back', 'changed']);
  });

  test('a Secret that Planeboard may not read is not checked, and no finding', async () => {
    await start('0.7');
    const viewer = await bare.controlPlane.addUser({ name: 'plane-viewer' });
    await bare.controlPlane.client.post('/apis/rbac.authorization.k8s.io/v1/clusterroles', {
      metadata: { name: 'plane-viewer' },
      rules: [{ apiGroups: ['openchoreo.dev'], resources: ['*'], verbs: ['get', 'list', 'watch'] }],
    });
    await bare.controlPlane.client.post('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
      metadata: { name: 'plane-viewer' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'plane-viewer' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'plane-viewer' }],
    });
    await stopProcessRuntime(runtime);
    runtime = await startProcessRuntime(viewer.kubeconfigPath);
    const token = { secretRef: { name: 'access', key: 'token' } };
    await create('hidden', {
      gateway,
      kubernetesCluster: {
        server: SERVER,
        tls: { ca: { value: authority.certPem } },
        auth: { bearerToken: token },
      },
    });
    await untilStates('hidden', 'parsed', 'not-checked');
    expect(codes('hidden')).toEqual(['not-measured']);
  });
});

/** Resolves when these conditions of a plane are from before a change of its credentials. Refreshes it until then. */
async function untilOutdated(name: string, conditions: readonly string[] | undefined): Promise<void> {
  const isSo = () => plane(name)?.facts.credentialChange?.conditions.join() === conditions?.join();
  if (!runtime) throw new Error('No server runs.');
  await refresh(name);
  await until(runtime, isSo);
}

/** Makes Planeboard read a plane's Secrets again, without a change of its spec. */
async function refresh(name: string): Promise<void> {
  const path = `/apis/${PLANE_API_VERSION}${NAMESPACE}/dataplanes/${name}`;
  refreshes += 1;
  await bare.controlPlane.client.patch(path, {
    metadata: { annotations: { [REFRESHED_AT_ANNOTATION]: `${refreshes}` } },
  });
}

/** Any change of the plane makes Planeboard read its Secrets again. */
async function touch(name: string): Promise<void> {
  const path = `/apis/${PLANE_API_VERSION}${NAMESPACE}/dataplanes/${name}`;
  await bare.controlPlane.client.patch(path, { spec: { imagePullSecretRefs: [String(Date.now())] } });
}
