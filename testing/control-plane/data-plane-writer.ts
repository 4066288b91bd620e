import type { KubeClient } from '@/demo/control-plane/kube-client';
import { agentsMessage } from '@/demo/controllers/plane-status';
import { DISPLAY_NAME_ANNOTATION } from '@/lib/plane/model/annotations';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { formatRfc3339 } from '@/lib/plane/time/age';

const DATA_PLANES = `/apis/${PLANE_API_VERSION}/namespaces/default/dataplanes`;

/** Writes DataPlanes in the namespace `default`, for tests that only need single planes. */
export class DataPlaneWriter {
  constructor(private readonly client: KubeClient) {}

  /** Creates a plane of a release with agents. `spec` is merged with the fields that such a release requires. */
  async create(name: string, spec: Readonly<Record<string, unknown>> = {}): Promise<void> {
    await this.createRaw(name, { planeID: name, clusterAgent: { clientCA: { value: 'no PEM' } }, ...spec });
  }

  /** Creates a plane with exactly this spec. */
  async createRaw(name: string, spec: unknown, annotations: Record<string, string> = {}): Promise<void> {
    await this.client.post(DATA_PLANES, {
      apiVersion: PLANE_API_VERSION,
      kind: 'DataPlane',
      metadata: { name, namespace: 'default', annotations },
      spec,
    });
  }

  async setDisplayName(name: string, displayName: string): Promise<void> {
    await this.client.patch(`${DATA_PLANES}/${name}`, {
      metadata: { annotations: { [DISPLAY_NAME_ANNOTATION]: displayName } },
    });
  }

  /** Merges a change into the spec, which creates a new generation. */
  async setSpec(name: string, spec: Readonly<Record<string, unknown>>): Promise<void> {
    await this.client.patch(`${DATA_PLANES}/${name}`, { spec });
  }

  /** Writes the status that a controller writes every minute: an agent is connected, and its heartbeat is current. */
  async beat(name: string): Promise<void> {
    const now = formatRfc3339(Date.now());
    const agentConnection = {
      connected: true,
      connectedAgents: 1,
      lastConnectedTime: now,
      lastHeartbeatTime: now,
      message: agentsMessage(1),
    };
    await this.client.patch(`${DATA_PLANES}/${name}/status`, {
      status: { observedGeneration: 1, agentConnection },
    });
  }

  /** Writes the status of a plane whose agent has just disconnected. */
  async disconnect(name: string): Promise<void> {
    const lastDisconnectedTime = formatRfc3339(Date.now());
    const agentConnection = { connected: false, connectedAgents: 0, lastDisconnectedTime };
    await this.client.patch(`${DATA_PLANES}/${name}/status`, { status: { agentConnection } });
  }

  /** Replaces the conditions of the status. */
  async setConditions(name: string, conditions: readonly object[]): Promise<void> {
    await this.client.patch(`${DATA_PLANES}/${name}/status`, { status: { conditions } });
  }

  async remove(name: string): Promise<void> {
    await this.client.delete(`${DATA_PLANES}/${name}`);
  }
}
