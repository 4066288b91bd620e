import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installCrds } from '@/demo/crds/install-profile';
import { crdsOf } from '@/demo/crds/profiles';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { relatedResourcesAnswerSchema } from '@/lib/api/related';
import type { PlaneIdentity } from '@/lib/plane/model/plane-path';
import type { RelatedResources } from '@/lib/plane/related/related-resources';
import type { Caller } from '@/lib/server/rights/caller';
import { serviceCaller } from '@/lib/server/rights/service-caller';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { grant } from '@/testing/control-plane/kube-objects';
import { callerOf } from '@/testing/server/test-caller';
import { planesOf, startProcessRuntime, until } from '@/testing/server/test-runtime';
import { getRelatedResources } from './related-resources';

const API = '/apis/openchoreo.dev/v1alpha1';
const NAMESPACE = 'openchoreo-control-plane';
const prod = { plural: 'dataplanes', namespace: 'acme', name: 'prod' };
const sharedDefault = { plural: 'clusterdataplanes', name: 'default' };

let demo: BareControlPlane;
let runtime: Runtime;
let admin: Caller;
let authority: CertificateAuthority;
const open: (() => Promise<void>)[] = [];

const post = (path: string, body: object) => demo.controlPlane.client.post(path, body);

function createPlane(kind: string, name: string, namespace: string | null, spec: object, metadata = {}) {
  const scope = namespace === null ? '' : `/namespaces/${namespace}`;
  const planeID = kind.startsWith('Cluster') ? { planeID: name } : {};
  return post(`${API}${scope}/${kind.toLowerCase()}s`, {
    apiVersion: 'openchoreo.dev/v1alpha1',
    kind,
    metadata: { name, ...metadata },
    spec: { ...planeID, clusterAgent: { clientCA: { value: authority.certPem } }, ...spec },
  });
}

function create(kind: string, name: string, namespace: string | null, spec: object) {
  const scope = namespace === null ? '' : `/namespaces/${namespace}`;
  return post(`${API}${scope}/${kind.toLowerCase()}s`, {
    apiVersion: 'openchoreo.dev/v1alpha1',
    kind,
    metadata: { name },
    spec,
  });
}

async function relatedTo(identity: PlaneIdentity, caller = admin): Promise<RelatedResources> {
  const answer = await getRelatedResources(caller, identity);
  return relatedResourcesAnswerSchema.parse(answer).related;
}

const MARKS = {
  labels: { 'app.kubernetes.io/instance': 'something-else' },
  annotations: {
    'argocd.argoproj.io/tracking-id': 'argocd_planes:openchoreo.dev/DataPlane:acme/prod',
    'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify({
      spec: {
        planeID: 'prod',
        clusterAgent: { clientCA: { secretRef: { name: 'agent-ca', key: 'ca.crt' } } },
      },
    }),
  },
};
const inSecret = (name: string, key = 'ca.crt') => ({
  clusterAgent: { clientCA: { secretKeyRef: { name, key } } },
});

beforeAll(async () => {
  demo = await sharedControlPlane('1.2');
  const { client } = demo.controlPlane;
  // A kind that the upgrade to 1.0 left behind.
  const leftOver = crdsOf('0.16').filter((crd) => crd.spec.names.plural === 'buildplanes');
  await installCrds(client, [...crdsOf('1.2'), ...leftOver]);
  for (const name of ['acme', 'other', NAMESPACE]) await post('/api/v1/namespaces', { metadata: { name } });
  authority = await CertificateAuthority.create('company agents', { days: 400 });
  await post('/api/v1/namespaces/acme/secrets', {
    metadata: {
      name: 'agent-ca',
      annotations: { 'planeboard.openchoreo.dev/plane': 'dataplanes/acme/prod' },
    },
    stringData: { 'ca.crt': authority.certPem },
  });
  await createPlane('DataPlane', 'prod', 'acme', inSecret('agent-ca'), MARKS);
  await createPlane('DataPlane', 'twin', 'acme', inSecret('agent-ca'));
  await createPlane('DataPlane', 'default', 'acme', {});
  await createPlane('DataPlane', 'no-secret', 'acme', inSecret('gone'));
  await createPlane('DataPlane', 'no-key', 'acme', inSecret('agent-ca', 'tls.crt'));
  await createPlane('DataPlane', 'no-ca', 'acme', { clusterAgent: { clientCA: {} } });
  await createPlane('DataPlane', 'lost', 'acme', {
    observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'nowhere' },
  });
  await createPlane('ClusterDataPlane', 'default', null, {});
  await createPlane('BuildPlane', 'old', 'acme', {});
  await createPlane('ClusterWorkflowPlane', 'default', null, {});
  const observer = { observerURL: 'https://observer.example.com' };
  await createPlane('ObservabilityPlane', 'default', 'acme', observer);
  await createPlane('ClusterObservabilityPlane', 'default', null, observer);
  await create('Environment', 'staging', 'acme', { dataPlaneRef: { kind: 'DataPlane', name: 'prod' } });
  await create('Environment', 'dev', 'acme', {});
  await create('Environment', 'dev', 'other', {});
  await create('Workflow', 'docker', 'other', {});
  await create('ClusterWorkflow', 'buildpacks', null, {
    workflowPlaneRef: { kind: 'ClusterWorkflowPlane', name: 'default' },
  });
  runtime = await startProcessRuntime(demo.controlPlane.kubeconfigPath);
  await until(runtime, () => planesOf(runtime).length === 12);
  admin = await serviceCaller();
});
afterAll(async () => {
  await Promise.all(open.map((close) => close()));
  await runtime?.stop();
  await demo?.stop();
});

