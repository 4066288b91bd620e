import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import { createOnce } from '@/demo/control-plane/kube-client';
import { collectionOf } from '@/demo/controllers/plane-object';
import type { DemoControlPlane } from '@/demo/demo-control-plane';
import { namespaceManifest } from '@/demo/fleet/manifests';
import { selfSignedAgent } from '@/demo/pki/certificate-authority';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { sharedDemo } from '@/testing/control-plane/shared-demo';

const DEPLOYMENTS = `/apis/apps/v1/namespaces/${CONTROL_PLANE_NAMESPACE}/deployments`;
const LEASES = `/apis/coordination.k8s.io/v1/namespaces/${CONTROL_PLANE_NAMESPACE}/leases`;
const NAMESPACE = 'trial';
const DEADLINE_MS = 20_000;

interface Named {
  readonly metadata: { readonly name: string; readonly resourceVersion: string };
}
interface Deployment extends Named {
  readonly status?: {
    readonly readyReplicas?: number;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}
interface Lease extends Named {
  readonly spec: { readonly renewTime?: string };
}
interface Event extends Named {
  readonly reason: string;
  readonly count: number;
  readonly involvedObject: { readonly kind: string; readonly name: string; readonly uid: string };
}

let demo: DemoControlPlane<ControlPlaneAccess>;

beforeAll(async () => {
  demo = await sharedDemo({ samples: false, speed: 30 });
  await createOnce(demo.controlPlane.client, namespaceManifest(NAMESPACE, {}));
});
afterAll(async () => {
  await demo?.stop();
});

/** Watches a collection until one of its objects matches. */
async function until<T extends Named>(collection: string, isWanted: (object: T) => boolean): Promise<T> {
  const { client } = demo.controlPlane;
  const list = await client.get<{ metadata: { resourceVersion: string }; items: T[] }>(collection);
  const found = list.items.find(isWanted);
  if (found) return found;
  const stop = AbortSignal.timeout(DEADLINE_MS);
  const query = `?watch=1&resourceVersion=${list.metadata.resourceVersion}`;
  for await (const event of client.watch(`${collection}${query}`, stop)) {
    const { object } = event as { object: T };
    if (isWanted(object)) return object;
  }
  throw new Error('The watch ended.');
}

function becomes(name: string, ready: number): Promise<Deployment> {
  return until<Deployment>(
    DEPLOYMENTS,
    ({ metadata, status }) => metadata.name === name && (status?.readyReplicas ?? 0) === ready,
  );
}
const renewal = (after = '') => until<Lease>(LEASES, ({ spec }) => (spec.renewTime ?? '') > after);

test('the gateway and the controllers are ready, and the Lease is renewed', async () => {
  const { status } = await becomes('cluster-gateway', 1);
  expect(status?.conditions).toMatchObject([{ type: 'Available', status: 'True' }]);
  await becomes('controller-manager', 1);
  const { spec, metadata } = await renewal();
  expect(metadata.name).toContain('openchoreo.dev');
  await renewal(spec.renewTime);
});

test("frozen controllers aren't ready and don't renew the Lease until they are thawed", async () => {
  const { controllers } = demo.simulation;
  controllers.freeze();
  await becomes('controller-manager', 0);
  const { spec: frozen } = await renewal();
  // The same rounds that report the gateway would have renewed the Lease.
  await demo.simulation.gateway.stop();
  await becomes('cluster-gateway', 0);
  await demo.simulation.gateway.start();
  await becomes('cluster-gateway', 1);
  expect((await renewal()).spec.renewTime).toBe(frozen.renewTime);
  controllers.thaw();
  await becomes('controller-manager', 1);
  await renewal(frozen.renewTime);
});

test('controllers record an event for a plane and increase its count', async () => {
  const { certPem } = await selfSignedAgent('eventful', { days: 90 });
  const spec = { planeID: 'eventful', clusterAgent: { clientCA: { value: certPem } } };
  for (const kind of ['DataPlane', 'ClusterDataPlane'])
    await createOnce(demo.controlPlane.client, {
      collection: collectionOf(kind, kind === 'DataPlane' ? NAMESPACE : undefined),
      body: { apiVersion: 'openchoreo.dev/v1alpha1', kind, metadata: { name: 'eventful' }, spec },
    });
  const namespaced = await until<Event>(`/api/v1/namespaces/${NAMESPACE}/events`, ({ count }) => count >= 2);
  expect(namespaced).toMatchObject({ reason: 'ReconcileComplete', involvedObject: { kind: 'DataPlane' } });
  const clusterWide = await until<Event>('/api/v1/namespaces/default/events', ({ count }) => count >= 2);
  expect(clusterWide.involvedObject).toMatchObject({ kind: 'ClusterDataPlane', name: 'eventful' });
});
