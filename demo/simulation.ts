import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ControlPlane } from '@/demo/control-plane/control-plane';
import { isPortFree } from '@/demo/control-plane/free-port';
import { Controllers } from '@/demo/controllers/controllers';
import { Gateway } from '@/demo/gateway/gateway';
import { timingOf } from '@/demo/gateway/timing';
import { CertificateAuthority, type KeyPairPem } from '@/demo/pki/certificate-authority';
import { publishGatewayAddress, publishGatewayCa } from './published-gateway';
import { PublishedWorkloads } from './published-workloads';

const GATEWAY_CA_DAYS = 3650;
const GATEWAY_CERTIFICATE_DAYS = 365;

export interface SimulationOptions {
  /** Keeps the gateway's CA over restarts. */
  readonly dataDir: string;
  /** Divides the 60 s of the controllers and all other intervals. */
  readonly speed?: number;
}

/** OpenChoreo's own parts, simulated: the cluster gateway with its agents, and the controllers. */
export class Simulation {
  private constructor(
    readonly gateway: Gateway,
    readonly controllers: Controllers,
    /** The CA that agents verify the gateway by, PEM. */
    readonly gatewayCaPem: string,
    private readonly portFile: string,
    private readonly controlPlane: ControlPlane,
    private readonly workloads: PublishedWorkloads,
  ) {}

  /** Makes gateway and controllers and publishes the gateway's CA; nothing runs before `start`. */
  static async prepare(controlPlane: ControlPlane, options: SimulationOptions): Promise<Simulation> {
    const timing = timingOf(options.speed ?? 1);
    const authority = await gatewayAuthority(join(options.dataDir, 'gateway'));
    const serving = await authority.serving(['localhost', '127.0.0.1', '::1'], {
      days: GATEWAY_CERTIFICATE_DAYS,
    });
    const gateway = new Gateway(serving, timing);
    const controllers = new Controllers(controlPlane.adminCredentials, gateway, timing);
    await publishGatewayCa(controlPlane.client, authority.certPem);
    const portFile = join(options.dataDir, 'gateway', 'port');
    const workloads = new PublishedWorkloads(controlPlane.client, gateway, controllers, timing.speed);
    return new Simulation(gateway, controllers, authority.certPem, portFile, controlPlane, workloads);
  }

  /** The gateway listens, all agents connect, and the controllers look at every plane: resolves when they have. */
  async start(): Promise<void> {
    // Agents that run on while the demo is started again find it where it was.
    const lastPort = Number(await readFile(this.portFile, 'utf8').catch(() => '0'));
    await this.gateway.start((await isPortFree(lastPort)) ? lastPort : 0);
    const { port } = new URL(this.gateway.url);
    await writeFile(this.portFile, port);
    await publishGatewayAddress(this.controlPlane.client, Number(port));
    await this.workloads.start();
    await this.controllers.start();
  }

  /** The cluster of a planeID is gone: its simulated agents leave and do not come back. */
  dropAgents(planeType: string, planeID: string): number {
    return this.gateway.agents.remove({ planeType, planeID });
  }

  async stop(): Promise<void> {
    await this.workloads.stop();
    await this.controllers.stop();
    await this.gateway.stop();
  }
}

async function gatewayAuthority(folder: string): Promise<CertificateAuthority> {
  const file = join(folder, 'ca.json');
  const saved = await readFile(file, 'utf8').catch(() => undefined);
  if (saved !== undefined) return CertificateAuthority.load(JSON.parse(saved) as KeyPairPem);
  const authority = await CertificateAuthority.create('cluster-gateway-ca', { days: GATEWAY_CA_DAYS });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(file, JSON.stringify(authority.pem), { mode: 0o600 });
  return authority;
}
