import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import { startDemoControlPlane } from '@/demo/demo-control-plane';
import { PLANE_GROUP, PLANE_KINDS } from '@/lib/plane/model/kinds';
import { MINUTE_MS } from '@/lib/plane/time/duration';
import { PlaneboardServer } from '@/testing/server/planeboard-server';
import { serviceAccount } from '@/testing/server/service-account';
import { HEARTBEAT_SECONDS, known, limitsFor } from './fleet-server';
import { measureLoad } from './load';
import type { Options } from './options';
import { peakBytes, processCost } from './process-cost';
import { formatBytes, row, section } from './report';
import { reviewCount } from './review-count';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const ROLE_GROUP = 'rbac.authorization.k8s.io';
const VIEWER = 'bench-viewer';

/**
 * Measures the server while people with tokens of their own read the feed. Their rights differ, so the server asks the API
 * server about each of them, and encodes the fleet for each view.
 */
export async function measurePeople(
  planes: number,
  { people, peopleViews: views, heartbeat, seconds }: Options,
): Promise<void> {
  section(`${people} people with ${views} different views of ${planes.toLocaleString('en')} planes`);
  const demo = await startDemoControlPlane({ planes, samples: true, speed: HEARTBEAT_SECONDS / heartbeat });
  const { controlPlane } = demo;
  const server = await PlaneboardServer.start({
    kubeconfigPath: controlPlane.kubeconfigPath,
    env: {
      ...limitsFor(heartbeat),
      PLANEBOARD_AUTH: 'token',
      PLANEBOARD_SESSION_KEYS: randomBytes(32).toString('base64'),
    },
  });
  try {
    const pid = server.pid ?? 0;
    const tokens = await createReaders(controlPlane, people, views);
    const admin = await serviceAccount(controlPlane.client, 'cluster-admin');
    await known(server.url, planes, bearer(admin.token));
    await sleep(MINUTE_MS);
    const streams = tokens.map((token) => ({
      url: `${server.url}/api/planes/stream?format=columns`,
      headers: bearer(token),
    }));
    for (const readers of [0, people]) {
      const apiServerPid = controlPlane.pids.apiServer ?? 0;
      const reviewsBefore = await reviewCount(controlPlane.kubeconfigPath);
      const before = processCost(apiServerPid);
      const startedAtMs = performance.now();
      const load = await measureLoad(streams, pid, readers, seconds);
      const measuredMs = performance.now() - startedAtMs;
      const apiServer = processCost(apiServerPid).cpuSeconds - before.cpuSeconds;
      const label = readers === 0 ? 'no readers' : `${people} people with ${views} views`;
      row(`${label}: CPU`, `${percent(load.cpuShare)} of one core`);
      row(`${label}: CPU of the API server`, `${percent(apiServer / (measuredMs / 1000))} of one core`);
      const reviews = (await reviewCount(controlPlane.kubeconfigPath)) - reviewsBefore;
      row(`${label}: reviews of rights`, `${reviews} in ${Math.round(measuredMs / 1000)} s`);
      row(`${label}: memory`, formatBytes(load.residentBytes));
      if (readers > 0) row(`${label}: total sent`, `${formatBytes(load.bytesPerSecond)}/s`);
    }
    row('server memory, at most', formatBytes(peakBytes(pid)));
  } finally {
    await server.kill();
    await demo.stop();
  }
}

/**
 * Creates people in teams, each team with a view of its own: half of the namespaces, from another one on.
 *
 * @returns a token of each person
 */
async function createReaders(
  { client }: ControlPlaneAccess,
  people: number,
  views: number,
): Promise<readonly string[]> {
  const resources = PLANE_KINDS.map(({ plural }) => plural);
  await client.post(`${RBAC}/clusterroles`, {
    metadata: { name: VIEWER },
    rules: [{ apiGroups: [PLANE_GROUP], resources, verbs: ['get', 'list', 'watch'] }],
  });
  const namespaces = await namespacesWithPlanes(client);
  for (let view = 0; view < views; view += 1) {
    const team = teamOf(view);
    await client.post('/api/v1/namespaces', { metadata: { name: team } });
    // A view that starts where another one does is longer.
    const count = Math.ceil(namespaces.length / 2) + Math.floor(view / namespaces.length);
    const seen = Array.from({ length: count }, (_, at) => namespaces[(view + at) % namespaces.length] ?? '');
    await Promise.all(
      seen.map((namespace) =>
        client.post(`${RBAC}/namespaces/${namespace}/rolebindings`, {
          metadata: { name: team },
          roleRef: { apiGroup: ROLE_GROUP, kind: 'ClusterRole', name: VIEWER },
          subjects: [{ apiGroup: ROLE_GROUP, kind: 'Group', name: `system:serviceaccounts:${team}` }],
        }),
      ),
    );
  }
  const numbers = Array.from({ length: people }, (_, person) => person);
  return Promise.all(
    numbers.map(async (person) => {
      const accounts = `/api/v1/namespaces/${teamOf(person % views)}/serviceaccounts`;
      const name = `person-${person}`;
      await client.post(accounts, { metadata: { name } });
      const answer = await client.post<{ status: { token: string } }>(`${accounts}/${name}/token`, {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds: 3600 },
      });
      return answer.status.token;
    }),
  );
}

async function namespacesWithPlanes(client: ControlPlaneAccess['client']): Promise<string[]> {
  const { items } = await client.get<{ items: { metadata: { namespace: string } }[] }>(
    `/apis/${PLANE_GROUP}/v1alpha1/dataplanes`,
  );
  return [...new Set(items.map(({ metadata }) => metadata.namespace))].toSorted();
}

function teamOf(view: number): string {
  return `team-${view}`;
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
