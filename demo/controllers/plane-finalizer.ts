import type { KubeClient, KubeObject } from '@/demo/control-plane/kube-client';
import type { Gateway } from '@/demo/gateway/gateway';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import {
  agentKeyOf,
  finalizerOf,
  hasFinalizer,
  type PlaneObject,
  type SimulatedKind,
  writePathOf,
} from './plane-object';
import { deletionBlocked } from './plane-status';

const WORKFLOW_PLANES =
  '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/workflowplanes.openchoreo.dev';

/** Finishes deletions as the controllers do. */
export class PlaneFinalizer {
  constructor(
    private readonly client: KubeClient,
    private readonly gateway: Gateway,
  ) {}

  /** Clears Environments, agents, then the finalizer. Does nothing while the deletion has to wait. */
  async finish(kind: SimulatedKind, plane: PlaneObject): Promise<void> {
    if (!hasFinalizer(kind, plane)) return;
    // The gateway has to disconnect the agents first, so without a gateway the deletion hangs.
    if (kind.usesGateway && !this.gateway.isUp) return;
    if (kind.entry.kind === 'DataPlane' && !(await this.clearEnvironments(kind, plane))) return;
    // Disconnects all agents of the planeID, including those of sibling planes.
    this.gateway.registry.disconnect(agentKeyOf(kind, plane));
    const { resourceVersion, finalizers = [] } = plane.metadata;
    const own = finalizerOf(kind.entry.kind);
    await this.client.patch(writePathOf(kind, plane), {
      metadata: { resourceVersion, finalizers: finalizers.filter((finalizer) => finalizer !== own) },
    });
  }

  /**
   * Returns true when no Environment is left. From release 1.0 on, Environments block the deletion; before, they are
   * deleted with the plane.
   */
  private async clearEnvironments(kind: SimulatedKind, plane: PlaneObject): Promise<boolean> {
    const environments = await environmentsOf(this.client, plane);
    if (environments.length === 0) return true;
    // Workflow planes came with release 1.0.
    const blocks = (await this.client.find(WORKFLOW_PLANES)) !== undefined;
    if (!blocks) {
      const path = environmentsPath(plane.metadata.namespace);
      await Promise.all(environments.map((name) => this.client.delete(`${path}/${name}`)));
      return true;
    }
    await this.client.patch(writePathOf(kind, plane, 'status'), {
      status: {
        observedGeneration: plane.metadata.generation ?? 1,
        conditions: deletionBlocked(plane, environments.length, Date.now()),
      },
    });
    return false;
  }
}

interface Environment extends KubeObject {
  readonly spec?: { readonly dataPlaneRef?: string | { readonly kind: string; readonly name: string } };
}

/** Returns the names of the Environments that refer to a DataPlane in their namespace. */
async function environmentsOf(client: KubeClient, plane: PlaneObject): Promise<string[]> {
  const { name, namespace } = plane.metadata;
  const { items } = await client.get<{ items: Environment[] }>(environmentsPath(namespace));
  return items.filter((environment) => refersTo(environment, name)).map(({ metadata }) => metadata.name);
}

/** A reference is a name up to 0.14, then a kind and a name. Without one, an Environment uses the plane `default`. */
function refersTo({ spec }: Environment, name: string): boolean {
  const ref = spec?.dataPlaneRef;
  if (ref === undefined || ref === '') return name === 'default';
  return typeof ref === 'string' ? ref === name : ref.kind === 'DataPlane' && ref.name === name;
}

function environmentsPath(namespace: string | undefined): string {
  return `/apis/${PLANE_API_VERSION}/namespaces/${namespace}/environments`;
}
