import type { StatusCondition } from '@/demo/controllers/plane-object';
import type { HealthState } from '@/lib/plane/health/health-state';
import type { PlaneKindName } from '@/lib/plane/model/kinds';

/** Where a plane's CA stands, and what it is. */
export type SampleCa =
  /** The agent's own self-signed certificate, as the charts make it by default. */
  | 'leaf-in-secret'
  | 'leaf-inline'
  /** A company's authority that issued the agent's certificate. */
  | 'authority-in-secret'
  | 'authority-inline'
  /** The Secret that is referred to does not exist. */
  | 'missing-secret';

/** How the control plane calls a cluster directly, where a release still does that. */
export type SampleAccess =
  /** 0.3: base64 in the resource itself. */
  | 'inline-credentials'
  /** 0.6 to 0.8: a client certificate, or a bearer token. */
  | 'certificate-in-secret'
  | 'certificate-inline'
  | 'token-in-secret';

/** The status that a sample starts with: what the controllers wrote before this start of the demo. */
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

/** What the health contract makes of a sample. */
export interface ExpectedHealth {
  readonly state: HealthState;
  /** Reasons that have to be among those given. */
  readonly reasonCodes?: readonly string[];
  /** For a state that time alone changes: what it becomes, and how long after the sample was made. */
  readonly later?: { readonly afterMs: number; readonly state: HealthState };
}

/** One plane of the sample fleet, and what it is there to show. */
export interface Sample {
  readonly id: string;
  /** What it shows, for people. */
  readonly shows: string;
  readonly kind: PlaneKindName;
  /** Absent on cluster kinds. */
  readonly namespace?: string;
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly planeID?: string;
  /** Fields of the spec beside planeID and CA; null: the resource has no spec at all. */
  readonly spec: Readonly<Record<string, unknown>> | null;
  /** Only on planes that the control plane calls directly. */
  readonly access?: SampleAccess;
  /** Absent on planes without an agent. */
  readonly ca?: SampleCa;
  /** Samples with the same value share one CA and one agent certificate; by default each has its own. */
  readonly caOf?: string;
  /** How long before the demo's first start the agent's certificate was made; it is valid for 90 days. */
  readonly certificateAgeDays?: number;
  /** How many agents dial in. */
  readonly agents: number;
  /** The agents show a certificate that this plane's CA refuses. */
  readonly agentsAreForeign?: boolean;
  /** How long ago it was created. */
  readonly ageMs: number;
  readonly history?: SampleHistory;
  /** No controller looks at it any more. */
  readonly frozen?: boolean;
  /** Its spec was changed after the controller had last looked, this long ago. */
  readonly changedAgoMs?: number;
  /** Somebody has deleted it, and a finalizer holds it. */
  readonly deleting?: boolean;
  /** Environments of its namespace that refer to it. */
  readonly environments?: readonly string[];
  /** From 1.0 on: workflows that run on it, each by name; on a plane named `default` because they name none. */
  readonly workflows?: readonly string[];
  /** It is in maintenance for so long from its creation by the demo, for a reason. */
  readonly maintenance?: { readonly forMs: number; readonly reason: string };
  /** The tool that manages the resource, by its labels or annotations. */
  readonly managedBy?: 'argocd' | 'flux';
  /** Further fields that an earlier `kubectl apply` wrote, whether or not the release knows them. */
  readonly formerSpec?: Readonly<Record<string, unknown>>;
  /** Parts of the resource that no release's schema allows; written while the schema was loose. */
  readonly illegal?: {
    readonly spec?: Readonly<Record<string, unknown>>;
    readonly status?: Readonly<Record<string, unknown>>;
  };
  readonly expected: ExpectedHealth;
}

/** What differs between the releases in which every plane has an agent. */
export interface AgentProfile {
  readonly pipeline: Extract<PlaneKindName, 'BuildPlane' | 'WorkflowPlane'>;
  readonly clusterPipeline: Extract<PlaneKindName, 'ClusterBuildPlane' | 'ClusterWorkflowPlane'>;
  /** From 1.0 on Environments block the deletion of their data plane. */
  readonly environmentsBlock: boolean;
  /** What a data plane has to say of its gateway. */
  readonly dataSpec: (host: string) => Record<string, unknown>;
}

/**
 * The company of the sample fleet: Aurora Retail, with a namespace for each organisation. Release 1.0 and later mark
 * such namespaces with another label than 0.14 to 0.17; before that there was none.
 */
export const ORGANISATIONS = {
  retail: 'aurora-retail',
  logistics: 'aurora-logistics',
  payments: 'aurora-payments',
  japan: 'aurora-japan',
} as const;

/** The labels that a release puts on an organisation's namespace. */
export function organisationLabels(release: string): Record<string, string> {
  if (release.startsWith('1.')) return { 'openchoreo.dev/control-plane': 'true' };
  return release === '0.16' ? { 'openchoreo.dev/controlplane-namespace': 'true' } : {};
}

/** Labels as the company puts them on its planes. */
export function companyLabels(
  region: string,
  env: 'prod' | 'staging' | 'dev',
  team: string,
  cloud: 'aws' | 'azure' | 'gcp' | 'on-prem',
): Record<string, string> {
  return { region, env, team, cloud };
}