describe("the agent's CA", () => {
  test('in a Secret comes with its certificates, the plane it was created for, and its other users', async () => {
    const { ca } = await relatedTo(prod);
    expect(ca.source).toEqual({
      from: 'secret',
      namespace: 'acme',
      name: 'agent-ca',
      key: 'ca.crt',
      state: 'read',
      createdForThisPlane: true,
      usedBy: [
        { kind: 'DataPlane', namespace: 'acme', name: 'twin' },
        { kind: 'DataPlane', namespace: 'acme', name: 'no-key' },
      ].toSorted((a, b) => a.name.localeCompare(b.name)),
    });
    expect(ca.certificates).toMatchObject([{ subject: 'CN=company agents', isCa: true }]);
    expect(ca.findings).toEqual([]);
  });

  test.each([
    ['default', { from: 'inline' }, 1],
    ['no-ca', { from: 'absent' }, 0],
    [
      'no-secret',
      { from: 'secret', name: 'gone', state: 'missing', createdForThisPlane: false, usedBy: [] },
      0,
    ],
    ['no-key', { from: 'secret', name: 'agent-ca', state: 'key-missing', createdForThisPlane: false }, 0],
  ])('is described by its source for the plane %s', async (name, source, certificates) => {
    const { ca } = await relatedTo({ ...prod, name });
    expect(ca.source).toMatchObject(source);
    expect(ca.certificates).toHaveLength(certificates);
  });
});

describe('references', () => {
  test('of Environments are found by name and by the default rule', async () => {
    expect((await relatedTo(prod)).referrers).toEqual([
      { kind: 'Environment', namespace: 'acme', name: 'staging', via: 'explicit' },
    ]);
    expect((await relatedTo({ ...prod, name: 'default' })).referrers).toEqual([
      { kind: 'Environment', namespace: 'acme', name: 'dev', via: 'default' },
    ]);
    // The namespace acme has its own default.
    expect((await relatedTo(sharedDefault)).referrers).toEqual([
      { kind: 'Environment', namespace: 'other', name: 'dev', via: 'default' },
    ]);
  });

  test('of workflows are found, cluster-wide or not', async () => {
    const { referrers } = await relatedTo({ plural: 'clusterworkflowplanes', name: 'default' });
    expect(referrers).toEqual([
      { kind: 'Workflow', namespace: 'other', name: 'docker', via: 'default' },
      { kind: 'ClusterWorkflow', name: 'buildpacks', via: 'explicit' },
    ]);
  });

  test('of planes to an observability plane are found by name and by the default rule', async () => {
    const own = await relatedTo({ plural: 'observabilityplanes', namespace: 'acme', name: 'default' });
    expect(own.observability).toEqual({ via: 'not-applicable' });
    expect(own.referrers.map(({ kind, name, via }) => `${kind} ${name} ${via}`).toSorted()).toEqual([
      'BuildPlane old default',
      ...['default', 'no-ca', 'no-key', 'no-secret', 'prod', 'twin'].map(
        (name) => `DataPlane ${name} default`,
      ),
    ]);
    const shared = await relatedTo({ plural: 'clusterobservabilityplanes', name: 'default' });
    expect(shared.referrers.map(({ kind, name }) => `${kind} ${name}`).toSorted()).toEqual([
      'ClusterDataPlane default',
      'ClusterWorkflowPlane default',
    ]);
  });

  test('of a plane to its observability plane are resolved', async () => {
    expect((await relatedTo(prod)).observability).toEqual({
      via: 'default',
      target: { kind: 'ObservabilityPlane', namespace: 'acme', name: 'default' },
      state: 'found',
    });
    expect((await relatedTo({ ...prod, name: 'lost' })).observability).toEqual({
      via: 'explicit',
      target: { kind: 'ObservabilityPlane', namespace: 'acme', name: 'nowhere' },
      state: 'missing',
    });
    expect((await relatedTo(sharedDefault)).observability.target).toEqual({
      kind: 'ClusterObservabilityPlane',
      name: 'default',
    });
  });
});

test('names the managing tool, the field managers and the fields that the release dropped', async () => {
  const { managedBy, fieldManagers, droppedFields } = await relatedTo(prod);
  expect(managedBy).toEqual({
    tool: 'argocd',
    name: 'argocd/planes',
    evidence: 'annotation argocd.argoproj.io/tracking-id',
  });
  expect(fieldManagers).toMatchObject([{ operation: 'Update', subresource: null }]);
  expect(Date.parse(fieldManagers[0]?.at ?? '')).toBeGreaterThan(Date.now() - 120_000);
  expect(droppedFields).toEqual(['spec.clusterAgent.clientCA.secretRef']);
  expect((await relatedTo({ ...prod, name: 'twin' })).managedBy).toBeNull();
});

