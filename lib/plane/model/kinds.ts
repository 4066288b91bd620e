/** The API group and version of every plane kind in every release so far. */
export const PLANE_GROUP = 'openchoreo.dev';
export const PLANE_VERSION = 'v1alpha1';
export const PLANE_API_VERSION = `${PLANE_GROUP}/${PLANE_VERSION}`;

/**
 * The purpose of a plane. Release 1.0 renamed build planes to workflow planes; the gateway separates the two by plane
 * type.
 */
export const ROLES = ['data', 'build', 'workflow', 'observability'] as const;
export type Role = (typeof ROLES)[number];

export const SCOPES = ['Namespaced', 'Cluster'] as const;
export type Scope = (typeof SCOPES)[number];

/** A plane kind. Its names are defined here and nowhere else. */
export interface KindEntry {
  readonly kind: string;
  readonly plural: string;
  readonly role: Role;
  readonly scope: Scope;
  /**
   * The gateway's key is plane type plus planeID. A namespaced kind and its cluster-wide counterpart share one type.
   */
  readonly planeType: string;
  /** The name shown to people: "Cluster data plane". */
  readonly label: string;
}

/**
 * Every plane kind that any release has served. The API server reports which of them an installation serves, and with
 * which fields; nothing here depends on a release.
 */
export const PLANE_KINDS = [
  {
    kind: 'DataPlane',
    plural: 'dataplanes',
    role: 'data',
    scope: 'Namespaced',
    planeType: 'dataplane',
    label: 'Data plane',
  },
  {
    kind: 'ClusterDataPlane',
    plural: 'clusterdataplanes',
    role: 'data',
    scope: 'Cluster',
    planeType: 'dataplane',
    label: 'Cluster data plane',
  },
  {
    kind: 'BuildPlane',
    plural: 'buildplanes',
    role: 'build',
    scope: 'Namespaced',
    planeType: 'buildplane',
    label: 'Build plane',
  },
  {
    kind: 'ClusterBuildPlane',
    plural: 'clusterbuildplanes',
    role: 'build',
    scope: 'Cluster',
    planeType: 'buildplane',
    label: 'Cluster build plane',
  },
  {
    kind: 'WorkflowPlane',
    plural: 'workflowplanes',
    role: 'workflow',
    scope: 'Namespaced',
    planeType: 'workflowplane',
    label: 'Workflow plane',
  },
  {
    kind: 'ClusterWorkflowPlane',
    plural: 'clusterworkflowplanes',
    role: 'workflow',
    scope: 'Cluster',
    planeType: 'workflowplane',
    label: 'Cluster workflow plane',
  },
  {
    kind: 'ObservabilityPlane',
    plural: 'observabilityplanes',
    role: 'observability',
    scope: 'Namespaced',
    planeType: 'observabilityplane',
    label: 'Observability plane',
  },
  {
    kind: 'ClusterObservabilityPlane',
    plural: 'clusterobservabilityplanes',
    role: 'observability',
    scope: 'Cluster',
    planeType: 'observabilityplane',
    label: 'Cluster observability plane',
  },
] as const satisfies readonly KindEntry[];

export type PlaneKindName = (typeof PLANE_KINDS)[number]['kind'];
export type PlanePlural = (typeof PLANE_KINDS)[number]['plural'];
export type PlaneKindEntry = (typeof PLANE_KINDS)[number];

const byPlural = new Map<string, PlaneKindEntry>(PLANE_KINDS.map((entry) => [entry.plural, entry]));
const byKind = new Map<string, PlaneKindEntry>(PLANE_KINDS.map((entry) => [entry.kind, entry]));

/** Returns the entry of a plural such as `dataplanes`, or undefined for any other text. */
export function kindOfPlural(plural: string): PlaneKindEntry | undefined {
  return byPlural.get(plural);
}

/** Returns the entry of a kind such as `ClusterDataPlane`, or undefined for any other text. */
export function kindOfName(kind: string): PlaneKindEntry | undefined {
  return byKind.get(kind);
}

/** Labels of roles in filters and headings. */
export const ROLE_LABELS: Record<Role, string> = {
  data: 'Data',
  build: 'Build',
  workflow: 'Workflow',
  observability: 'Observability',
};

/** The purpose of a cluster of each role. */
const PURPOSES: Record<Role, string> = {
  data: 'Runs the applications that teams deploy, in all their environments.',
  build: 'Builds the container images of applications from their sources.',
  workflow: 'Runs builds and other workflows, apart from the applications.',
  observability: 'Collects logs, metrics and traces, and answers queries for them.',
};

/** Describes a kind: what runs there, and who shares it. */
export function kindDescription(entry: PlaneKindEntry): string {
  const shared =
    entry.scope === 'Cluster' ? 'Shared by all organizations.' : 'For one organization, in its namespace.';
  return `${PURPOSES[entry.role]} ${shared}`;
}
