import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createOnce, type KubeObject } from '@/demo/control-plane/kube-client';
import { type DemoControlPlane, startDemoControlPlane } from '@/demo/demo-control-plane';
import { namespaceManifest, secretManifest } from '@/demo/fleet/manifests';
import { AgentClient, type Verdicts } from '@/demo/gateway/agent-client';
import { type KeyPairPem, selfSignedAgent } from '@/demo/pki/certificate-authority';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { collectionOf, type PlaneObject } from './plane-object';

const NAMESPACE = 'trial';
/** The controllers copy every 2 s, the gateway pings every second and drops an agent after 3 s. */
const SPEED = 30;
const DEADLINE_MS = 20_000;

let demo: DemoControlPlane;
let own: KeyPairPem;
let stranger: KeyPairPem;

beforeAll(async () => {
  demo = await startDemoControlPlane({ samples: false, speed: SPEED });
  await createOnce(demo.controlPlane.client, namespaceManifest(NAMESPACE, {}));
  own = await selfSignedAgent('own', { days: 90 });
  stranger = await selfSignedAgent('stranger', { days: 90 });
});
afterAll(async () => {
  await demo?.stop();
});

function pathOf(kind: string, name: string): string {
  return `${collectionOf(kind, kind.startsWith('Cluster') ? undefined : NAMESPACE)}/${name}`;
}

async function createPlane(kind: string, name: string, spec: object): Promise<void> {
  const collection = collectionOf(kind, kind.startsWith('Cluster') ? undefined : NAMESPACE);
  await createOnce(demo.controlPlane.client, {
    collection: `${collection}`,
    body: { apiVersion: 'openchoreo.dev/v1alpha1', kind, metadata: { name }, spec },
  });
}

interface PublishedService extends KubeObject {
  readonly spec: { readonly type: string; readonly ports: readonly { readonly port: number }[] };
  readonly status: { readonly loadBalancer: { readonly ingress: readonly { readonly ip: string }[] } };
}

/** Finds the gateway's address and CA as an administrator does with kubectl alone. */
async function publishedGateway(): Promise<{ readonly url: string; readonly gatewayCaPem: string }> {
  const { client } = demo.controlPlane;
  const namespace = `/api/v1/namespaces/${CONTROL_PLANE_NAMESPACE}`;
  const service = await client.get<PublishedService>(`${namespace}/services/cluster-gateway-external`);
  const secret = await client.get<KubeObject & { readonly data: Record<string, string> }>(
    `${namespace}/secrets/cluster-gateway-ca`,
  );
  const { spec, status } = service;
  expect(spec.type).toBe('LoadBalancer');
  return {
    url: `wss://${status.loadBalancer.ingress[0]?.ip}:${spec.ports[0]?.port}/ws`,
    gatewayCaPem: Buffer.from(secret.data['ca.crt'] ?? '', 'base64').toString(),
  };
}

function inlineCa(caPem: string, planeID: string): object {
  return { planeID, clusterAgent: { clientCA: { value: caPem } } };
}

function addAgent(planeID: string, { certPem }: KeyPairPem): void {
  demo.simulation.gateway.agents.add({ planeType: 'dataplane', planeID, certPem });
}

/** Watches one plane until it matches; null means that it is deleted. */
async function until(
  kind: string,
  name: string,
  isWanted: (plane: PlaneObject | null) => boolean,
): Promise<PlaneObject | null> {
  const { client } = demo.controlPlane;
  const stop = AbortSignal.timeout(DEADLINE_MS);
  let last: PlaneObject | null = null;
  const collection = collectionOf(kind, kind.startsWith('Cluster') ? undefined : NAMESPACE);
  try {
    const query = `${collection}?fieldSelector=metadata.name%3D${name}`;
    const list = await client.get<{ metadata: { resourceVersion: string }; items: PlaneObject[] }>(query);
    last = list.items[0] ?? null;
    if (isWanted(last)) return last;
    // Starts at the list's version, so no event between list and watch is missed.
    const { resourceVersion } = list.metadata;
    for await (const event of client.watch(`${query}&watch=1&resourceVersion=${resourceVersion}`, stop)) {
      const { type, object } = event as { type: string; object: PlaneObject };
      last = type === 'DELETED' ? null : object;
      if (isWanted(last)) return last;
    }
  } catch (error) {
    if (!stop.aborted) throw error;
  }
  throw new Error(
    `${kind} ${name} didn't reach the expected state within ${DEADLINE_MS} ms: ${JSON.stringify(last?.status)}`,
  );
}

