import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { PLANE_ANNOTATION } from '@/lib/plane/model/annotations';
import { refreshPlane } from '@/lib/server/edit/refresh-plane';
import type { Caller } from '@/lib/server/rights/caller';
import { serviceCaller } from '@/lib/server/rights/service-caller';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { FaultProxy } from '@/testing/control-plane/fault-proxy';
import { grant } from '@/testing/control-plane/kube-objects';
import { agentDraft, installedKindOf } from '@/testing/server/agent-draft';
import { callerOf } from '@/testing/server/test-caller';
import { captureLog, startProcessRuntime } from '@/testing/server/test-runtime';
import { registrationKinds, registrationNamespaces } from './creation-rights';
import { registrationSecrets } from './existing-secrets';
import { registerPlane } from './register-plane';

const PLANES = { apiGroups: ['openchoreo.dev'], resources: ['dataplanes'] };
const DATA_PLANES = '/apis/openchoreo.dev/v1alpha1/namespaces/acme/dataplanes';

let demo: BareControlPlane;
let runtime: Runtime;
let authority: CertificateAuthority;
let admin: Caller;
const open: (() => Promise<void>)[] = [];

beforeAll(async () => {
  captureLog();
  demo = await sharedControlPlane();
  const { client } = demo.controlPlane;
  const organisation = { 'openchoreo.dev/control-plane': 'true' };
  await client.post('/api/v1/namespaces', { metadata: { name: 'acme', labels: organisation } });
  await client.post('/api/v1/namespaces', {
    metadata: { name: 'before-1-0', labels: { 'openchoreo.dev/controlplane-namespace': 'true' } },
  });
  await client.post('/api/v1/namespaces', { metadata: { name: 'going', labels: organisation } });
  // Nothing completes the deletion of a namespace here, so it stays in that state.
  await client.delete('/api/v1/namespaces/going');
  authority = await CertificateAuthority.create('company agents', { days: 400 });
  runtime = await startProcessRuntime(demo.controlPlane.kubeconfigPath);
  admin = await serviceCaller();
});
afterAll(async () => {
  await Promise.all(open.map((close) => close()));
  await runtime?.stop();
  await demo?.stop();
});

async function userNamed(name: string): Promise<Caller> {
  const { kubeconfigPath } = await demo.controlPlane.addUser({ name });
  const { caller, close } = callerOf(name, kubeconfigPath);
  open.push(close);
  return caller;
}
const entryOf = (plural: 'dataplanes' | 'clusterdataplanes') => installedKindOf(runtime, plural).entry;
const rowOf = async (caller: Caller, name: string) =>
  (await registrationNamespaces(caller, entryOf('dataplanes'))).namespaces.find((row) => row.name === name);

describe('a caller who may create planes but no Secrets', () => {
  test('gets an error that names the missing right, and nothing is written', async () => {
    await grant(demo.controlPlane.client, 'planner', [{ ...PLANES, verbs: ['*'] }], 'acme');
    const planner = await userNamed('planner');
    const draft = agentDraft(runtime, { namespace: 'acme', name: 'planned', caPem: authority.certPem });
    for (const dryRun of [true, false]) {
      const attempt = registerPlane(planner, draft, dryRun);
      await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
      await expect(attempt).rejects.toThrow(/cannot create resource "secrets" .* in the namespace "acme"/);
    }
    expect(await demo.controlPlane.client.find(`${DATA_PLANES}/planned`)).toBeUndefined();
  });

  test("can register with an existing Secret, which isn't checked", async () => {
    const planner = await userNamed('planner');
    const credential = { source: 'existing-secret', text: '', name: 'agent-ca' } as const;
    const draft = agentDraft(runtime, { namespace: 'acme', name: 'by-reference', caPem: '', credential });
    const { warnings, outcome } = await registerPlane(planner, draft, false);
    expect(outcome).toBe('created');
    expect(warnings.map(({ message }) => message).join()).toContain("You can't read the Secret");
  });
});

