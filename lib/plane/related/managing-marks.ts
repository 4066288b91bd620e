import type { ManagingToolId } from './managing-tools';
import type { ResourceMetadata } from './resource-metadata';

/**
 * A mark that a tool leaves on every resource it manages, and nothing else does. Exactly one of `label`, `annotation`,
 * `manager` and `owner` is given.
 */
export interface ToolMark {
  readonly tool: ManagingToolId;
  readonly label?: string;
  readonly annotation?: string;
  /** Matches the field manager of a write to the resource itself. */
  readonly manager?: RegExp;
  /** The kind of an owner, which need not be the controller. */
  readonly owner?: string;
  /** Matches the value of the label or annotation; any text but an empty one by default. */
  readonly value?: RegExp;
  /** Returns what the tool calls the thing that contains the resource; undefined or empty if the marks don't say. */
  readonly name?: (metadata: ResourceMetadata, value: string) => string | undefined;
  /** Returns whether the mark doesn't count, because it was copied or the resource excludes itself. */
  readonly unless?: (metadata: ResourceMetadata) => boolean;
}

const MANAGED_BY = 'app.kubernetes.io/managed-by';
const OBJECTSET = 'objectset.rio.cattle.io';
const CONFIG_SYNC = 'configmanagement.gke.io/managed';
const SVELTOS = 'projectsveltos.io';

const itself = (_metadata: ResourceMetadata, value: string) => value;
const ownerName = ({ ownerReferences: [owner] }: ResourceMetadata) => owner && `${owner.kind} ${owner.name}`;

/**
 * The marks of the tools that sync, apply or generate resources of any kind, most specific first: a tool that builds
 * on another one leaves both marks. A label that charts and people set themselves, such as
 * `app.kubernetes.io/managed-by`, counts only with the value that the tool writes.
 */
export const TOOL_MARKS: readonly ToolMark[] = [
  // Rancher's libraries write the object set; k3s uses it for its addons too, with an owner.
  {
    tool: 'rancher',
    annotation: `${OBJECTSET}/owner-gvk`,
    value: /^(?!fleet\.cattle\.io\/)./,
    name: objectSetOwner,
  },
  { tool: 'rancher-fleet', annotation: `${OBJECTSET}/id`, name: itself },
  { tool: 'rancher-fleet', label: 'fleet.cattle.io/bundle-name', name: itself },
  { tool: 'rancher-fleet', label: `${OBJECTSET}/hash` },
  { tool: 'rancher-fleet', manager: /^fleet-?agent$/ },
  { tool: 'kapp', label: 'kapp.k14s.io/app', unless: isLeftAloneByKapp },
  { tool: 'kapp', label: 'kapp.k14s.io/association', unless: isLeftAloneByKapp },
  { tool: 'config-sync', annotation: CONFIG_SYNC, value: /^enabled$/, name: syncName, unless: isCopiedSync },
  {
    tool: 'kro',
    label: 'kro.run/owned',
    value: /^true$/,
    name: ({ labels }) => labels['kro.run/instance-name'],
  },
  { tool: 'applyset', label: 'applyset.kubernetes.io/part-of', name: itself },
  { tool: 'kpt', annotation: 'config.k8s.io/owning-inventory', name: itself },
  // `kubernetes_manifest` writes as Terraform; the provider's other resources as HashiCorp, from its user agent.
  { tool: 'terraform', manager: /^(Terraform|OpenTofu|HashiCorp|terraform-provider-.+)$/i },
  { tool: 'terraform', label: MANAGED_BY, value: /^(terraform|opentofu)$/i },
  { tool: 'pulumi', manager: /^pulumi-kubernetes(-.+)?$/ },
  { tool: 'pulumi', label: MANAGED_BY, value: /^pulumi$/i },
  {
    tool: 'crossplane',
    annotation: 'crossplane.io/composition-resource-name',
    name: ({ labels }) => labels['crossplane.io/composite'],
  },
  { tool: 'crossplane', label: 'crossplane.io/composite', name: itself },
  { tool: 'crossplane', manager: /^(apiextensions\.crossplane\.io\/.+|provider-kubernetes(\/.+)?)$/ },
  {
    tool: 'sveltos',
    annotation: `${SVELTOS}/owner-name`,
    name: ({ annotations }, value) => `${annotations[`${SVELTOS}/owner-kind`] ?? 'profile'} ${value}`,
  },
  { tool: 'sveltos', annotation: `${SVELTOS}/reference-name` },
  { tool: 'sveltos', label: `${SVELTOS}/reference-name` },
  {
    tool: 'open-cluster-management',
    annotation: 'apps.open-cluster-management.io/hosting-subscription',
    name: (_metadata, value) => `subscription ${value}`,
  },
  { tool: 'open-cluster-management', owner: 'AppliedManifestWork' },
  {
    tool: 'karmada',
    label: 'karmada.io/managed',
    value: /^true$/,
    name: ({ annotations }) => annotations['work.karmada.io/name'],
  },
  { tool: 'kluctl', label: 'kluctl.io/discriminator', name: itself },
  { tool: 'kluctl', manager: /^kluctl$/ },
  { tool: 'kyverno', label: 'generate.kyverno.io/policy-name', name: itself },
  {
    tool: 'spinnaker',
    label: MANAGED_BY,
    value: /^spinnaker$/i,
    name: ({ annotations }) => annotations['moniker.spinnaker.io/application'],
  },
  { tool: 'timoni', label: MANAGED_BY, value: /^timoni$/i },
  { tool: 'timoni', manager: /^timoni$/ },
  { tool: 'addon-manager', label: 'addonmanager.kubernetes.io/mode', value: /^Reconcile$/ },
];

