import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ControlPlane } from '@/demo/control-plane/control-plane';
import { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import { deleteStored, storedKeys } from '@/demo/control-plane/etcd';
import { installProfile } from '@/demo/crds/install-profile';
import { DEFAULT_RELEASE, type Release } from '@/demo/crds/profiles';
import { awaitSchemas } from './served-schemas';

/**
 * The control planes that test files share, because a start takes seconds: one a worker, so that parallel files never
 * meet. The runner starts them. A file takes its worker's control plane, and finds it empty.
 */

/** Names the folder with the control planes, `slot-1`, `slot-2` and so on. */
const FOLDER_VARIABLE = 'TEST_CONTROL_PLANES';

/** Keys that the API server itself writes at any time. */
const OWN_KEYS =
  /^\/registry\/(apiextensions\.k8s\.io|apiregistration\.k8s\.io|leases\/kube-system|masterleases|peerserverleases|ranges)\//;

/**
 * Starts the control planes unless a parent process has. Workers find them by an environment variable. Returns the
 * function that stops them.
 */
export async function startSlots(count: number): Promise<() => Promise<void>> {
  if (process.env[FOLDER_VARIABLE] !== undefined) return async () => {};
  const folder = await mkdtemp(join(tmpdir(), 'planeboard-slots-'));
  const controlPlanes = await Promise.all(
    Array.from({ length: count }, (_, index) => startSlot(slotFolder(folder, index + 1))),
  );
  process.env[FOLDER_VARIABLE] = folder;
  return async () => {
    delete process.env[FOLDER_VARIABLE];
    await Promise.all(controlPlanes.map((controlPlane) => controlPlane.stop()));
    await rm(folder, { recursive: true, force: true });
  };
}

/**
 * Returns this worker's control plane, wiped, with exactly the kinds of a release.
 *
 * @throws Error when the runner didn't start one for this worker
 */
export async function openSlot(release: Release = DEFAULT_RELEASE): Promise<ControlPlaneAccess> {
  const folder = process.env[FOLDER_VARIABLE];
  if (folder === undefined) throw new Error('No control plane: run the tests with their configuration.');
  const dataDir = slotFolder(folder, workerNumber());
  const controlPlane = await ControlPlaneAccess.open(dataDir);
  await wipe(controlPlane);
  // Also when it served this release before, because a test may have added a kind.
  await installProfile(controlPlane.client, release);
  await awaitSchemas(controlPlane.client, release);
  return controlPlane;
}

/** Empties this worker's control plane after a use of it. */
export async function closeSlot(controlPlane: ControlPlaneAccess): Promise<void> {
  await wipe(controlPlane);
  await controlPlane.client.close();
}

async function startSlot(dataDir: string): Promise<ControlPlane> {
  const controlPlane = await ControlPlane.start({ dataDir });
  await writeFile(baselineFile(dataDir), JSON.stringify(await storedKeys(controlPlane.etcdUrl)));
  return controlPlane;
}

/** Deletes everything that was created since the start, except the kinds. */
async function wipe({ etcdUrl, dataDir }: ControlPlaneAccess): Promise<void> {
  const baseline = new Set(JSON.parse(await readFile(baselineFile(dataDir), 'utf8')) as string[]);
  const created = (await storedKeys(etcdUrl)).filter((key) => !baseline.has(key) && !OWN_KEYS.test(key));
  await deleteStored(etcdUrl, created);
}

/** From 1: Vitest's id of a worker, or Playwright's index. At most as many run at once as there are slots. */
function workerNumber(): number {
  const { VITEST_POOL_ID, TEST_PARALLEL_INDEX } = process.env;
  if (VITEST_POOL_ID !== undefined) return Number(VITEST_POOL_ID);
  return Number(TEST_PARALLEL_INDEX ?? 0) + 1;
}

function slotFolder(folder: string, worker: number): string {
  return join(folder, `slot-${worker}`);
}

function baselineFile(dataDir: string): string {
  return join(dataDir, 'baseline.json');
}
