import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { fleetChangesSchema } from '@/lib/api/fleet';
import { historyAnswerSchema } from '@/lib/api/history';
import { wallFrameSchema } from '@/lib/api/wall';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { formatRfc3339 } from '@/lib/plane/time/age';
import { getPlaneHistory } from '@/lib/server/history/get-plane-history';
import { fleetMetrics } from '@/lib/server/metrics/fleet-metrics';
import { serviceCaller } from '@/lib/server/rights/service-caller';
import { WHOLE_FLEET } from '@/lib/server/rights/view';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { NO_LIMITS, wallViewOf } from '@/lib/server/wall/wall-view';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { ensureNamespace, grant } from '@/testing/control-plane/kube-objects';
import { SseReader } from '@/testing/server/sse-reader';
import {
  captureLog,
  planeNamed,
  planesOf,
  startProcessRuntime,
  stopProcessRuntime,
  until,
} from '@/testing/server/test-runtime';

/** Short, so the test needn't wait for minutes. Kubernetes stores whole seconds. */
const LIMITS = { heartbeatFreshMs: 4_000, heartbeatStaleMs: 8_000 };
const IN_NAMESPACE = `namespaces/${CONTROL_PLANE_NAMESPACE}`;
const DEPLOYMENTS = `/apis/apps/v1/${IN_NAMESPACE}/deployments`;
const SERVICES = `/api/v1/${IN_NAMESPACE}/services`;

let demo: BareControlPlane;
let writer: DataPlaneWriter;
let runtime: Runtime;
let caPem: string;

beforeAll(async () => {
  captureLog();
  demo = await sharedControlPlane();
  writer = new DataPlaneWriter(demo.controlPlane.client);
  ({ certPem: caPem } = await CertificateAuthority.create('agents', { days: 300 }));
  await ensureNamespace(demo.controlPlane.client, CONTROL_PLANE_NAMESPACE);
});
afterEach(async () => {
  await stopProcessRuntime(runtime);
  const { client } = demo.controlPlane;
  await client.delete(`${DEPLOYMENTS}/cluster-gateway`).catch(() => {});
  await client.delete(`${SERVICES}/cluster-gateway-mesh`).catch(() => {});
});
afterAll(async () => {
  await demo?.stop();
});

const create = (name: string) => writer.create(name, { clusterAgent: { clientCA: { value: caPem } } });

async function deployGateway(replicas: number, mesh: boolean): Promise<void> {
  const { client } = demo.controlPlane;
  const labels = { app: 'cluster-gateway' };
  await client.post(DEPLOYMENTS, {
    metadata: { name: 'cluster-gateway' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'gateway', image: 'example.com/gateway' }] },
      },
    },
  });
  if (mesh)
    await client.post(SERVICES, {
      metadata: { name: 'cluster-gateway-mesh' },
      spec: { clusterIP: 'None', selector: labels, ports: [{ name: 'mesh', port: 8445 }] },
    });
}

/** Writes the status as a controller does after it asked a gateway replica. */
async function copy(name: string, { heartbeat }: { heartbeat: boolean }): Promise<void> {
  const lastHeartbeatTime = heartbeat ? formatRfc3339(Date.now()) : null;
  await demo.controlPlane.client.patch(
    `/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes/${name}/status`,
    { status: { agentConnection: { connected: true, connectedAgents: 1, lastHeartbeatTime } } },
  );
  await until(runtime, () => {
    const agent = planeNamed(runtime, name)?.agent;
    return heartbeat
      ? agent?.lastHeartbeatTime === lastHeartbeatTime
      : agent?.connected === true && agent.lastHeartbeatTime === undefined;
  });
}

const healthOf = (name: string) => planeNamed(runtime, name)?.health;
const codesOf = (name: string) => healthOf(name)?.reasons.map(({ code }) => code);
const wallPlaneOf = (name: string) =>
  wallFrameSchema
    .parse(JSON.parse(runtime.wall.hub.json(wallViewOf(NO_LIMITS, new URLSearchParams()))))
    .planes.find((plane) => plane.name === name);
