import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ControlPlane } from '@/demo/control-plane/control-plane';
import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import { installProfile } from '@/demo/crds/install-profile';
import { DEFAULT_RELEASE, type Release } from '@/demo/crds/profiles';
import { closeSlot, openSlot } from './slots';

/** A control plane with only the kinds of a release. Only the test writes planes and their statuses. */
export interface BareControlPlane<Access extends ControlPlaneAccess = ControlPlaneAccess> {
  readonly controlPlane: Access;
  /** A temporary folder, removed by `stop`. */
  readonly folder: string;
  stop(): Promise<void>;
}

/** Returns this worker's control plane, empty. One file after another uses it. */
export async function sharedControlPlane(release: Release = DEFAULT_RELEASE): Promise<BareControlPlane> {
  const folder = await mkdtemp(join(tmpdir(), 'planeboard-bare-'));
  const controlPlane = await openSlot(release);
  const stop = async () => {
    await closeSlot(controlPlane);
    await rm(folder, { recursive: true, force: true });
  };
  return { controlPlane, folder, stop };
}

/**
 * Starts a control plane for a test that breaks the API server or its credentials, or changes its kinds.
 *
 * @param release the release whose kinds are installed; null for none
 * @param apiServerFlags more flags of kube-apiserver
 */
export async function ownControlPlane(
  release: Release | null = DEFAULT_RELEASE,
  apiServerFlags: Readonly<Record<string, string>> = {},
): Promise<BareControlPlane<ControlPlane>> {
  const folder = await mkdtemp(join(tmpdir(), 'planeboard-bare-'));
  const controlPlane = await ControlPlane.start({ dataDir: folder, apiServerFlags });
  const stop = async () => {
    await controlPlane.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    if (release !== null) await installProfile(controlPlane.client, release);
  } catch (error) {
    await stop();
    throw error;
  }
  return { controlPlane, folder, stop };
}