function agents(plane: PlaneObject | null): number | undefined {
  return plane?.status?.agentConnection?.connectedAgents;
}

async function touch(kind: string, name: string): Promise<void> {
  await demo.controlPlane.client.patch(pathOf(kind, name), {
    metadata: { annotations: { touched: String(performance.now()) } },
  });
}

describe('a new plane', () => {
  test("gets a finalizer, a Created condition and the gateway's view", async () => {
    await createPlane('DataPlane', 'fresh', inlineCa(own.certPem, 'fresh'));
    const plane = await until('DataPlane', 'fresh', (item) => agents(item) === 0);
    expect(plane?.metadata.finalizers).toEqual(['openchoreo.dev/dataplane-cleanup']);
    expect(plane?.status?.conditions).toMatchObject([
      { type: 'Created', status: 'True', reason: 'DataPlaneCreated' },
    ]);
    expect(plane?.status?.agentConnection).toEqual({
      connected: false,
      connectedAgents: 0,
      message: 'No agents connected',
    });
  });

  test('has no status until the Secret of its CA exists', async () => {
    const secretKeyRef = { name: 'late-ca', key: 'ca.crt' };
    await createPlane('DataPlane', 'secretless', {
      planeID: 'late',
      clusterAgent: { clientCA: { secretKeyRef } },
    });
    const before = await until('DataPlane', 'secretless', (item) => item?.metadata.finalizers !== undefined);
    expect(before?.status).toBeUndefined();
    await createOnce(
      demo.controlPlane.client,
      secretManifest(NAMESPACE, 'late-ca', { 'ca.crt': own.certPem }),
    );
    await until('DataPlane', 'secretless', (item) => agents(item) === 0);
  });
});

describe('agents', () => {
  test('raise the reported number as they connect, and their disconnect is reported with its time', async () => {
    await createPlane('DataPlane', 'counted', inlineCa(own.certPem, 'counted'));
    addAgent('counted', own);
    const one = await until('DataPlane', 'counted', (item) => agents(item) === 1);
    expect(one?.status?.agentConnection?.message).toBe('1 agent connected');
    expect(one?.status?.agentConnection?.lastHeartbeatTime).toBeDefined();
    addAgent('counted', own);
    const two = await until('DataPlane', 'counted', (item) => agents(item) === 2);
    expect(two?.status?.agentConnection?.message).toBe('2 agents connected (HA mode)');

    demo.simulation.dropAgents('dataplane', 'counted');
    const lost = await until('DataPlane', 'counted', (item) => agents(item) === 0);
    expect(lost?.status?.agentConnection).toMatchObject({
      connected: false,
      lastConnectedTime: one?.status?.agentConnection?.lastConnectedTime,
    });
    expect(lost?.status?.agentConnection?.lastDisconnectedTime).toBeDefined();
  });

  test('count for a cluster-scoped kind if any plane on the planeID accepts them', async () => {
    await createPlane('DataPlane', 'strict', inlineCa(own.certPem, 'both'));
    await createPlane('ClusterDataPlane', 'lenient', inlineCa(own.certPem, 'both'));
    addAgent('both', stranger);
    await until('ClusterDataPlane', 'lenient', (item) => agents(item) === 0);
    await createPlane('DataPlane', 'third', inlineCa(stranger.certPem, 'both'));
    await until('ClusterDataPlane', 'lenient', (item) => agents(item) === 1);
    await touch('DataPlane', 'strict');
    const strict = await until('DataPlane', 'strict', (item) => agents(item) !== undefined);
    expect(agents(strict)).toBe(0);
  });

  test('connect with the published address and CA, and are accepted once the CA bundle includes their certificate', async () => {
    await createPlane('DataPlane', 'real', inlineCa(own.certPem, 'real'));
    const { url, gatewayCaPem } = await publishedGateway();
    const received: Verdicts[] = [];
    const client = new AgentClient({
      ...stranger,
      url,
      gatewayCaPem,
      planeType: 'dataplane',
      planeID: 'real',
      onConnected: () => {},
      onVerdicts: (verdicts) => received.push(verdicts),
      onDisconnected: () => {},
    });
    client.start();
    try {
      await until('DataPlane', 'real', (item) => agents(item) === 0);
      await demo.controlPlane.client.patch(pathOf('DataPlane', 'real'), {
        spec: inlineCa(`${own.certPem}\n${stranger.certPem}`, 'real'),
      });
      const accepted = await until('DataPlane', 'real', (item) => agents(item) === 1);
      expect(accepted?.status?.observedGeneration).toBe(2);
      expect(received[0]).toMatchObject([{ plane: `dataplanes/${NAMESPACE}/real`, accepted: false }]);
      expect(received.at(-1)).toEqual([{ plane: `dataplanes/${NAMESPACE}/real`, accepted: true }]);
    } finally {
      client.stop();
    }
    await until('DataPlane', 'real', (item) => agents(item) === 0);
  });
});

