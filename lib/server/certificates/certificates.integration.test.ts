import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CertificateAuthority, selfSignedAgent } from '@/demo/pki/certificate-authority';
import type { CertificateFact } from '@/lib/plane/health/health-facts';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { planeNamed, startRuntime, until } from '@/testing/server/test-runtime';

let demo: BareControlPlane;
let writer: DataPlaneWriter;
let runtime: Runtime;
let authority: CertificateAuthority;

beforeAll(async () => {
  demo = await sharedControlPlane();
  writer = new DataPlaneWriter(demo.controlPlane.client);
  authority = await CertificateAuthority.create('company agents', { days: 400 });
});
afterAll(async () => {
  await demo?.stop();
});
afterEach(async () => {
  await runtime.stop();
});

const secrets = '/api/v1/namespaces/default/secrets';
const fromSecret = { clusterAgent: { clientCA: { secretKeyRef: { name: 'agent-ca', key: 'ca.crt' } } } };

function factOf(name: string): CertificateFact | undefined {
  return planeNamed(runtime, name)?.facts.certificate;
}

function untilFact(name: string, state: CertificateFact['state']): Promise<void> {
  return until(runtime, () => factOf(name)?.state === state);
}

async function writeSecret(data: Record<string, string>): Promise<void> {
  const { client } = demo.controlPlane;
  const encoded = Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
  );
  if (await client.find(`${secrets}/agent-ca`)) await client.delete(`${secrets}/agent-ca`);
  await client.post(secrets, { metadata: { name: 'agent-ca' }, data: encoded });
}

describe('the CA of a plane', () => {
  test('is read from the resource: an authority, a self-signed leaf, a bundle or nothing', async () => {
    const leaf = await selfSignedAgent('agent', { days: 20 });
    const inline = (value: string) => ({ clusterAgent: { clientCA: { value } } });
    await writer.create('by-authority', inline(authority.certPem));
    await writer.create('by-leaf', inline(leaf.certPem));
    await writer.create('by-bundle', inline(`${leaf.certPem}\n${authority.certPem}`));
    await writer.create(
      'by-nonsense',
      inline('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'),
    );
    await writer.create('by-nothing', { clusterAgent: { clientCA: {} } });
    runtime = startRuntime(demo.controlPlane.kubeconfigPath);
    await until(runtime, () => planeNamed(runtime, 'by-nothing') !== undefined);

    expect(factOf('by-authority')).toMatchObject({ state: 'parsed', selfSignedLeaf: false, count: 1 });
    expect(factOf('by-leaf')).toMatchObject({ state: 'parsed', selfSignedLeaf: true, subject: 'CN=agent' });
    expect(factOf('by-bundle')).toMatchObject({
      state: 'parsed',
      selfSignedLeaf: false,
      count: 2,
      earlier: [{ selfSignedLeaf: true }],
    });
    expect(planeNamed(runtime, 'by-bundle')?.health.reasons.map((reason) => reason.code)).toContain(
      'certificate-partly-expiring',
    );
    expect(factOf('by-nonsense')).toMatchObject({ state: 'unparsable' });
    expect(factOf('by-nothing')).toEqual({ state: 'absent' });
    expect(planeNamed(runtime, 'by-leaf')?.health.reasons.map((reason) => reason.code)).toContain(
      'certificate-expiring',
    );
  });

  test('is read from a Secret, and again whenever the plane changes', async () => {
    await writer.create('by-secret', fromSecret);
    runtime = startRuntime(demo.controlPlane.kubeconfigPath);
    await untilFact('by-secret', 'secret-missing');

    await writeSecret({ 'tls.crt': 'something else' });
    await writer.setSpec('by-secret', { planeID: 'changed-once' });
    await untilFact('by-secret', 'key-missing');
    expect(factOf('by-secret')).toEqual({ state: 'key-missing', secret: 'default/agent-ca', key: 'ca.crt' });

    await writeSecret({ 'ca.crt': authority.certPem });
    await writer.setSpec('by-secret', { planeID: 'changed-twice' });
    await untilFact('by-secret', 'parsed');
  });

  test('that is replaced in its Secret and set back is a change of each plane that it disconnects', async () => {
    const names = ['patched-1', 'patched-2', 'patched-3'];
    const other = await CertificateAuthority.create('other agents', { days: 400 });
    await writeSecret({ 'ca.crt': authority.certPem });
    for (const name of names) {
      await writer.create(name, fromSecret);
      await writer.beat(name);
    }
    runtime = startRuntime(demo.controlPlane.kubeconfigPath);
    for (const name of names) await untilFact(name, 'parsed');
    const changesOf = (name: string) =>
      runtime.history
        .of({ plural: 'dataplanes', namespace: 'default', name })
        .entries.flatMap(({ text, write }) => (write?.by === null ? [text] : []));

    const patch = (ca: string) =>
      demo.controlPlane.client.patch(`${secrets}/agent-ca`, {
        data: { 'ca.crt': Buffer.from(ca).toString('base64') },
      });
    await patch(other.certPem);
    for (const name of names) await writer.disconnect(name);
    const changed = "Agent CA in Secret default/agent-ca changed. A Secret doesn't say by whom.";
    await until(runtime, () => names.every((name) => changesOf(name)[0] === changed));
    await until(runtime, () => runtime.engine.incidents.length === 0);
    expect(planeNamed(runtime, 'patched-1')?.health.state).toBe('disconnected');

    await patch(authority.certPem);
    await writer.beat('patched-1');
    const setBack = "Agent CA in Secret default/agent-ca set back. A Secret doesn't say by whom.";
    await until(runtime, () => changesOf('patched-1')[0] === setBack);
    expect(changesOf('patched-1')).toEqual([setBack, changed]);
  });

  test("isn't checked in a Secret that Planeboard may not read", async () => {
    const viewer = await demo.controlPlane.addUser({ name: 'viewer' });
    await demo.controlPlane.client.post('/apis/rbac.authorization.k8s.io/v1/clusterroles', {
      metadata: { name: 'plane-viewer' },
      rules: [
        { apiGroups: ['openchoreo.dev'], resources: ['*'], verbs: ['get', 'list', 'watch'] },
        { apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: ['allowed-ca'] },
      ],
    });
    await demo.controlPlane.client.post('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
      metadata: { name: 'plane-viewer' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'plane-viewer' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'viewer' }],
    });
    await writer.create('unreadable', fromSecret);
    await writer.create('visible', {
      clusterAgent: { clientCA: { secretKeyRef: { name: 'allowed-ca', key: 'ca.crt' } } },
    });
    runtime = startRuntime(viewer.kubeconfigPath);
    // This Secret is read after the other, so reading the other was tried and rejected.
    await untilFact('visible', 'secret-missing');
    expect(factOf('unreadable')).toEqual({ state: 'not-checked' });
  });

  test('is never requested from a Secret with an invalid name', async () => {
    await writer.create('trick', {
      clusterAgent: { clientCA: { secretKeyRef: { name: '../../../version', key: 'gitVersion' } } },
    });
    runtime = startRuntime(demo.controlPlane.kubeconfigPath);
    await untilFact('trick', 'secret-missing');
  });
});
