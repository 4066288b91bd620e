import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { guard, unguard } from '@/demo/process/guardian';
import { binariesIn, type ControlPlaneBinaries, KUBERNETES_VERSION, placeInCache } from './binary-cache';

const moduleDir = join(import.meta.dirname, 'go');
const PROGRESS_EVERY_MS = 10_000;

/** The linker flags that stamp the version into the binary, as Kubernetes' own build does. */
function linkerFlags(): string {
  const [major, minor] = KUBERNETES_VERSION.slice(1).split('.');
  const variables = { gitVersion: KUBERNETES_VERSION, gitMajor: major, gitMinor: minor };
  const stamps = Object.entries(variables).map(
    ([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`,
  );
  return ['-s', '-w', ...stamps].join(' ');
}

/**
 * Builds etcd and kube-apiserver with the Go toolchain, from modules of Go's own proxy. Works where only package
 * registries can be reached. A cold build takes minutes.
 *
 * @param say receives the progress
 * @throws when Go is missing or the build fails
 */
export async function buildWithGo(say: (line: string) => void): Promise<ControlPlaneBinaries> {
  const go = spawnSync('go', ['version'], { encoding: 'utf8' });
  if (go.status !== 0) throw new Error("Go isn't on the PATH");
  const staging = await mkdtemp(join(tmpdir(), 'planeboard-go-'));
  try {
    const binaries = binariesIn(staging);
    await buildPackage('k8s.io/kubernetes/cmd/kube-apiserver', binaries.kubeApiServer, say);
    await buildPackage('go.etcd.io/etcd/server/v3', binaries.etcd, say);
    return await placeInCache(binaries, KUBERNETES_VERSION);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function buildPackage(pkg: string, output: string, say: (line: string) => void): Promise<void> {
  const startedAtMs = performance.now();
  const elapsed = () => `${Math.round((performance.now() - startedAtMs) / 1000)} s`;
  const child = spawn('go', ['build', '-v', '-ldflags', linkerFlags(), '-o', output, pkg], {
    cwd: moduleDir,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: process.platform !== 'win32',
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly', GOWORK: 'off' },
  });
  // If this process dies, the compiler and its subprocesses must end too.
  const { pid } = child;
  if (pid !== undefined) guard(pid);

  let compiled = 0;
  let downloaded = 0;
  const tail: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (line.startsWith('go: downloading')) downloaded += 1;
    else compiled += 1;
    tail.push(line);
    if (tail.length > 20) tail.shift();
  });
  const progress = setInterval(
    () => say(`  ${pkg}: ${downloaded} modules downloaded, ${compiled} packages compiled, ${elapsed()}`),
    PROGRESS_EVERY_MS,
  );
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    if (code !== 0) throw new Error(`go build of ${pkg} failed: ${tail.join('; ')}`);
    say(`  ${pkg}: built in ${elapsed()}`);
  } finally {
    clearInterval(progress);
    if (pid !== undefined) unguard(pid);
  }
}
