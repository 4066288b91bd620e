import type { Caller } from '@/lib/server/caller';
import { ApiServerClock } from '@/lib/server/kube/api-server-clock';
import { KubeClient } from '@/lib/server/kube/kube-client';
import { KubeConnection } from '@/lib/server/kube/kube-connection';
import { kubeconfigLoader } from '@/lib/server/kube/kubeconfig';

/** Somebody who calls the API server with a kubeconfig of their own. `close` ends their connections. */
export function callerOf(
  user: string,
  kubeconfigPath: string,
): { caller: Caller; close: () => Promise<void> } {
  const connection = new KubeConnection(kubeconfigLoader(null, { KUBECONFIG: kubeconfigPath }), {
    onReloaded: () => {},
    onReloadFailed: () => {},
    onOtherCluster: () => {},
  });
  const client = new KubeClient(connection, new ApiServerClock());
  return { caller: { id: `test:${user}`, user, groups: [], client }, close: () => connection.close() };
}