const metricsText = async () =>
  (await fleetMetrics(planesOf(runtime), runtime.engine.sources.wire(), runtime.clock.nowMs())).text;
async function historyOf(name: string): Promise<string[]> {
  const identity = { plural: 'dataplanes', namespace: 'default', name };
  const answer = historyAnswerSchema.parse(await getPlaneHistory(await serviceCaller(), identity));
  return answer.entries.map(({ text }) => text);
}
const untilState = (name: string, state: string) => until(runtime, () => healthOf(name)?.state === state);

describe('with several gateway replicas', () => {
  test("a heartbeat that comes and goes keeps its plane healthy everywhere, and ages when it doesn't come back", async () => {
    await deployGateway(2, true);
    runtime = await startProcessRuntime(demo.controlPlane.kubeconfigPath, LIMITS);
    await create('meshed');
    await until(runtime, () => planeNamed(runtime, 'meshed') !== undefined);
    await copy('meshed', { heartbeat: true });
    await untilState('meshed', 'healthy');
    const history = await historyOf('meshed');
    const reader = new SseReader(runtime.feed.open(WHOLE_FLEET, null, 'compact'));
    await reader.nextOf('snapshot');

    for (let round = 0; round < 4; round += 1) {
      await copy('meshed', { heartbeat: false });
      expect(healthOf('meshed')).toMatchObject({
        state: 'healthy',
        reasons: [{ code: 'heartbeat-remembered', severity: 'info' }],
      });
      expect(healthOf('meshed')?.reasons[0]?.message).toMatch(
        /^Heartbeat heard \d s ago through another gateway replica\.$/,
      );
      expect(wallPlaneOf('meshed')).toMatchObject({
        health: { state: 'healthy' },
        lastHeartbeatTime: expect.any(String) as string,
      });
      expect(await metricsText()).toContain(
        'planeboard_planes{kind="DataPlane",health="healthy",maintenance="false"} 1',
      );
      await copy('meshed', { heartbeat: true });
      expect(healthOf('meshed')).toEqual({ state: 'healthy', reasons: [] });
    }
    expect(await historyOf('meshed')).toEqual(history);

    const heard = planeNamed(runtime, 'meshed')?.agent?.lastHeartbeatTime;
    await copy('meshed', { heartbeat: false });
    await untilState('meshed', 'degraded');
    expect(codesOf('meshed')).toEqual(['heartbeat-late', 'heartbeat-remembered']);
    await untilState('meshed', 'stale');
    expect(codesOf('meshed')).toEqual(['heartbeat-stale', 'heartbeat-remembered']);
    expect(wallPlaneOf('meshed')).toMatchObject({
      health: { state: 'stale' },
      since: { at: heard, exact: true },
    });
    expect(await metricsText()).toContain(
      'planeboard_planes{kind="DataPlane",health="stale",maintenance="false"} 1',
    );
    await expect
      .poll(async () => (await historyOf('meshed')).slice(0, 1))
      .toEqual([expect.stringMatching(/^Stale, was degraded: Last heartbeat at /)]);

    // The reader got the flips as heartbeats, and whole planes only when the state changed.
    const upserted: string[] = [];
    const gaps: (string | null | undefined)[] = [];
    while (upserted.at(-1) !== 'stale') {
      const { upserts, heartbeats } = fleetChangesSchema.parse(
        JSON.parse((await reader.nextOf('changes')).data),
      );
      upserted.push(...upserts.map(({ health }) => health.state));
      gaps.push(...(heartbeats ?? []).map(([, , , gap]) => gap?.last));
    }
    await reader.cancel();
    expect(upserted).toEqual(['degraded', 'stale']);
    expect(gaps).toContain(heard);
    await writer.remove('meshed');
  });

  test("a heartbeat that was never reported isn't measured, also after a restart of Planeboard", async () => {
    await deployGateway(1, true);
    await create('quiet');
    runtime = await startProcessRuntime(demo.controlPlane.kubeconfigPath);
    await copy('quiet', { heartbeat: true });
    await copy('quiet', { heartbeat: false });
    expect(healthOf('quiet')?.state).toBe('healthy');
    await stopProcessRuntime(runtime);

    runtime = await startProcessRuntime(demo.controlPlane.kubeconfigPath);
    await untilState('quiet', 'unmonitored');
    expect(healthOf('quiet')?.reasons).toEqual([
      {
        code: 'heartbeat-not-reported',
        severity: 'info',
        message:
          'Heartbeat not reported by this gateway. Only the replica that holds the connection knows it.',
      },
    ]);
    expect(await historyOf('quiet')).toEqual([]);
    await copy('quiet', { heartbeat: true });
    expect(healthOf('quiet')?.state).toBe('healthy');
    expect(await historyOf('quiet')).toEqual([]);
    await writer.remove('quiet');
  });
});

