import type { Role } from '@/lib/plane/model/kinds';
import { type ChartRelease, isSince } from './chart-release';

/** An API that must be served in the plane's cluster before the chart is installed. */
export interface Prerequisite {
  /** Its API group and version, as its CRDs serve it. */
  readonly api: string;
  readonly name: string;
  /** Where its installation is described. */
  readonly guide: string;
}

const CERT_MANAGER: Prerequisite = {
  api: 'cert-manager.io/v1',
  name: 'cert-manager',
  guide: 'https://cert-manager.io/docs/installation/',
};
const GATEWAY_API: Prerequisite = {
  api: 'gateway.networking.k8s.io/v1',
  name: 'Gateway API',
  guide: 'https://gateway-api.sigs.k8s.io/guides/',
};
const KGATEWAY: Prerequisite = {
  api: 'gateway.kgateway.dev/v1alpha1',
  name: 'kgateway',
  guide: 'https://kgateway.dev/docs/',
};
const OPENSEARCH: Prerequisite = {
  api: 'opensearch.opster.io/v1',
  name: 'OpenSearch operator',
  guide: 'https://github.com/opensearch-project/opensearch-k8s-operator',
};
const ARGO: Prerequisite = {
  api: 'argoproj.io/v1alpha1',
  name: 'Argo Workflows',
  guide: 'https://argo-workflows.readthedocs.io/en/latest/installation/',
};
/** Serves ClusterSecretStores, one of which a plane may name. */
export const EXTERNAL_SECRETS: Prerequisite = {
  api: 'external-secrets.io/v1',
  name: 'External Secrets Operator',
  guide: 'https://external-secrets.io/latest/introduction/getting-started/',
};

/** Found in the kinds of the objects that OpenChoreo's charts of each release contain. */
const RULES: readonly {
  readonly what: Prerequisite;
  readonly roles: readonly Role[];
  readonly since: string;
  readonly before?: string;
}[] = [
  { what: CERT_MANAGER, roles: ['data', 'build', 'workflow', 'observability'], since: '0.9' },
  { what: GATEWAY_API, roles: ['data'], since: '0.9' },
  { what: KGATEWAY, roles: ['data'], since: '1.2' },
  { what: GATEWAY_API, roles: ['observability'], since: '0.15' },
  { what: KGATEWAY, roles: ['observability'], since: '0.15' },
  { what: OPENSEARCH, roles: ['observability'], since: '0.9', before: '0.16' },
  { what: ARGO, roles: ['build'], since: '0.14', before: '0.15' },
  { what: EXTERNAL_SECRETS, roles: ['build', 'data'], since: '0.14', before: '0.15' },
];

/** Returns what a chart's objects need in the plane's cluster. Nothing of it is part of the chart. */
export function chartPrerequisites(role: Role, release: ChartRelease): Prerequisite[] {
  return RULES.filter(
    ({ roles, since, before }) =>
      roles.includes(role) && isSince(release, since) && (before === undefined || !isSince(release, before)),
  ).map(({ what }) => what);
}
