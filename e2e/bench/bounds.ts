import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ControlPlane } from '@/demo/control-plane/control-plane';
import { inParallel } from '@/demo/control-plane/in-parallel';
import type { KubeClient } from '@/demo/control-plane/kube-client';
import { installCrds, installProfile } from '@/demo/crds/install-profile';
import { crdsOf, DEFAULT_RELEASE } from '@/demo/crds/profiles';
import { createFleet } from '@/demo/fleet/fleet';
import { Simulation } from '@/demo/simulation/simulation';
import { PLANE_API_VERSION, PLANE_KINDS } from '@/lib/plane/model/kinds';
import { z } from '@/lib/zod';
import { PlaneboardServer, REAL_PACE } from '@/testing/server/planeboard-server';
import { pageSnapshot } from './page-snapshot';
import { processCost } from './process-cost';
import { formatBytes, row, section } from './report';

const WRITES = 20_000;
const CONCURRENCY = 24;
/** How long the server may need to show what was written last. */
const CATCH_UP_MS = 120_000;
/** The kind whose definition is removed: about 3,000 of 4,400 planes. */
const REMOVED_PLURAL = 'dataplanes';
const PLANES_WITH_REMOVED = 4_400;

/**
 * Does to a fleet what must not let the server grow: deletes all planes and creates them again, writes statuses at full
 * speed, and removes the definition of a kind with thousands of planes. No controllers run. Prints the server's memory
 * after each.
 */
export async function measureBounds(planes: number): Promise<void> {
  section(`${planes.toLocaleString('en')} planes, deleted, created again, and written at full speed`);
  const dataDir = await mkdtemp(join(tmpdir(), 'planeboard-bounds-'));
  const controlPlane = await ControlPlane.start({ dataDir });
  const { client } = controlPlane;
  let server: PlaneboardServer | undefined;
  try {
    await installProfile(client, DEFAULT_RELEASE);
    await create(controlPlane, planes);
    server = await PlaneboardServer.start({ kubeconfigPath: controlPlane.kubeconfigPath, env: REAL_PACE });
    const { url, pid = 0 } = server;
    const report = (label: string) => row(label, formatBytes(processCost(pid).residentBytes));
    await shows(url, planes);
    await pageSnapshot(url);
    report('server memory, all planes read');

    for (const round of ['once', 'twice']) {
      await deleteAll(client);
      await shows(url, 0);
      await create(controlPlane, planes);
      await shows(url, planes);
      report(`server memory, deleted and created ${round}`);
    }

    const tookMs = await writeStatuses(client, url);
    row(`${WRITES.toLocaleString('en')} status writes`, `${Math.round(WRITES / (tookMs / 1000))} a second`);
    report('server memory, after the writes');

    await deleteAll(client);
    await create(controlPlane, PLANES_WITH_REMOVED);
    await shows(url, PLANES_WITH_REMOVED);
    const removed = (await list(client, REMOVED_PLURAL)).length;
    const rest = crdsOf(DEFAULT_RELEASE).filter((crd) => crd.spec.names.plural !== REMOVED_PLURAL);
    await installCrds(client, rest);
    await shows(url, PLANES_WITH_REMOVED - removed);
    report(`server memory, a kind with ${removed.toLocaleString('en')} planes removed`);
  } finally {
    await server?.kill();
    await controlPlane.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Creates generated planes whose controllers never start, each time in a new data folder. */
async function create(controlPlane: ControlPlane, planes: number): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'planeboard-bounds-fleet-'));
  try {
    const simulation = await Simulation.prepare(controlPlane, { dataDir });
    await createFleet(controlPlane, simulation, {
      release: DEFAULT_RELEASE,
      dataDir,
      samples: false,
      planes,
    });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

interface Listed {
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

async function list(client: KubeClient, plural: string): Promise<readonly Listed[]> {
  const found = await client.find<{ items: readonly Listed[] }>(`/apis/${PLANE_API_VERSION}/${plural}`);
  return found?.items ?? [];
}

function pathOf(plural: string, { metadata: { name, namespace } }: Listed): string {
  return `/apis/${PLANE_API_VERSION}/${namespace ? `namespaces/${namespace}/` : ''}${plural}/${name}`;
}

async function allPaths(client: KubeClient): Promise<string[]> {
  const lists = await Promise.all(
    PLANE_KINDS.map(async ({ plural }) => (await list(client, plural)).map((item) => pathOf(plural, item))),
  );
  return lists.flat();
}

/** No controller removes the finalizers. */
async function deleteAll(client: KubeClient): Promise<void> {
  await inParallel(await allPaths(client), CONCURRENCY, async (path) => {
    await client.patch(path, { metadata: { finalizers: null } });
    await client.delete(path);
  });
}

/** Writes conditions as fast as the API server takes them. Resolves with the time in ms until the server has the last. */
async function writeStatuses(client: KubeClient, url: string): Promise<number> {
  const paths = await allPaths(client);
  const startedAtMs = performance.now();
  await inParallel(
    Array.from({ length: WRITES }, (_, turn) => turn),
    CONCURRENCY,
    async (turn) => {
      const condition = {
        type: 'Ready',
        status: turn % 2 === 0 ? 'True' : 'False',
        reason: 'Bench',
        message: `write ${turn}`,
        lastTransitionTime: '2026-01-01T00:00:00Z',
      };
      await client.patch(`${paths[turn % paths.length]}/status`, { status: { conditions: [condition] } });
    },
  );
  await until(async () =>
    (await fetch(`${url}/api/planes`).then((answer) => answer.text())).includes(`write ${WRITES - 1}"`),
  );
  return performance.now() - startedAtMs;
}

const countSchema = z.object({ planes: z.array(z.unknown()) });

async function shows(url: string, planes: number): Promise<void> {
  await until(async () => {
    const answer = await fetch(`${url}/api/planes`).then((response) => response.json());
    return countSchema.parse(answer).planes.length === planes;
  });
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const endMs = performance.now() + CATCH_UP_MS;
  while (!(await isSo())) {
    if (performance.now() > endMs)
      throw new Error(`The server didn't catch up within ${CATCH_UP_MS / 1000} s.`);
    await sleep(1000);
  }
}