describe('re-validation', () => {
  const dataplane = (planeID: string) => ({ planeType: 'dataplane', planeID });
  const connections = (planeID: string) => demo.simulation.gateway.registry.of(dataplane(planeID));

  test('disconnects an agent at once when the new inline CA of a namespaced plane rejects it', async () => {
    await createPlane('DataPlane', 'revoked', inlineCa(own.certPem, 'revoked'));
    addAgent('revoked', own);
    await until('DataPlane', 'revoked', (item) => agents(item) === 1);
    const [connection] = connections('revoked');
    await demo.controlPlane.client.patch(pathOf('DataPlane', 'revoked'), {
      spec: inlineCa(stranger.certPem, 'revoked'),
    });
    const lost = await until('DataPlane', 'revoked', (item) => item?.status?.observedGeneration === 2);
    expect(agents(lost)).toBe(0);
    expect(connections('revoked')).not.toContain(connection);
  });

  test('keeps an agent that the new CA or a sibling still accepts', async () => {
    await createPlane('DataPlane', 'kept', inlineCa(own.certPem, 'kept'));
    await createPlane('ClusterDataPlane', 'kept', inlineCa(own.certPem, 'kept'));
    await until('ClusterDataPlane', 'kept', (item) => agents(item) !== undefined);
    addAgent('kept', own);
    await until('DataPlane', 'kept', (item) => agents(item) === 1);
    const [connection] = connections('kept');
    const { client } = demo.controlPlane;
    await client.patch(pathOf('DataPlane', 'kept'), {
      spec: inlineCa(`${own.certPem}\n${stranger.certPem}`, 'kept'),
    });
    const both = await until('DataPlane', 'kept', (item) => item?.status?.observedGeneration === 2);
    expect(agents(both)).toBe(1);
    await client.patch(pathOf('DataPlane', 'kept'), { spec: inlineCa(stranger.certPem, 'kept') });
    const revoked = await until('DataPlane', 'kept', (item) => item?.status?.observedGeneration === 3);
    expect(agents(revoked)).toBe(0);
    expect(connections('kept')).toEqual([connection]);
  });

  test("doesn't follow a changed Secret or the new CA of a cluster-scoped plane", async () => {
    const { client } = demo.controlPlane;
    await createOnce(client, secretManifest(NAMESPACE, 'rotated-ca', { 'ca.crt': own.certPem }));
    await createPlane('DataPlane', 'by-secret', {
      planeID: 'by-secret',
      clusterAgent: { clientCA: { secretKeyRef: { name: 'rotated-ca', key: 'ca.crt' } } },
    });
    await createPlane('ClusterDataPlane', 'shared', inlineCa(own.certPem, 'shared'));
    addAgent('by-secret', own);
    addAgent('shared', own);
    await until('DataPlane', 'by-secret', (item) => agents(item) === 1);
    await until('ClusterDataPlane', 'shared', (item) => agents(item) === 1);
    const before = [...connections('by-secret'), ...connections('shared')];

    const data = { 'ca.crt': Buffer.from(stranger.certPem).toString('base64') };
    await client.patch(`/api/v1/namespaces/${NAMESPACE}/secrets/rotated-ca`, { data });
    await client.patch(pathOf('ClusterDataPlane', 'shared'), { spec: inlineCa(stranger.certPem, 'shared') });
    for (const [kind, name] of [
      ['DataPlane', 'by-secret'],
      ['ClusterDataPlane', 'shared'],
    ] as const) {
      const { lastHeartbeatTime } =
        (await client.get<PlaneObject>(pathOf(kind, name))).status?.agentConnection ?? {};
      await touch(kind, name);
      const copied = await until(
        kind,
        name,
        (item) => item?.status?.agentConnection?.lastHeartbeatTime !== lastHeartbeatTime,
      );
      expect(agents(copied)).toBe(1);
    }
    expect([...connections('by-secret'), ...connections('shared')]).toEqual(before);
  });

  test('a new plane drops the agents of its planeID for a moment', async () => {
    await createPlane('DataPlane', 'first', inlineCa(own.certPem, 'joined'));
    addAgent('joined', own);
    await until('DataPlane', 'first', (item) => agents(item) === 1);
    const [connection] = connections('joined');
    await createPlane('DataPlane', 'second', inlineCa(own.certPem, 'joined'));
    await until('DataPlane', 'second', (item) => agents(item) === 1);
    expect(connections('joined')).not.toContain(connection);
  });
});

