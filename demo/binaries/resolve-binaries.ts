import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LockHeldError, takeLock } from '@/demo/file-lock';
import { areExecutable, findCached } from './binary-cache';
import { downloadOfficial } from './download';
import { buildWithGo } from './go-build';
import { binariesIn, type ControlPlaneBinaries, userCacheDir } from './platform';

const LOCK_POLL_MS = 500;

/**
 * Finds etcd and kube-apiserver, cheapest way first: the folder in KUBEBUILDER_ASSETS, the user's cache, the official
 * download, a build with Go. `say` hears what is tried and why it failed. Throws one sentence when none works.
 */
export async function resolveControlPlaneBinaries(
  say: (line: string) => void,
): Promise<ControlPlaneBinaries> {
  const assets = process.env.KUBEBUILDER_ASSETS;
  if (assets) {
    const binaries = binariesIn(assets);
    if (await areExecutable(binaries)) return binaries;
    say(`KUBEBUILDER_ASSETS (${assets}) does not hold etcd and kube-apiserver; looking elsewhere.`);
  }
  return (await findCached()) ?? (await underLock(say));
}

/** Only one process at a time fetches or builds: the others wait for what it makes. */
async function underLock(say: (line: string) => void): Promise<ControlPlaneBinaries> {
  let told = false;
  for (;;) {
    try {
      const release = await takeLock(join(userCacheDir(), 'control-plane.lock'));
      try {
        return (await findCached()) ?? (await obtain(say));
      } finally {
        await release();
      }
    } catch (error) {
      if (!(error instanceof LockHeldError)) throw error;
      if (!told)
        say(`Process ${error.pid} is getting the control plane's binaries already; waiting for it ...`);
      told = true;
      // The end of another process cannot be awaited as an event.
      await sleep(LOCK_POLL_MS);
    }
  }
}

async function obtain(say: (line: string) => void): Promise<ControlPlaneBinaries> {
  const ways = [
    {
      what: "Downloading Kubernetes' own test binaries (about 70 MB, once)",
      get: downloadOfficial,
    },
    {
      what: 'Building them with Go (about 4 minutes on two cores, once)',
      get: buildWithGo,
    },
  ];
  for (const way of ways) {
    say(`${way.what} ...`);
    try {
      return await way.get(say);
    } catch (error) {
      say(`  That did not work: ${causeOf(error)}`);
    }
  }
  throw new Error(
    'etcd and kube-apiserver could not be had: set KUBEBUILDER_ASSETS to a folder that holds them, or allow downloads from github.com, or install Go >= 1.26 and allow its module proxy.',
  );
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
