import type { StatusCondition } from '@/demo/controllers/plane-object';
import type { HealthState } from '@/lib/plane/health/health-state';
import type { PlaneKindName } from '@/lib/plane/model/kinds';

/** The type of a plane's CA, and where it is stored. */
export type SampleCa =
  /** The agent's own self-signed certificate, as the charts create it by default. */
  | 'leaf-in-secret'
  | 'leaf-inline'
  /** A company's authority, which issued the agent's certificate. */
  | 'authority-in-secret'
  | 'authority-inline'
  /** The plane refers to a Secret that doesn't exist. */
  | 'missing-secret';

/** How the control plane signs in to a cluster, in releases with direct access. */
export type SampleAccess =
  /** 0.3: base64 in the resource itself. */
  | 'inline-credentials'
  /** 0.6 to 0.8: a client certificate or a bearer token. */
  | 'certificate-in-secret'
  | 'certificate-inline'
  | 'token-in-secret';

/** A sample's initial status, as if the controllers had written it before the demo's start. */
export interface SampleHistory {
  readonly connected?: boolean;
  readonly agents?: number;
  readonly connectedAgoMs?: number;
  readonly disconnectedAgoMs?: number;
  readonly heartbeatAgoMs?: number;
  readonly conditions?: readonly (Pick<StatusCondition, 'type' | 'status' | 'reason' | 'message'> & {
    readonly agoMs: number;
  })[];
}

/** The health that the health contract defines for a sample. */
export interface ExpectedHealth {
  readonly state: HealthState;
  /** Reasons that the health must include. */
  readonly reasonCodes?: readonly string[];
  /** The state that the sample changes to by time alone, and how long after its creation. */
  readonly later?: { readonly afterMs: number; readonly state: HealthState };
}

/** One plane of the sample fleet, and the situation it shows. */
export interface Sample {
  readonly id: string;
  /** The situation in words. */
  readonly shows: string;
  readonly kind: PlaneKindName;
  /** Absent on cluster kinds. */
  readonly namespace?: string;
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly planeID?: string;
  /** The spec without planeID and CA; null if the resource has no spec. */
  readonly spec: Readonly<Record<string, unknown>> | null;
  /** Only for planes with direct access. */
  readonly access?: SampleAccess;
  /** Absent for planes without an agent. */
  readonly ca?: SampleCa;
  /** Samples with the same value share one CA and one agent certificate; by default each has its own. */
  readonly caOf?: string;
  /** The age of the agent's certificate at the demo's first start. It is valid for 90 days. */
  readonly certificateAgeDays?: number;
  /** The number of agents that connect. */
  readonly agents: number;
  /** Whether the agents present a certificate that this plane's CA rejects. */
  readonly agentsAreForeign?: boolean;
  /** How long ago the plane was created. */
  readonly ageMs: number;
  readonly history?: SampleHistory;
  /** Whether the controllers ignore the plane. */
  readonly frozen?: boolean;
  /** How long ago the spec changed without the controller observing it. */
  readonly changedAgoMs?: number;
  /** Whether the plane is being deleted and waits for its finalizer. */
  readonly deleting?: boolean;
  /** The names of Environments in its namespace that refer to it. */
  readonly environments?: readonly string[];
  /** From 1.0 on: the names of workflows that run on it. On a plane named `default`, they have no reference. */
  readonly workflows?: readonly string[];
  /** A maintenance that starts when the demo creates the plane. */
  readonly maintenance?: { readonly forMs: number; readonly reason: string };
  /** The tool that manages the resource, according to its labels or annotations. */
  readonly managedBy?: 'argocd' | 'flux';
  /** More fields that an earlier `kubectl apply` wrote. The release needn't know them. */
  readonly formerSpec?: Readonly<Record<string, unknown>>;
  /** Parts of the resource that no release's schema allows. They are written with a loose schema. */
  readonly illegal?: {
    readonly spec?: Readonly<Record<string, unknown>>;
    readonly status?: Readonly<Record<string, unknown>>;
  };
  readonly expected: ExpectedHealth;
}

/** The differences between the releases in which every plane has an agent. */
export interface AgentProfile {
  readonly pipeline: Extract<PlaneKindName, 'BuildPlane' | 'WorkflowPlane'>;
  readonly clusterPipeline: Extract<PlaneKindName, 'ClusterBuildPlane' | 'ClusterWorkflowPlane'>;
  /** Whether Environments block the deletion of their data plane: from 1.0 on. */
  readonly environmentsBlock: boolean;
  /** The spec of a data plane with its gateway. */
  readonly dataSpec: (host: string) => Record<string, unknown>;
}

/** The namespaces of the sample company, Aurora Retail: one for each organisation. */
export const ORGANISATIONS = {
  retail: 'aurora-retail',
  logistics: 'aurora-logistics',
  payments: 'aurora-payments',
  japan: 'aurora-japan',
} as const;

/**
 * The labels that a release puts on an organisation's namespace. Releases 1.0 and later use another label than 0.14
 * to 0.17; earlier releases use none.
 */
export function organisationLabels(release: string): Record<string, string> {
  if (release.startsWith('1.')) return { 'openchoreo.dev/control-plane': 'true' };
  return release === '0.16' ? { 'openchoreo.dev/controlplane-namespace': 'true' } : {};
}

/** The labels that the company puts on its planes. */
export function companyLabels(
  region: string,
  env: 'prod' | 'staging' | 'dev',
  team: string,
  cloud: 'aws' | 'azure' | 'gcp' | 'on-prem',
): Record<string, string> {
  return { region, env, team, cloud };
}
