import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import { createOnce } from '@/demo/control-plane/kube-client';
import type { DemoControlPlane } from '@/demo/demo-control-plane';
import { namespaceManifest } from '@/demo/fleet/manifests';
import { AgentClient } from '@/demo/gateway/agent-client';
import { SINGLE_REPLICA } from '@/demo/gateway/gateway-replicas';
import { CertificateAuthority, type KeyPairPem, selfSignedAgent } from '@/demo/pki/certificate-authority';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { sharedDemo } from '@/testing/control-plane/shared-demo';
import { collectionOf, type PlaneObject, type StatusAgentConnection } from './plane-object';

const NAMESPACE = 'gateways';
const MESH = { replicas: 2, mesh: true };
const SPLIT = { replicas: 2, mesh: false };
const TIMEOUT = { timeout: 20_000, interval: 100 };

let demo: DemoControlPlane<ControlPlaneAccess>;
let own: KeyPairPem;

beforeAll(async () => {
  demo = await sharedDemo({ samples: false, speed: 30 });
  await createOnce(demo.controlPlane.client, namespaceManifest(NAMESPACE, {}));
  own = await selfSignedAgent('own', { days: 90 });
});
afterAll(async () => {
  await demo?.stop();
});

async function createPlane(name: string, caPem: string): Promise<void> {
  await createOnce(demo.controlPlane.client, {
    collection: collectionOf('DataPlane', NAMESPACE),
    body: {
      apiVersion: 'openchoreo.dev/v1alpha1',
      kind: 'DataPlane',
      metadata: { name },
      spec: { planeID: name, clusterAgent: { clientCA: { value: caPem } } },
    },
  });
}

function addAgent(planeID: string, { certPem }: KeyPairPem): void {
  demo.simulation.gateway.agents.add({ planeType: 'dataplane', planeID, certPem });
}

async function reported(name: string): Promise<StatusAgentConnection | undefined> {
  const path = `${collectionOf('DataPlane', NAMESPACE)}/${name}`;
  return (await demo.controlPlane.client.get<PlaneObject>(path)).status?.agentConnection;
}

/** Waits until the plane's status matches while one replica answers. */
async function answeredBy(
  replica: number,
  name: string,
  expected: Record<string, unknown>,
): Promise<StatusAgentConnection | undefined> {
  demo.simulation.gateway.replicas.answering = replica;
  await vi.waitFor(async () => expect(await reported(name)).toMatchObject(expected), TIMEOUT);
  return reported(name);
}

const CONNECTED = { connected: true, connectedAgents: 1 };

test('with a mesh, every replica counts the agent, and only the one that holds it knows its heartbeat', async () => {
  await demo.simulation.setGatewayShape(MESH);
  const { replicas, registry } = demo.simulation.gateway;
  await createPlane('meshed', own.certPem);
  await answeredBy(0, 'meshed', { connected: false });
  addAgent('meshed', own);
  const [agent] = registry.of({ planeType: 'dataplane', planeID: 'meshed' });
  const holder = agent ? replicas.holderOf(agent) : 0;
  const known = await answeredBy(holder, 'meshed', {
    ...CONNECTED,
    lastHeartbeatTime: expect.any(String) as string,
  });
  replicas.answering = 1 - holder;
  await vi.waitFor(
    async () => expect(await reported('meshed')).not.toHaveProperty('lastHeartbeatTime'),
    TIMEOUT,
  );
  expect(await reported('meshed')).toMatchObject({
    ...CONNECTED,
    lastConnectedTime: known?.lastConnectedTime,
  });
});

test('without a mesh, the status is what one replica knows', async () => {
  await demo.simulation.setGatewayShape(SPLIT);
  const { replicas, registry } = demo.simulation.gateway;
  await createPlane('split', own.certPem);
  await answeredBy(0, 'split', { connected: false });
  addAgent('split', own);
  const [agent] = registry.of({ planeType: 'dataplane', planeID: 'split' });
  const holder = agent ? replicas.holderOf(agent) : 0;
  await answeredBy(holder, 'split', CONNECTED);
  await answeredBy(1 - holder, 'split', { connected: false, connectedAgents: 0 });
  await answeredBy(holder, 'split', CONNECTED);
});

