import 'server-only';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { asKubeError } from '@/lib/server/kube/kube-error';
import type { ListedKind } from '@/lib/server/kube/listed-kind';
import { requestedObject } from '@/lib/server/kube/requested-object';
import { z } from '@/lib/zod';

/** The gateway's name in OpenChoreo's charts, possibly after the name of a Helm release. */
export const GATEWAY = 'cluster-gateway';
/** The Service that exists where replicas exchange their agents (1.2.4 and later). */
const MESH_SERVICE = 'cluster-gateway-mesh';

export const deploymentSchema = z.object({
  metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()).optional() }),
  spec: z.object({ replicas: z.number().optional() }),
  status: z
    .object({
      readyReplicas: z.number().optional(),
      conditions: z.array(z.object({ type: z.string(), lastTransitionTime: z.string().nullish() })).nullish(),
    })
    .optional(),
});
type Deployment = z.infer<typeof deploymentSchema>;

/** Returns the path of the Deployments in the control plane's namespace. */
export function deploymentsPath(namespace: string): string {
  return `/apis/apps/v1/namespaces/${namespace}/deployments`;
}

/** Returns what a list of Deployments in the control plane's namespace consists of. */
export function deploymentsIn(namespace: string): ListedKind {
  return { apiVersion: 'apps/v1', kind: 'Deployment', namespace };
}

/**
 * Finds Deployments by name; by label only if no name matches, because many operators label theirs as a controller
 * manager.
 */
export function namedOrLabelled(deployments: readonly Deployment[], mark: string): readonly Deployment[] {
  const named = deployments.filter(({ metadata }) => metadata.name.includes(mark));
  if (named.length > 0) return named;
  return deployments.filter(({ metadata }) =>
    Object.values(metadata.labels ?? {}).some((value) => value.includes(mark)),
  );
}

/**
 * Returns whether the mesh's Service exists.
 *
 * @param namespace of the control plane; checked, because it comes from the configuration
 * @throws KubeError when it can't be read
 */
export async function hasMesh(
  client: Pick<KubeClient, 'request'>,
  namespace: string,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    const path = `/api/v1/namespaces/${namespace}/services/${MESH_SERVICE}`;
    const { body } = await client.request({ path, timeoutMs, ...(signal ? { signal } : {}) });
    requestedObject(body, { apiVersion: 'v1', kind: 'Service', namespace, name: MESH_SERVICE });
    return true;
  } catch (error) {
    if (asKubeError(error).code === 'not-found') return false;
    throw error;
  }
}