describe('a status freezes', () => {
  test("when the new CA can't be read: the change stays unobserved and connected stays true", async () => {
    await createPlane('DataPlane', 'misled', inlineCa(own.certPem, 'misled'));
    addAgent('misled', own);
    await until('DataPlane', 'misled', (item) => agents(item) === 1);
    await demo.controlPlane.client.patch(pathOf('DataPlane', 'misled'), {
      spec: inlineCa('no certificate', 'misled'),
    });
    demo.simulation.dropAgents('dataplane', 'misled');
    // A plane that is reconciled after the change proves that the controllers had time to reconcile this one.
    await createPlane('DataPlane', 'witness', inlineCa(own.certPem, 'witness'));
    const witness = await until('DataPlane', 'witness', (item) => agents(item) === 0);
    addAgent('witness', own);
    await until('DataPlane', 'witness', (item) => agents(item) === 1);
    expect(witness).not.toBeNull();
    const misled = await demo.controlPlane.client.get<PlaneObject>(pathOf('DataPlane', 'misled'));
    expect(misled.metadata.generation).toBe(2);
    expect(misled.status).toMatchObject({ observedGeneration: 1, agentConnection: { connected: true } });
  });

  test('while the gateway is down; deletions and new planes continue when it is back', async () => {
    await createPlane('DataPlane', 'gated', inlineCa(own.certPem, 'gated'));
    addAgent('gated', own);
    const up = await until('DataPlane', 'gated', (item) => agents(item) === 1);
    await demo.simulation.gateway.stop();
    expect(demo.simulation.gateway.registry.all()).toEqual([]);
    await demo.controlPlane.client.delete(pathOf('DataPlane', 'gated'));
    await createPlane('DataPlane', 'unseen', inlineCa(own.certPem, 'unseen'));
    await until('DataPlane', 'unseen', (item) => item?.metadata.finalizers !== undefined);
    const hanging = await demo.controlPlane.client.get<PlaneObject>(pathOf('DataPlane', 'gated'));
    expect(hanging.status?.agentConnection).toEqual(up?.status?.agentConnection);
    const unseen = await demo.controlPlane.client.get<PlaneObject>(pathOf('DataPlane', 'unseen'));
    expect(unseen.status).toBeUndefined();

    await demo.simulation.gateway.start();
    await until('DataPlane', 'gated', (item) => item === null);
    await until('DataPlane', 'unseen', (item) => agents(item) === 0);
  });
});