test("the Deployment's replicas and the mesh's Service show how the gateway is deployed", async () => {
  const { client } = demo.controlPlane;
  const namespace = `namespaces/${CONTROL_PLANE_NAMESPACE}`;
  const shown = async () => ({
    replicas: (
      await client.get<{ metadata: { name: string }; spec: { replicas: number } }>(
        `/apis/apps/v1/${namespace}/deployments/cluster-gateway`,
      )
    ).spec.replicas,
    mesh: (await client.find(`/api/v1/${namespace}/services/cluster-gateway-mesh`)) !== undefined,
  });
  for (const shape of [MESH, SPLIT, SINGLE_REPLICA]) {
    await demo.simulation.setGatewayShape(shape);
    expect(await shown()).toEqual(shape);
  }
});

test('a scaled-down gateway drops the agents of the replica that ends, and they reconnect', async () => {
  const { simulation } = demo;
  await simulation.setGatewayShape(MESH);
  const key = { planeType: 'dataplane', planeID: 'scaled' };
  for (const _agent of [1, 2]) addAgent('scaled', own);
  const before = simulation.gateway.registry.of(key);
  expect(before.map((agent) => simulation.gateway.replicas.holderOf(agent)).toSorted()).toEqual([0, 1]);
  await simulation.setGatewayShape(SINGLE_REPLICA);
  expect(simulation.gateway.registry.of(key)).toHaveLength(1);
  await vi.waitFor(() => expect(simulation.gateway.registry.of(key)).toHaveLength(2), TIMEOUT);
});

test("an agent that no plane accepts fails with the real agent's words, and connects once one does", async () => {
  const { gateway, gatewayCaPem } = demo.simulation;
  const failures = new Set<string>();
  const verdicts: unknown[] = [];
  let connected = false;
  const agent = new AgentClient({
    ...own,
    url: gateway.url,
    gatewayCaPem,
    planeType: 'dataplane',
    planeID: 'rejected',
    reconnectMs: 100,
    onConnected: () => {
      connected = true;
    },
    onVerdicts: (planes) => verdicts.push(planes),
    onDisconnected: (reason) => failures.add(reason),
  });
  agent.start();
  try {
    await vi.waitFor(() => expect([...failures]).toEqual(['websocket: bad handshake']), TIMEOUT);
    expect(verdicts[0]).toEqual([]);
    await createPlane('rejected', (await selfSignedAgent('another', { days: 90 })).certPem);
    const plane = `dataplanes/${NAMESPACE}/rejected`;
    await vi.waitFor(
      () =>
        expect(verdicts.at(-1)).toEqual([
          { plane, accepted: false, reason: "the plane's CA doesn't verify the agent's certificate" },
        ]),
      TIMEOUT,
    );
    expect(connected).toBe(false);
    await demo.controlPlane.client.patch(`${collectionOf('DataPlane', NAMESPACE)}/rejected`, {
      spec: { clusterAgent: { clientCA: { value: own.certPem } } },
    });
    await vi.waitFor(() => expect(connected).toBe(true), TIMEOUT);
    expect(verdicts.at(-1)).toEqual([{ plane, accepted: true }]);
  } finally {
    agent.stop();
  }
});

test('an old gateway shows no agent on a plane with an intermediate CA that was added after it, until it restarts', async () => {
  const { gateway } = demo.simulation;
  gateway.replicas.answering = 0;
  const root = await CertificateAuthority.create('root', { days: 90 });
  const authority = await root.intermediate('intermediate', { days: 90 });
  const agent = await authority.client('agent', [], { days: 90 });
  gateway.hasIntermediateFault = true;
  addAgent('through-intermediate', agent);
  await createPlane('through-intermediate', authority.certPem);
  await vi.waitFor(
    async () => expect(await reported('through-intermediate')).toMatchObject({ connected: false }),
    TIMEOUT,
  );
  // Another plane of the same age proves that the controllers had time to report this one as connected.
  await createPlane('own-ca', own.certPem);
  addAgent('own-ca', own);
  await answeredBy(0, 'own-ca', CONNECTED);
  expect(await reported('through-intermediate')).toMatchObject({ connected: false });
  await gateway.stop();
  await gateway.start();
  await answeredBy(0, 'through-intermediate', CONNECTED);
  gateway.hasIntermediateFault = false;
});