describe('creation rights', () => {
  test("of an administrator cover every kind, in every namespace that isn't being deleted", async () => {
    const { kinds } = await registrationKinds(admin);
    expect(kinds).toHaveLength(runtime.catalog.state.kinds?.length ?? 0);
    expect(kinds.every(({ create }) => create.state === 'allowed')).toBe(true);
    const answer = await registrationNamespaces(admin, entryOf('dataplanes'));
    expect(answer).toMatchObject({ state: 'listed', organisationsKnown: true });
    expect(answer.namespaces.slice(0, 2).map(({ name, organisation }) => [name, organisation])).toEqual([
      ['acme', true],
      ['before-1-0', true],
    ]);
    const names = answer.namespaces.map(({ name }) => name);
    expect(names).toContain('default');
    expect(names).not.toContain('going');
  });

  test('of a namespace administrator cover only that namespace, with the missing right elsewhere', async () => {
    const { client } = demo.controlPlane;
    await grant(client, 'local', [{ apiGroups: [''], resources: ['namespaces'], verbs: ['list'] }]);
    const rules = [
      { ...PLANES, verbs: ['create'] },
      { apiGroups: [''], resources: ['secrets'], verbs: ['create'] },
    ];
    await grant(client, 'local', rules, 'acme');
    const local = await userNamed('local');
    expect(await rowOf(local, 'acme')).toMatchObject({
      createPlane: { state: 'allowed' },
      createSecret: { state: 'allowed' },
    });
    expect(await rowOf(local, 'default')).toMatchObject({
      createPlane: {
        state: 'denied',
        reason:
          'Ask an administrator for permission to create dataplanes.openchoreo.dev in the namespace default.',
      },
      createSecret: { state: 'denied' },
    });
    const { kinds } = await registrationKinds(local);
    expect(kinds.find(({ plural }) => plural === 'dataplanes')?.create).toEqual({ state: 'allowed' });
    expect(kinds.find(({ plural }) => plural === 'clusterdataplanes')?.create).toEqual({
      state: 'denied',
      reason: 'Ask an administrator for permission to create clusterdataplanes.openchoreo.dev cluster-wide.',
    });
    expect(kinds.find(({ plural }) => plural === 'workflowplanes')?.create).toEqual({
      state: 'denied',
      reason: 'Ask an administrator for permission to create workflowplanes.openchoreo.dev in a namespace.',
    });
  });

  test('of a caller who may not list namespaces are unknown, and namespaces have to be typed', async () => {
    const stranger = await userNamed('stranger');
    expect(await registrationNamespaces(stranger, entryOf('dataplanes'))).toEqual({
      state: 'not-visible',
      organisationsKnown: false,
      namespaces: [],
    });
    const { kinds } = await registrationKinds(stranger);
    expect(kinds.find(({ plural }) => plural === 'dataplanes')?.create).toEqual({ state: 'unknown' });
    expect(kinds.find(({ plural }) => plural === 'clusterdataplanes')?.create.state).toBe('denied');
  });

  test('are requested once a minute, and again after a failure', async () => {
    const proxy = await FaultProxy.start(demo.controlPlane, demo.folder);
    const { caller, close } = callerOf('asked', proxy.kubeconfigPath);
    open.push(close, () => proxy.stop());
    const reviews = () => proxy.seen.filter((path) => path.includes('selfsubjectaccessreviews')).length;
    proxy.rule = (path) => (path.includes('selfsubjectaccessreviews') ? { status: 500 } : undefined);
    const unknown = await registrationNamespaces(caller, entryOf('clusterdataplanes'));
    expect(unknown.namespaces[0]?.createPlane).toEqual({ state: 'unknown' });
    proxy.rule = undefined;
    const before = reviews();
    for (let time = 0; time < 3; time += 1) {
      const answer = await registrationNamespaces(caller, entryOf('clusterdataplanes'));
      expect(answer.namespaces[0]?.createPlane).toEqual({ state: 'allowed' });
    }
    expect(reviews() - before).toBe(2);
  });
});

