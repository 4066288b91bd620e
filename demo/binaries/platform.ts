import { homedir } from 'node:os';
import { join } from 'node:path';

/** The release of Kubernetes that the embedded control plane runs, and that the Go build makes. */
export const KUBERNETES_VERSION = 'v1.36.3';

/** Where the two programs of the control plane lie. */
export interface ControlPlaneBinaries {
  readonly etcd: string;
  readonly kubeApiServer: string;
}

const GO_ARCHITECTURES: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };

/** This machine in Go's words, such as `linux-amd64`. */
export function goPlatform(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  return `${os}-${GO_ARCHITECTURES[process.arch] ?? process.arch}`;
}

/** The file name of a program on this system. */
export function programName(name: string): string {
  return process.platform === 'win32' ? `${name}.exe` : name;
}

/** The paths of both programs in a folder, whether they are there or not. */
export function binariesIn(folder: string): ControlPlaneBinaries {
  return {
    etcd: join(folder, programName('etcd')),
    kubeApiServer: join(folder, programName('kube-apiserver')),
  };
}

/** The user's cache for this project, after the XDG base directory rules; shared by all clones. */
export function userCacheDir(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'planeboard');
}
