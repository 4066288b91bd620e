import { constants } from 'node:fs';
import { access, chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The Kubernetes release that the embedded control plane runs and that the Go build produces. */
export const KUBERNETES_VERSION = 'v1.36.3';

/** The paths of the control plane's two programs. */
export interface ControlPlaneBinaries {
  readonly etcd: string;
  readonly kubeApiServer: string;
}

const GO_ARCHITECTURES: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };

/** This machine's platform in Go's notation, such as `linux-amd64`. */
function goPlatform(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  return `${os}-${GO_ARCHITECTURES[process.arch] ?? process.arch}`;
}

/** The file name of a program on this system. */
function programName(name: string): string {
  return process.platform === 'win32' ? `${name}.exe` : name;
}

/** The paths that both programs have in a folder. The files needn't exist. */
export function binariesIn(folder: string): ControlPlaneBinaries {
  return {
    etcd: join(folder, programName('etcd')),
    kubeApiServer: join(folder, programName('kube-apiserver')),
  };
}

/** The user's cache for this project, by the XDG base directory rules. All clones share it. */
export function userCacheDir(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'planeboard');
}

/** The folder of one version's programs in the user's cache. */
function cacheDirOf(version: string): string {
  return join(userCacheDir(), `control-plane-${version}-${goPlatform()}`);
}

/** Finds the cached programs: this project's version, else another patch release of the same series. */
export async function findCached(): Promise<ControlPlaneBinaries | undefined> {
  const series = KUBERNETES_VERSION.slice(0, KUBERNETES_VERSION.lastIndexOf('.') + 1);
  const names = await readdir(userCacheDir()).catch(() => []);
  const others = names.filter(
    (name) => name.startsWith(`control-plane-${series}`) && name.endsWith(`-${goPlatform()}`),
  );
  const folders = [cacheDirOf(KUBERNETES_VERSION), ...others.map((name) => join(userCacheDir(), name))];
  for (const folder of folders) {
    const binaries = binariesIn(folder);
    if (await areExecutable(binaries)) return binaries;
  }
  return undefined;
}

/** Whether both programs exist and are executable. */
export async function areExecutable(binaries: ControlPlaneBinaries): Promise<boolean> {
  const mode = process.platform === 'win32' ? constants.F_OK : constants.X_OK;
  const results = await Promise.allSettled([
    access(binaries.etcd, mode),
    access(binaries.kubeApiServer, mode),
  ]);
  return results.every((result) => result.status === 'fulfilled');
}

/** Copies programs into the cache atomically. Returns their new paths. */
export async function placeInCache(
  binaries: ControlPlaneBinaries,
  version: string,
): Promise<ControlPlaneBinaries> {
  await mkdir(userCacheDir(), { recursive: true });
  const folder = cacheDirOf(version);
  const staging = await mkdtemp(join(userCacheDir(), '.placing-'));
  try {
    const staged = binariesIn(staging);
    await copyFile(binaries.etcd, staged.etcd);
    await copyFile(binaries.kubeApiServer, staged.kubeApiServer);
    await Promise.all([chmod(staged.etcd, 0o755), chmod(staged.kubeApiServer, 0o755)]);
    // An existing folder is incomplete: a complete one would have been used.
    await rm(folder, { recursive: true, force: true });
    await rename(staging, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return binariesIn(folder);
}
