import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ControlPlane } from './control-plane/control-plane';
import { installProfile } from './crds/install-profile';
import { DEFAULT_RELEASE, type Release } from './crds/profiles';

export interface DemoOptions {
  readonly release?: Release;
  /** A folder that keeps the control plane's data; by default a temporary one, removed at the end. */
  readonly dataDir?: string;
  readonly apiServerFlags?: Readonly<Record<string, string>>;
  readonly log?: (line: string) => void;
}

export interface DemoControlPlane {
  readonly controlPlane: ControlPlane;
  stop(): Promise<void>;
}

/** A control plane with the kinds of a release, for tests, the benchmark and the demo. */
export async function startDemoControlPlane(options: DemoOptions = {}): Promise<DemoControlPlane> {
  const temporary = options.dataDir === undefined;
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'planeboard-')));
  const cleanUp = async () => {
    if (temporary) await rm(dataDir, { recursive: true, force: true });
  };
  const { apiServerFlags, log } = options;
  const controlPlane = await ControlPlane.start({
    dataDir,
    ...(apiServerFlags ? { apiServerFlags } : {}),
    ...(log ? { log } : {}),
  }).catch(async (error: unknown) => {
    await cleanUp();
    throw error;
  });
  const stop = async () => {
    await controlPlane.stop();
    await cleanUp();
  };
  try {
    await installProfile(controlPlane.client, options.release ?? DEFAULT_RELEASE);
  } catch (error) {
    await stop();
    throw error;
  }
  return { controlPlane, stop };
}
