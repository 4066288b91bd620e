import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ControlPlane } from '@/demo/control-plane/control-plane';
import { installProfile } from '@/demo/crds/install-profile';
import { DEFAULT_RELEASE, type Release } from '@/demo/crds/profiles';

export interface BareControlPlane {
  readonly controlPlane: ControlPlane;
  /** Goes with it when it stops. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** A control plane with the kinds of a release and nothing else: nobody but the test writes a plane or its status. */
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
