import 'server-only';
import { type GatewayShape, UNKNOWN_GATEWAY } from '@/lib/plane/health/gateway-shape';
import { paced } from '@/lib/plane/time/pace';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { listPage } from '@/lib/server/kube/list-pages';
import {
  deploymentSchema,
  deploymentsIn,
  deploymentsPath,
  GATEWAY,
  hasMesh,
  namedOrLabelled,
} from './gateway-objects';

/** Two small requests. The gateway's Deployment changes when the control plane is upgraded or scaled. */
const PERIOD_MS = 30_000;
const READ_TIMEOUT_MS = 10_000;

/**
 * Reads how the cluster gateway is deployed, every 30 s with Planeboard's own account: the replicas of its Deployment,
 * and whether the mesh's Service exists. Without the right to read one of them, that part is unknown.
 */
export class GatewayShapeReader {
  private shape = UNKNOWN_GATEWAY;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly stopping = new AbortController();
  /** Answers of earlier readings are ignored. */
  private reading = 0;

  /**
   * @param namespace of the control plane; checked, because it comes from the configuration
   * @param onShape called when the shape differs
   */
  constructor(
    private readonly client: Pick<KubeClient, 'request'>,
    private readonly namespace: string,
    private readonly onShape: (shape: GatewayShape) => void,
  ) {}

  /** Reads the shape now, and again every 30 s. */
  readNow(): void {
    clearTimeout(this.timer);
    void this.read();
  }

  /** Forgets the shape, because the cluster is another one, and reads it again. */
  forget(): void {
    this.accept(UNKNOWN_GATEWAY);
    this.readNow();
  }

  stop(): void {
    this.stopping.abort();
    clearTimeout(this.timer);
  }

  private async read(): Promise<void> {
    this.reading += 1;
    const { reading, shape } = this;
    const [replicas, mesh] = await Promise.all([
      known(this.replicas(), shape.replicas),
      known(hasMesh(this.client, this.namespace, READ_TIMEOUT_MS, this.stopping.signal), shape.mesh),
    ]);
    if (this.stopping.signal.aborted || reading !== this.reading) return;
    this.accept({ replicas, mesh });
    this.timer = setTimeout(() => void this.read(), paced(PERIOD_MS));
  }

  /** Returns the replicas that the gateway's Deployments are set to; null if there is none. */
  private async replicas(): Promise<number | null> {
    const { client, namespace } = this;
    const options = { timeoutMs: READ_TIMEOUT_MS, signal: this.stopping.signal };
    const { items } = await listPage(
      client,
      deploymentsPath(namespace),
      deploymentsIn(namespace),
      undefined,
      options,
    );
    const deployments = items.flatMap((item) => deploymentSchema.safeParse(item).data ?? []);
    const gateways = namedOrLabelled(deployments, GATEWAY);
    // The API server's own default is 1.
    return gateways.length === 0 ? null : Math.max(...gateways.map(({ spec }) => spec.replicas ?? 1));
  }

  private accept(shape: GatewayShape): void {
    if (shape.replicas === this.shape.replicas && shape.mesh === this.shape.mesh) return;
    this.shape = shape;
    this.onShape(shape);
  }
}

/** Returns the answer, null without the right to it, and the last known value if the API server can't be asked. */
async function known<T>(answer: Promise<T | null>, last: T | null): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    return asKubeError(error).code === 'forbidden' ? null : last;
  }
}