describe('deleting', () => {
  test('a data plane waits until no Environment refers to it', async () => {
    await createPlane('DataPlane', 'wanted', inlineCa(own.certPem, 'wanted'));
    await until('DataPlane', 'wanted', (item) => agents(item) === 0);
    const environments = `/apis/openchoreo.dev/v1alpha1/namespaces/${NAMESPACE}/environments`;
    await demo.controlPlane.client.post(environments, {
      apiVersion: 'openchoreo.dev/v1alpha1',
      kind: 'Environment',
      metadata: { name: 'production' },
      spec: { dataPlaneRef: { kind: 'DataPlane', name: 'wanted' } },
    });
    await demo.controlPlane.client.delete(pathOf('DataPlane', 'wanted'));
    const blocked = await until('DataPlane', 'wanted', (item) => finalizing(item) !== undefined);
    expect(finalizing(blocked)).toMatchObject({
      status: 'False',
      reason: 'DeletionBlocked',
      message: 'Deletion blocked: dataplane is still referenced by 1 environment(s)',
    });
    await demo.controlPlane.client.delete(`${environments}/production`);
    await until('DataPlane', 'wanted', (item) => item === null);
  });

  test('a plane disconnects the agents of its siblings too, and they reconnect', async () => {
    await createPlane('DataPlane', 'twin', inlineCa(own.certPem, 'twins'));
    await createPlane('ClusterDataPlane', 'twin', inlineCa(own.certPem, 'twins'));
    addAgent('twins', own);
    await until('DataPlane', 'twin', (item) => agents(item) === 1);
    const [connection] = demo.simulation.gateway.registry.of({ planeType: 'dataplane', planeID: 'twins' });
    await demo.controlPlane.client.delete(pathOf('ClusterDataPlane', 'twin'));
    await until('ClusterDataPlane', 'twin', (item) => item === null);
    expect(demo.simulation.gateway.registry.all()).not.toContain(connection);
    await until('DataPlane', 'twin', (item) => agents(item) === 1);
  });
});

test('the controllers ignore a frozen plane until it is thawed', async () => {
  const { controllers } = demo.simulation;
  controllers.freezePlane(`dataplanes/${NAMESPACE}/icy`);
  await createPlane('DataPlane', 'icy', inlineCa(own.certPem, 'icy'));
  await createPlane('DataPlane', 'warm', inlineCa(own.certPem, 'warm'));
  await until('DataPlane', 'warm', (item) => agents(item) === 0);
  const icy = await demo.controlPlane.client.get<PlaneObject>(pathOf('DataPlane', 'icy'));
  expect([icy.metadata.finalizers, icy.status]).toEqual([undefined, undefined]);
  controllers.thawPlane(`dataplanes/${NAMESPACE}/icy`);
  await until('DataPlane', 'icy', (item) => agents(item) === 0);
});

test('the controllers resume after the API server is killed and restarted', async () => {
  await createPlane('DataPlane', 'surviving', inlineCa(own.certPem, 'surviving'));
  await until('DataPlane', 'surviving', (item) => agents(item) === 0);
  await demo.controlPlane.killApiServer();
  addAgent('surviving', own);
  await demo.controlPlane.startApiServer();
  await until('DataPlane', 'surviving', (item) => agents(item) === 1);
});

test("the control plane publishes the gateway's CA for administrators", async () => {
  const secret = await demo.controlPlane.client.get<KubeObject & { data: Record<string, string> }>(
    '/api/v1/namespaces/openchoreo-control-plane/secrets/cluster-gateway-ca',
  );
  const pem = Buffer.from(secret.data['ca.crt'] ?? '', 'base64').toString();
  expect(pem).toBe(demo.simulation.gatewayCaPem);
});

test('a status can only be written through its subresource', async () => {
  await createPlane('DataPlane', 'plain', inlineCa(own.certPem, 'plain'));
  await until('DataPlane', 'plain', (item) => agents(item) === 0);
  const status = { agentConnection: { connected: true, connectedAgents: 7 } };
  await demo.controlPlane.client.patch(pathOf('DataPlane', 'plain'), { status });
  const plane = await demo.controlPlane.client.get<PlaneObject>(pathOf('DataPlane', 'plain'));
  expect(agents(plane)).toBe(0);
});

function finalizing(plane: PlaneObject | null) {
  return plane?.status?.conditions?.find((condition) => condition.type === 'Finalizing');
}