test("links to the Argo CD Application if Argo CD's settings contain a valid address", async () => {
  const settings = '/api/v1/namespaces/argocd/configmaps';
  await post('/api/v1/namespaces', { metadata: { name: 'argocd' } });
  await post(settings, { metadata: { name: 'argocd-cm' }, data: { url: 'https://argocd.example.com' } });
  const { managedBy } = await relatedTo(prod);
  expect(managedBy?.url).toBe('https://argocd.example.com/applications/argocd/planes');
  await demo.controlPlane.client.patch(`${settings}/argocd-cm`, { data: { url: 'javascript:alert(1)' } });
  expect((await relatedTo(prod)).managedBy).toEqual({
    tool: 'argocd',
    name: 'argocd/planes',
    evidence: 'annotation argocd.argoproj.io/tracking-id',
  });
  await demo.controlPlane.client.delete(`${settings}/argocd-cm`);
});

test('returns how the release treats the plane', async () => {
  expect(await relatedTo(prod)).toMatchObject({
    deletionRule: 'blocked-by-environments',
  });
  expect(await relatedTo(sharedDefault)).toMatchObject({ deletionRule: 'none' });
  expect(await relatedTo({ plural: 'buildplanes', namespace: 'acme', name: 'old' })).toMatchObject({
    deletionRule: 'none',
  });
});

describe('the control plane', () => {
  test("isn't found while it doesn't exist, and then has its workloads and its Lease", async () => {
    expect((await relatedTo(prod)).controlPlane).toEqual({
      state: 'not-found',
      workloads: [],
      mesh: false,
      lease: null,
    });
    const template = {
      metadata: { labels: { app: 'x' } },
      spec: { containers: [{ name: 'x', image: 'x' }] },
    };
    const deployments = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments`;
    for (const name of ['controller-manager', 'cluster-gateway', 'backstage'])
      await post(deployments, {
        metadata: { name, labels: { 'control-plane': 'controller-manager' } },
        spec: { replicas: 2, selector: { matchLabels: { app: 'x' } }, template },
      });
    const changedAt = '2026-03-01T10:00:00Z';
    const condition = { type: 'Available', status: 'True', lastTransitionTime: changedAt };
    await demo.controlPlane.client.patch(`${deployments}/cluster-gateway/status`, {
      status: { replicas: 2, readyReplicas: 1, conditions: [condition] },
    });
    const renewTime = '2026-03-01T10:00:00.000000Z';
    await post(`/apis/coordination.k8s.io/v1/namespaces/${NAMESPACE}/leases`, {
      metadata: { name: '43500532.openchoreo.dev' },
      spec: { holderIdentity: 'controller-manager-1', renewTime },
    });
    const { controlPlane } = await relatedTo(prod);
    expect(controlPlane).toEqual({
      state: 'read',
      workloads: [
        { name: 'cluster-gateway', role: 'gateway', readyReplicas: 1, desiredReplicas: 2, changedAt },
        {
          name: 'controller-manager',
          role: 'controller',
          readyReplicas: 0,
          desiredReplicas: 2,
          changedAt: null,
        },
      ],
      mesh: false,
      lease: {
        name: '43500532.openchoreo.dev',
        holder: 'controller-manager-1',
        renewedAt: renewTime,
        renewals: 'unknown',
      },
    });
    await post(`/api/v1/namespaces/${NAMESPACE}/services`, {
      metadata: { name: 'cluster-gateway-mesh' },
      spec: { clusterIP: 'None', selector: { app: 'x' }, ports: [{ name: 'mesh', port: 8445 }] },
    });
    expect((await relatedTo(prod)).controlPlane.mesh).toBe(true);
  });
});

describe('a caller who may only read planes', () => {
  test('gets everything else as not visible, never as missing', async () => {
    const planes = { apiGroups: ['openchoreo.dev'], resources: ['dataplanes'], verbs: ['get'] };
    await grant(demo.controlPlane.client, 'reader', [planes], 'acme');
    const { kubeconfigPath } = await demo.controlPlane.addUser({ name: 'reader' });
    const { caller, close } = callerOf('reader', kubeconfigPath);
    open.push(close);
    const seen = await relatedTo(prod, caller);
    expect(seen.ca).toMatchObject({
      source: { from: 'secret', state: 'not-visible', createdForThisPlane: false },
      certificates: [],
      findings: [],
    });
    expect(seen.referrersNotVisible).toEqual(['Environment']);
    expect(seen.controlPlane).toEqual({ state: 'not-visible', workloads: [], lease: null });
    expect(seen.managedBy?.tool).toBe('argocd');
    await expect(getRelatedResources(caller, sharedDefault)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test("gets not-found for a plane that doesn't exist", async () => {
    await expect(getRelatedResources(admin, { ...prod, name: 'nobody' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