/** The marks of controllers that fill Secrets. They copy labels of other tools, so they are checked before those. */
export const SECRET_MARKS: readonly ToolMark[] = [
  { tool: 'cert-manager', annotation: 'cert-manager.io/certificate-name', name: itself },
  { tool: 'trust-manager', label: 'trust.cert-manager.io/bundle', name: itself },
  {
    tool: 'external-secrets',
    label: 'reconcile.external-secrets.io/managed',
    value: /^true$/,
    name: ownerName,
  },
  { tool: 'external-secrets', annotation: 'reconcile.external-secrets.io/data-hash', name: ownerName },
  { tool: 'vault-secrets-operator', label: 'secrets.hashicorp.com/vso-ownerRefUID', name: ownerName },
  { tool: 'vault-secrets-operator', label: MANAGED_BY, value: /^hashicorp-vso$/, name: ownerName },
  { tool: 'secrets-store-csi', label: 'secrets-store.csi.k8s.io/managed', value: /^true$/ },
  { tool: 'reflector', annotation: 'reflector.v1.k8s.emberstack.com/reflects', name: itself },
  { tool: 'replicator', annotation: 'replicator.v1.mittwald.de/replicate-from', name: itself },
  { tool: 'config-syncer', annotation: 'kubed.appscode.com/origin' },
  { tool: 'one-password', annotation: 'operator.1password.io/item-path' },
];

/** Returns the object that a Rancher controller applied the resource for: `Addon kube-system/planes`. */
function objectSetOwner({ annotations }: ResourceMetadata, gvk: string): string | undefined {
  const kind = /Kind=(\w+)$/.exec(gvk)?.[1];
  const [namespace, name] = [
    annotations[`${OBJECTSET}/owner-namespace`],
    annotations[`${OBJECTSET}/owner-name`],
  ];
  return name && [kind, namespace ? `${namespace}/${name}` : name].filter(Boolean).join(' ');
}

/** kapp only checks that such a resource exists, or does nothing with it. */
function isLeftAloneByKapp({ annotations }: ResourceMetadata): boolean {
  return 'kapp.k14s.io/noop' in annotations || 'kapp.k14s.io/exists' in annotations;
}

/** Returns the RootSync or RepoSync, from `:root`, `:root_<name>`, `<namespace>` or `<namespace>_<name>`. */
function syncName({ annotations }: ResourceMetadata): string | undefined {
  const manager = annotations['configsync.gke.io/manager'];
  if (!manager) return undefined;
  const [scope = '', name] = manager.split('_');
  if (scope === ':root') return `RootSync ${name ?? 'root-sync'}`;
  return `RepoSync ${scope}/${name ?? 'repo-sync'}`;
}

/**
 * Returns whether Config Sync leaves the resource alone: its id names another one, because the annotation was copied,
 * or its mutations are ignored. The id is `GROUP_KIND_NAMESPACE_NAME`, without the namespace for cluster-wide kinds.
 */
function isCopiedSync({ annotations, namespace, name }: ResourceMetadata): boolean {
  if (annotations['client.lifecycle.config.k8s.io/mutation'] === 'ignore') return true;
  const id = annotations['configsync.gke.io/resource-id'];
  return id !== undefined && !id.endsWith(namespace === undefined ? `_${name}` : `_${namespace}_${name}`);
}
