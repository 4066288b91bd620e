import type { KubeObject } from '@/demo/control-plane/kube-client';
import type { AgentKey } from '@/demo/gateway/agent-registry';
import {
  kindOfName,
  PLANE_API_VERSION,
  type PlaneKindEntry,
  type PlaneKindName,
} from '@/lib/plane/model/kinds';

const FIELD_MANAGER = 'openchoreo-controller-manager';

export interface StatusCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly lastTransitionTime: string;
  readonly observedGeneration?: number;
}

export interface StatusAgentConnection {
  readonly connected: boolean;
  readonly connectedAgents: number;
  readonly message: string;
  readonly lastConnectedTime?: string;
  readonly lastDisconnectedTime?: string;
  readonly lastHeartbeatTime?: string;
}

export interface PlaneStatus {
  readonly observedGeneration?: number;
  readonly conditions?: readonly StatusCondition[];
  readonly agentConnection?: StatusAgentConnection;
}

/** A plane as the controllers see it. */
export interface PlaneObject extends KubeObject {
  readonly spec?: { readonly planeID?: string };
  readonly status?: PlaneStatus;
}

/** What a served kind lets its controller write. */
export interface SimulatedKind {
  readonly entry: PlaneKindEntry;
  readonly reportsAgent: boolean;
  readonly hasConditions: boolean;
  /** Whether planes of this kind connect through agents. If not, the control plane calls the cluster directly. */
  readonly usesGateway: boolean;
}

/** The API path of a plane kind's collection, in a namespace if one is given. */
export function collectionOf(kind: string, namespace: string | undefined): string {
  const plural = kindOfName(kind)?.plural;
  return `/apis/${PLANE_API_VERSION}${namespace ? `/namespaces/${namespace}` : ''}/${plural}`;
}

/** The demo's key of a plane: `dataplanes/retail/eu-1` or `clusterdataplanes/shared`. */
export function planeKeyOf(plural: string, namespace: string | undefined, name: string): string {
  return namespace === undefined ? `${plural}/${name}` : `${plural}/${namespace}/${name}`;
}

export function keyOf({ entry }: SimulatedKind, { metadata }: PlaneObject): string {
  return planeKeyOf(entry.plural, metadata.namespace, metadata.name);
}

/** The key of a plane's agents in the gateway. A plane without a planeID uses its name. */
export function agentKeyOf({ entry }: SimulatedKind, plane: PlaneObject): AgentKey {
  const planeID: unknown = plane.spec?.planeID;
  return {
    planeType: entry.planeType,
    planeID: typeof planeID === 'string' && planeID !== '' ? planeID : plane.metadata.name,
  };
}

/** The path for the controllers' writes to a plane, with their field manager. */
export function writePathOf(
  { entry }: SimulatedKind,
  { metadata }: PlaneObject,
  subresource?: 'status',
): string {
  const path = `${collectionOf(entry.kind, metadata.namespace)}/${metadata.name}`;
  return `${path}${subresource ? `/${subresource}` : ''}?fieldManager=${FIELD_MANAGER}`;
}

/** The finalizer that each kind's controller sets. */
export function finalizerOf(kind: PlaneKindName): string {
  return `openchoreo.dev/${kind.toLowerCase()}-cleanup`;
}

export function hasFinalizer({ entry }: SimulatedKind, plane: PlaneObject): boolean {
  return plane.metadata.finalizers?.includes(finalizerOf(entry.kind)) === true;
}
