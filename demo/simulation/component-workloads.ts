import { setTimeout as sleep } from 'node:timers/promises';
import { createOnce, type KubeClient } from '@/demo/control-plane/kube-client';
import type { Controllers } from '@/demo/controllers/controllers';
import type { Release } from '@/demo/crds/profiles';
import type { Gateway } from '@/demo/gateway/gateway';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { formatRfc3339 } from '@/lib/plane/time/age';

/** How often a real leader renews its Lease. */
const RENEW_MS = 2000;
const LEASE_SECONDS = 15;
/** The lower limit of the interval at any speed, to save the API server work. */
const SHORTEST_RENEW_MS = 500;
/** The controller manager's leader election ID. */
const LEASE = '43500532.openchoreo.dev';
const DEPLOYMENTS = `/apis/apps/v1/namespaces/${CONTROL_PLANE_NAMESPACE}/deployments`;
/** The Service through which the gateway's replicas exchange their agents. */
const MESH = 'cluster-gateway-mesh';
const SERVICES = `/api/v1/namespaces/${CONTROL_PLANE_NAMESPACE}/services`;
const LEASES = `/apis/coordination.k8s.io/v1/namespaces/${CONTROL_PLANE_NAMESPACE}/leases`;

interface Workload {
  readonly name: string;
  readonly image: string;
  readonly isUp: () => boolean;
  readonly replicas: () => number;
}

/**
 * The objects that show the state of the control plane's own components: the Deployments of the gateway and the
 * controllers, ready while the simulated ones work, the Service of the gateway's mesh if it has one, and the Lease of
 * the controllers' leader election, renewed only while they work. No pods run behind them. Their status is written as
 * Kubernetes' controllers would write it.
 */
export class ComponentWorkloads {
  private readonly workloads: readonly Workload[];
  private readonly stopping = new AbortController();
  private readonly written = new Map<string, string>();
  private running: Promise<void> = Promise.resolve();
  /** Settles with the last write, and never rejects. */
  private writing: Promise<void> = Promise.resolve();

  /** @param speed divides the interval between two renewals */
  constructor(
    private readonly client: KubeClient,
    private readonly gateway: Gateway,
    private readonly controllers: Controllers,
    private readonly speed: number,
    private readonly release: Release,
  ) {
    const image = (name: string) => `ghcr.io/openchoreo/${name}:v${release}.0`;
    this.workloads = [
      {
        name: 'controller-manager',
        image: image('controller'),
        isUp: () => !controllers.isFrozen,
        replicas: () => 1,
      },
      {
        name: 'cluster-gateway',
        image: image('cluster-gateway'),
        isUp: () => gateway.isUp,
        replicas: () => gateway.replicas.shape.replicas,
      },
    ];
  }

  /** Resolves when all objects exist and show the current state. */
  async start(): Promise<void> {
    for (const workload of this.workloads) await createOnce(this.client, manifestOf(workload, this.release));
    await createOnce(this.client, {
      collection: LEASES,
      body: {
        metadata: { name: LEASE },
        spec: { holderIdentity: 'controller-manager', leaseDurationSeconds: LEASE_SECONDS },
      },
    });
    await this.write();
    this.running = this.run();
  }

  /** Writes the current state without waiting for the next round. */
  async refresh(): Promise<void> {
    await this.write();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    for (;;) {
      await sleep(Math.max(SHORTEST_RENEW_MS, RENEW_MS / this.speed), undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      // The API server may be unreachable; the next round writes what this one missed.
      await this.write().catch(() => {});
    }
  }

  /** Writes one state after another: two rounds at once would both delete what only one can. */
  private write(): Promise<void> {
    const next = this.writing.then(() => this.writeState());
    this.writing = next.catch(() => {});
    return next;
  }

  private async writeState(): Promise<void> {
    for (const { name, isUp, replicas } of this.workloads) {
      const [up, count] = [isUp(), replicas()];
      const mark = `${up} ${count}`;
      if (this.written.get(name) === mark) continue;
      await this.client.patch(`${DEPLOYMENTS}/${name}`, { spec: { replicas: count } });
      await this.client.patch(`${DEPLOYMENTS}/${name}/status?fieldManager=kube-controller-manager`, {
        status: statusOf(up, count),
      });
      this.written.set(name, mark);
    }
    await this.writeMesh();
    if (this.controllers.isFrozen) return;
    // MicroTime has six decimal places.
    const renewTime = new Date().toISOString().replace('Z', '000Z');
    await this.client.patch(`${LEASES}/${LEASE}?fieldManager=manager`, { spec: { renewTime } });
  }

  private async writeMesh(): Promise<void> {
    const mark = String(this.gateway.replicas.shape.mesh);
    if (this.written.get(MESH) === mark) return;
    if (this.gateway.replicas.shape.mesh) await createOnce(this.client, meshManifest());
    else if (await this.client.find(`${SERVICES}/${MESH}`)) await this.client.delete(`${SERVICES}/${MESH}`);
    this.written.set(MESH, mark);
  }
}

function meshManifest() {
  return {
    collection: SERVICES,
    body: {
      metadata: { name: MESH },
      spec: {
        clusterIP: 'None',
        selector: { app: 'cluster-gateway' },
        ports: [{ name: 'mesh', port: 8445, targetPort: 8445, protocol: 'TCP' }],
      },
    },
  };
}

function manifestOf({ name, image }: Workload, release: Release) {
  const labels = { 'app.kubernetes.io/component': name, 'app.kubernetes.io/part-of': 'openchoreo' };
  return {
    collection: DEPLOYMENTS,
    body: {
      metadata: {
        name,
        labels: { ...labels, 'helm.sh/chart': `openchoreo-control-plane-${release}.0` },
      },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name, image }] } },
      },
    },
  };
}

function statusOf(up: boolean, replicas: number): object {
  return {
    observedGeneration: 1,
    replicas,
    updatedReplicas: replicas,
    readyReplicas: up ? replicas : null,
    availableReplicas: up ? replicas : null,
    unavailableReplicas: up ? null : replicas,
    conditions: [
      {
        type: 'Available',
        status: up ? 'True' : 'False',
        reason: up ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
        message: `Deployment ${up ? 'has' : 'does not have'} minimum availability.`,
        lastUpdateTime: formatRfc3339(Date.now()),
        lastTransitionTime: formatRfc3339(Date.now()),
      },
    ],
  };
}
