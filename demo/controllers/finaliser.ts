import type { KubeClient } from '@/demo/control-plane/kube-client';
import type { Gateway } from '@/demo/gateway/gateway';
import { deleteEnvironments, environmentsOf } from './environments';
import {
  agentKeyOf,
  finalizerOf,
  hasFinalizer,
  type PlaneObject,
  type ServedKind,
  writePathOf,
} from './plane-object';
import { deletionBlocked } from './plane-status';

const WORKFLOW_PLANES =
  '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/workflowplanes.openchoreo.dev';

/** Ends deletions as the controllers do. */
export class Finaliser {
  constructor(
    private readonly client: KubeClient,
    private readonly gateway: Gateway,
  ) {}

  /** What refers to the plane first, then its agents, then the finalizer. Does nothing where the deletion has to wait. */
  async finalise(kind: ServedKind, plane: PlaneObject): Promise<void> {
    if (!hasFinalizer(kind, plane)) return;
    // The gateway has to be told to let the agents go, so without it the deletion hangs.
    if (kind.usesGateway && !this.gateway.isUp) return;
    if (kind.entry.kind === 'DataPlane' && !(await this.releaseEnvironments(kind, plane))) return;
    // All agents of the planeID are cut off, those of sibling planes as well.
    this.gateway.registry.disconnect(agentKeyOf(kind, plane));
    const { resourceVersion, finalizers = [] } = plane.metadata;
    const own = finalizerOf(kind.entry.kind);
    await this.client.patch(writePathOf(kind, plane), {
      metadata: { resourceVersion, finalizers: finalizers.filter((finalizer) => finalizer !== own) },
    });
  }

  /** Environments block the deletion from release 1.0 on, and are deleted with the plane before. True: none is left. */
  private async releaseEnvironments(kind: ServedKind, plane: PlaneObject): Promise<boolean> {
    const environments = await environmentsOf(this.client, plane);
    if (environments.length === 0) return true;
    // Workflow planes came with release 1.0.
    const blocks = (await this.client.find(WORKFLOW_PLANES)) !== undefined;
    if (!blocks) {
      await deleteEnvironments(this.client, plane, environments);
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