describe('with one gateway replica', () => {
  test('a missing heartbeat is unknown, until the gateway gets a mesh', async () => {
    await deployGateway(1, false);
    await create('single');
    runtime = await startProcessRuntime(demo.controlPlane.kubeconfigPath);
    await copy('single', { heartbeat: true });
    await until(runtime, () => codesOf('single')?.length === 0);
    await copy('single', { heartbeat: false });
    await until(runtime, () => codesOf('single')?.[0] === 'heartbeat-missing');
    expect(healthOf('single')?.state).toBe('unknown');

    await demo.controlPlane.client.patch(`${DEPLOYMENTS}/cluster-gateway`, { spec: { replicas: 3 } });
    await untilState('single', 'healthy');
    expect(codesOf('single')).toEqual(['heartbeat-remembered']);
    await writer.remove('single');
  });
});

describe("without the right to read the gateway's Deployment and Service", () => {
  test('a heartbeat that was seen counts and ages, and one that was never seen is missing', async () => {
    await deployGateway(2, true);
    const viewer = await demo.controlPlane.addUser({ name: 'gateway-blind' });
    await grant(demo.controlPlane.client, 'gateway-blind', [
      { apiGroups: ['openchoreo.dev'], resources: ['*'], verbs: ['get', 'list', 'watch'] },
    ]);
    await create('seen');
    await create('unseen');
    runtime = await startProcessRuntime(viewer.kubeconfigPath, LIMITS);
    await copy('unseen', { heartbeat: false });
    await copy('seen', { heartbeat: true });
    await copy('seen', { heartbeat: false });
    expect(healthOf('unseen')).toMatchObject({ state: 'unknown', reasons: [{ code: 'heartbeat-missing' }] });
    expect(healthOf('seen')).toMatchObject({
      state: 'healthy',
      reasons: [
        {
          code: 'heartbeat-remembered',
          message: expect.stringMatching(/^The status has no heartbeat/) as string,
        },
      ],
    });
    await untilState('seen', 'stale');
    await writer.remove('seen');
    await writer.remove('unseen');
  });
});

test('a connection that changes all the time is one problem with one entry in the history', async () => {
  await create('flapping');
  runtime = await startProcessRuntime(demo.controlPlane.kubeconfigPath);
  const report = async (connected: boolean) => {
    const now = formatRfc3339(Date.now());
    const times = connected ? { lastHeartbeatTime: now } : { lastDisconnectedTime: now };
    await demo.controlPlane.client.patch(
      '/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes/flapping/status',
      { status: { agentConnection: { connected, connectedAgents: connected ? 1 : 0, ...times } } },
    );
    await until(runtime, () => planeNamed(runtime, 'flapping')?.agent?.connected === connected);
  };
  for (const connected of [true, false, true, false]) await report(connected);
  expect(healthOf('flapping')).toMatchObject({
    state: 'degraded',
    reasons: [{ code: 'connection-flapping' }],
  });
  const history = await historyOf('flapping');
  const since = wallPlaneOf('flapping')?.since;
  for (let round = 0; round < 4; round += 1) {
    for (const connected of [true, false]) {
      await report(connected);
      expect(healthOf('flapping')?.state).toBe('degraded');
      expect(wallPlaneOf('flapping')).toMatchObject({ health: { state: 'degraded' }, since });
    }
  }
  expect(await historyOf('flapping')).toEqual(history);
  expect(history[0]).toMatch(/^Degraded, was healthy: The reported connection has kept changing since/);
  await writer.remove('flapping');
});
