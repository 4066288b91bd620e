import { ApiServerClock } from '@/lib/server/kube/api-server-clock';
import { type KubeAnswer, KubeClient, type KubeRequest } from '@/lib/server/kube/kube-client';
import { KubeConnection } from '@/lib/server/kube/kube-connection';
import { kubeconfigLoader } from '@/lib/server/kube/kubeconfig';
import type { Caller } from '@/lib/server/rights/caller';

/** Runs before each request, for example to change something in the cluster. */
export type Before = (request: KubeRequest) => Promise<void> | void;

/** Creates a caller with its own kubeconfig. `close` ends its connections. */
export function callerOf(
  user: string,
  kubeconfigPath: string,
  before: Before = () => {},
): { caller: Caller; close: () => Promise<void> } {
  const connection = new KubeConnection(kubeconfigLoader(null, { KUBECONFIG: kubeconfigPath }), {
    onReloaded: () => {},
    onReloadFailed: () => {},
    onOtherCluster: () => {},
  });
  const client = new TappedClient(connection, new ApiServerClock(), before);
  const caller = { id: `test:${user}`, user, groups: [], client, isOwnAccount: true };
  return { caller, close: () => connection.close() };
}

class TappedClient extends KubeClient {
  constructor(
    connection: KubeConnection,
    clock: ApiServerClock,
    private readonly before: Before,
  ) {
    super(connection, clock);
  }

  override async request(options: KubeRequest): Promise<KubeAnswer> {
    await this.before(options);
    return super.request(options);
  }
}