describe('the Secrets of a namespace', () => {
  test('are listed by name, with the keys of one Secret, and never with a value', async () => {
    await demo.controlPlane.client.post('/api/v1/namespaces/acme/secrets', {
      metadata: { name: 'cluster-access' },
      stringData: { 'tls.key': 'canary-5d1c', 'tls.crt': 'canary-5d1c' },
    });
    expect(await registrationSecrets(admin, 'acme', null)).toEqual({
      state: 'listed',
      secrets: [{ name: 'cluster-access' }],
    });
    expect(await registrationSecrets(admin, 'acme', 'cluster-access')).toEqual({
      state: 'listed',
      secrets: [{ name: 'cluster-access', keys: ['tls.crt', 'tls.key'], usage: { usedBy: [] } }],
    });
    expect(await registrationSecrets(admin, 'acme', 'nobody')).toEqual({ state: 'listed', secrets: [] });
  });

  test('come with their usage: the planes that refer to one, and the plane it was created for', async () => {
    const { client } = demo.controlPlane;
    await client.post('/api/v1/namespaces/acme/secrets', {
      metadata: { name: 'owned', annotations: { [PLANE_ANNOTATION]: 'dataplanes/acme/first' } },
    });
    await client.post(DATA_PLANES, {
      apiVersion: 'openchoreo.dev/v1alpha1',
      kind: 'DataPlane',
      metadata: { name: 'user-of-owned' },
      spec: { clusterAgent: { clientCA: { secretKeyRef: { name: 'owned', key: 'ca.crt' } } } },
    });
    const usage = { createdFor: 'dataplanes/acme/first', usedBy: [] as object[] };
    await expect
      .poll(() => registrationSecrets(admin, 'acme', 'owned'), { timeout: 20_000 })
      .toEqual({
        state: 'listed',
        secrets: [
          {
            name: 'owned',
            keys: [],
            usage: { ...usage, usedBy: [{ kind: 'DataPlane', namespace: 'acme', name: 'user-of-owned' }] },
          },
        ],
      });
  });

  test("aren't visible without the right to list them, and path tricks are rejected", async () => {
    const nobody = await userNamed('nobody');
    for (const name of [null, 'cluster-access'])
      expect(await registrationSecrets(nobody, 'acme', name)).toEqual({ state: 'not-visible', secrets: [] });
    await expect(registrationSecrets(admin, 'acme/../kube-system', null)).rejects.toMatchObject({
      code: 'bad-request',
    });
    await expect(registrationSecrets(admin, 'acme', '../../nodes')).rejects.toMatchObject({
      code: 'bad-request',
    });
  });
});

describe('refreshing a plane', () => {
  const plane = { plural: 'dataplanes', namespace: 'acme', name: 'refreshed' } as const;
  const live = () => demo.controlPlane.client.get(`${DATA_PLANES}/refreshed`);

  test('changes its metadata, once in 3 s however often it is requested', async () => {
    const draft = agentDraft(runtime, { namespace: 'acme', name: 'refreshed', caPem: authority.certPem });
    await registerPlane(admin, draft, false);
    const { refreshedAt } = await refreshPlane(admin, plane);
    const after = await live();
    expect(after.metadata.annotations?.['planeboard.openchoreo.dev/refreshed-at']).toBe(refreshedAt);
    const again = await Promise.all([1, 2, 3].map(() => refreshPlane(admin, plane)));
    expect(again).toEqual([{ refreshedAt }, { refreshedAt }, { refreshedAt }]);
    expect((await live()).metadata.resourceVersion).toBe(after.metadata.resourceVersion);
  });

  test("is forbidden without the right, even right after another caller's refresh", async () => {
    const nobody = await userNamed('nobody');
    await expect(refreshPlane(nobody, plane)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(refreshPlane(admin, { ...plane, name: 'not-there' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
