import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import { DEFAULT_RELEASE } from '@/demo/crds/profiles';
import { type DemoControlPlane, simulateOn } from '@/demo/demo-control-plane';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
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
  await keepGatewayCa(folder);
  const demo = await simulateOn(controlPlane, folder, { ...options, release });
  return {
    ...demo,
    stop: async () => {
      await demo.stop();
      await stop();
    },
  };
}

let gatewayCa: Promise<CertificateAuthority> | undefined;

/**
 * Has every simulation of this process use the same CA for its gateway. A server that outlives several of them would
 * rightly report that the CA has changed.
 */
async function keepGatewayCa(folder: string): Promise<void> {
  gatewayCa ??= CertificateAuthority.create('cluster-gateway-ca', { days: GATEWAY_CA_DAYS });
  const { pem } = await gatewayCa;
  await mkdir(join(folder, 'gateway'), { recursive: true });
  await writeFile(join(folder, 'gateway', 'ca.json'), JSON.stringify(pem), { mode: 0o600 });
}

const GATEWAY_CA_DAYS = 3650;
