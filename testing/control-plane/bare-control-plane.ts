import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ControlPlane } from '@/demo/control-plane/control-plane';
import { installProfile } from '@/demo/crds/install-profile';
import { DEFAULT_RELEASE, type Release } from '@/demo/crds/profiles';

export interface BareControlPlane {
  readonly controlPlane: ControlPlane;
  /** A temporary folder, removed by `stop`. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** Starts a control plane with only the kinds of a release. Only the test writes planes and their statuses. */
export async function startBareControlPlane(release: Release = DEFAULT_RELEASE): Promise<BareControlPlane> {
  const folder = await mkdtemp(join(tmpdir(), 'planeboard-bare-'));
  const controlPlane = await ControlPlane.start({ dataDir: folder });
  const stop = async () => {
    await controlPlane.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await installProfile(controlPlane.client, release);
  } catch (error) {
    await stop();
    throw error;
  }
  return { controlPlane, folder, stop };
}
