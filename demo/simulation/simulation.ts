import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import type { KubeClient } from '@/demo/control-plane/kube-client';
import { Controllers } from '@/demo/controllers/controllers';
import { DEFAULT_RELEASE, type Release } from '@/demo/crds/profiles';
import { Gateway } from '@/demo/gateway/gateway';
import type { GatewayShape } from '@/demo/gateway/gateway-replicas';
import { timingOf } from '@/demo/gateway/timing';
import { CertificateAuthority, type KeyPairPem } from '@/demo/pki/certificate-authority';
import { isPortFree } from '@/demo/process/free-port';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { ComponentWorkloads } from './component-workloads';

const GATEWAY_CA_DAYS = 3650;
const GATEWAY_CERTIFICATE_DAYS = 365;
const GATEWAY_HOST = '127.0.0.1';
/** The namespace of OpenChoreo's components, where agents find the gateway's address and CA. */
const NAMESPACE_PATH = `/api/v1/namespaces/${CONTROL_PLANE_NAMESPACE}`;

export interface SimulationOptions {
  /** Stores the gateway's CA across restarts. */
  readonly dataDir: string;
  /** Divides the controllers' interval of 60 s and all other intervals. */
  readonly speed?: number;
  /** Decides which Services publish the gateway. */
  readonly release?: Release;
  /** How the gateway is deployed; by default one replica. */
  readonly gateway?: GatewayShape;
}

/** The simulated OpenChoreo components: the cluster gateway with its agents, and the controllers. */
export class Simulation {
  private constructor(
    readonly gateway: Gateway,
    readonly controllers: Controllers,
    /** The CA that agents verify the gateway with, PEM. */
    readonly gatewayCaPem: string,
    private readonly portFile: string,
    private readonly controlPlane: ControlPlaneAccess,
    private readonly workloads: ComponentWorkloads,
    private readonly release: Release,
  ) {}

  /** Creates the gateway and the controllers and publishes the gateway's CA. Nothing runs before `start`. */
  static async prepare(controlPlane: ControlPlaneAccess, options: SimulationOptions): Promise<Simulation> {
    const timing = timingOf(options.speed ?? 1);
    const authority = await gatewayAuthority(join(options.dataDir, 'gateway'));
    const serving = await authority.serving(['localhost', '127.0.0.1', '::1'], {
      days: GATEWAY_CERTIFICATE_DAYS,
    });
    const gateway = new Gateway(serving, timing);
    if (options.gateway) gateway.setShape(options.gateway);
    const controllers = new Controllers(controlPlane.adminCredentials, gateway, timing);
    await publishGatewayCa(controlPlane.client, authority.certPem);
    await publishGatewayCertificate(controlPlane.client, serving, authority.certPem);
    const portFile = join(options.dataDir, 'gateway', 'port');
    const release = options.release ?? DEFAULT_RELEASE;
    const workloads = new ComponentWorkloads(
      controlPlane.client,
      gateway,
      controllers,
      timing.speed,
      release,
    );
    return new Simulation(
      gateway,
      controllers,
      authority.certPem,
      portFile,
      controlPlane,
      workloads,
      release,
    );
  }

  /** Starts the gateway, the agents and the controllers. Resolves when every plane was reconciled once. */
  async start(): Promise<void> {
    // The old port is reused, so agents that survive a restart of the demo find the gateway.
    const lastPort = Number(await readFile(this.portFile, 'utf8').catch(() => '0'));
    await this.gateway.start((await isPortFree(lastPort)) ? lastPort : 0);
    const { port } = new URL(this.gateway.url);
    await writeFile(this.portFile, port);
    await publishGatewayAddress(this.controlPlane.client, Number(port), this.release);
    await this.workloads.start();
    await this.controllers.start();
  }

  /** Removes the simulated agents of a planeID for good, as if its cluster no longer existed. Returns their number. */
  dropAgents(planeType: string, planeID: string): number {
    return this.gateway.agents.remove({ planeType, planeID });
  }

  /** Deploys the gateway differently: its Deployment, its mesh's Service, and what its replicas answer. */
  async setGatewayShape(shape: GatewayShape): Promise<void> {
    this.gateway.setShape(shape);
    await this.workloads.refresh();
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

/** Writes the Secret with the gateway's CA, which an administrator copies to the agents. */
async function publishGatewayCa(client: KubeClient, caPem: string): Promise<void> {
  if (!(await client.find(NAMESPACE_PATH))) {
    await client.post('/api/v1/namespaces', { metadata: { name: CONTROL_PLANE_NAMESPACE } });
  }
  const name = 'cluster-gateway-ca';
  const data = { 'ca.crt': Buffer.from(caPem).toString('base64') };
  const existing = await client.find(`${NAMESPACE_PATH}/secrets/${name}`);
  if (existing) await client.patch(`${NAMESPACE_PATH}/secrets/${name}`, { data });
  else await client.post(`${NAMESPACE_PATH}/secrets`, { metadata: { name }, type: 'Opaque', data });
}

/** Writes the Secret with the gateway's serving certificate, as cert-manager does in a real installation. */
async function publishGatewayCertificate(
  client: KubeClient,
  serving: KeyPairPem,
  caPem: string,
): Promise<void> {
  const base64 = (pem: string) => Buffer.from(pem).toString('base64');
  const path = `${NAMESPACE_PATH}/secrets`;
  const name = 'cluster-gateway-tls';
  const data = {
    'tls.crt': base64(serving.certPem),
    'tls.key': base64(serving.keyPem),
    'ca.crt': base64(caPem),
  };
  if (await client.find(`${path}/${name}`)) await client.patch(`${path}/${name}`, { data });
  else await client.post(path, { metadata: { name }, type: 'kubernetes.io/tls', data });
}

/**
 * Writes the gateway's Services as the charts do. Its load balancer is the simulated gateway itself, so the address works
 * on this machine. Only the port isn't 8443.
 */
async function publishGatewayAddress(client: KubeClient, port: number, release: Release): Promise<void> {
  const services = `${NAMESPACE_PATH}/services`;
  const ports = [{ name: 'wss', port, targetPort: 8443, protocol: 'TCP' }];
  const write = async (name: string, spec: object) => {
    if (await client.find(`${services}/${name}`))
      await client.patch(`${services}/${name}`, { spec: { ports } });
    else
      await client.post(services, {
        metadata: { name },
        spec: { ...spec, ports, selector: { app: 'cluster-gateway' } },
      });
  };
  const outside = hasExternalService(release) ? 'cluster-gateway-external' : 'cluster-gateway';
  if (outside !== 'cluster-gateway') await write('cluster-gateway', { type: 'ClusterIP' });
  await write(outside, { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false });
  // In a real installation, the cloud's controller writes this.
  await client.patch(`${services}/${outside}/status`, {
    status: { loadBalancer: { ingress: [{ ip: GATEWAY_HOST }] } },
  });
}

/** From 1.2, agents of other clusters have a Service of their own. */
function hasExternalService(release: Release): boolean {
  return release === '1.2';
}
