import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import { DEFAULT_RELEASE } from '@/demo/crds/profiles';
import { type DemoControlPlane, simulateOn } from '@/demo/demo-control-plane';
import { type BareControlPlane, sharedControlPlane } from './bare-control-plane';

/**
 * Starts the simulated OpenChoreo components on this worker's control plane. `stop` ends them.
 *
 * @param bare another control plane to start them on, which ends with them
 */
export async function sharedDemo(
  options: Parameters<typeof simulateOn>[2],
  bare?: BareControlPlane,
): Promise<DemoControlPlane<ControlPlaneAccess>> {
  const { release = DEFAULT_RELEASE } = options;
  const { controlPlane, folder, stop } = bare ?? (await sharedControlPlane(release));
  const demo = await simulateOn(controlPlane, folder, { ...options, release });
  return {
    ...demo,
    stop: async () => {
      await demo.stop();
      await stop();
    },
  };
}
