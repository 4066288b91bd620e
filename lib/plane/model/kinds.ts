/** The API group and version that every plane kind of every release so far is served under. */
export const PLANE_GROUP = 'openchoreo.dev';
export const PLANE_VERSION = 'v1alpha1';
export const PLANE_API_VERSION = `${PLANE_GROUP}/${PLANE_VERSION}`;

/** What a plane is for. Build planes became workflow planes in release 1.0; the gateway keeps them apart by plane type. */
export const ROLES = ['data', 'build', 'workflow', 'observability'] as const;
export type Role = (typeof ROLES)[number];

export const SCOPES = ['Namespaced', 'Cluster'] as const;
export type Scope = (typeof SCOPES)[number];

/** One plane kind: the only place where its names are written down. */
export interface KindEntry {
  readonly kind: string;
  readonly plural: string;
  readonly role: Role;
  readonly scope: Scope;
  /** The gateway's key is plane type plus planeID, so a namespaced kind and its cluster-wide sibling share one type. */
  readonly planeType: string;
  /** What people call it: "Cluster data plane". */
  readonly label: string;
}

/**
 * Every plane kind that any release has served. Which of them an installation serves, and with which fields, is
 * asked of its API server; nothing here depends on a release.
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

/** The entry of a plural such as `dataplanes`, or undefined when it names no plane kind. */
export function kindOfPlural(plural: string): PlaneKindEntry | undefined {
  return byPlural.get(plural);
}

/** The entry of a kind such as `ClusterDataPlane`, or undefined when it is no plane kind. */
export function kindOfName(kind: string): PlaneKindEntry | undefined {
  return byKind.get(kind);
}

/** Roles in words, for filters and headings. */
export const ROLE_LABELS: Record<Role, string> = {
  data: 'Data',
  build: 'Build',
  workflow: 'Workflow',
  observability: 'Observability',
};

/** What a cluster of each role is there for. */
const PURPOSES: Record<Role, string> = {
  data: 'Runs the applications that teams deploy, in all their environments.',
  build: 'Builds the container images of applications from their sources.',
  workflow: 'Runs builds and other workflows, apart from the applications.',
  observability: 'Collects logs, metrics and traces, and answers queries for them.',
};

/** A kind in a sentence: what runs there, and who shares it. */
export function kindDescription(entry: PlaneKindEntry): string {
  const shared =
    entry.scope === 'Cluster'
      ? 'Shared by all organisations.'
      : 'For one organisation: it lives in its namespace.';
  return `${PURPOSES[entry.role]} ${shared}`;
}
