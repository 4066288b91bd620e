import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Release } from '@/demo/crds/profiles';
import { acquireLock, isAlive, LockHeldError } from '@/demo/process/file-lock';
import { z } from '@/lib/zod';
import { UsageError } from './options';

/** The folder of all demo data, by default in the repository. */
export const DEMO_ROOT =
  process.env.DEMO_STATE_DIR || join(import.meta.dirname, '..', '..', '.cache', 'demo');

/** What an agent needs to know about a running demo. */
const runningDemoSchema = z.object({
  pid: z.number(),
  release: z.string(),
  gatewayUrl: z.string(),
  gatewayCaPem: z.string(),
});
export type RunningDemo = z.infer<typeof runningDemoSchema>;

const RUNNING_FILE = 'running.json';

export interface DemoFolder {
  readonly path: string;
  /** Publishes the running demo, so that agents find it. */
  announce(demo: Omit<RunningDemo, 'pid' | 'release'>): Promise<void>;
  /** Releases the folder and keeps the data. */
  release(): Promise<void>;
}

/**
 * Locks the folder of a release for this process.
 *
 * @param reset whether to empty the folder first
 * @throws UsageError when another demo uses the folder
 */
export async function takeDemoFolder(release: Release, reset: boolean): Promise<DemoFolder> {
  const path = join(DEMO_ROOT, release);
  const unlock = await acquireLock(`${path}.lock`).catch((error: unknown) => {
    if (!(error instanceof LockHeldError)) throw error;
    throw new UsageError(
      `The demo of release ${release} is already running from this folder (process ${error.pid}). Stop it first, or choose another --release.`,
    );
  });
  if (reset) await rm(path, { recursive: true, force: true });
  const file = join(path, RUNNING_FILE);
  return {
    path,
    announce: (demo) => writeFile(file, JSON.stringify({ ...demo, pid: process.pid, release })),
    release: async () => {
      await rm(file, { force: true });
      await unlock();
    },
  };
}

/** Returns the running demos of this repository. */
export async function runningDemos(): Promise<RunningDemo[]> {
  const names = await readdir(DEMO_ROOT).catch(() => []);
  const demos = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(DEMO_ROOT, name, RUNNING_FILE), 'utf8').catch(() => null);
      return text === null ? undefined : runningDemoSchema.parse(JSON.parse(text));
    }),
  );
  return demos.filter((demo) => demo !== undefined).filter((demo) => isAlive(demo.pid));
}
