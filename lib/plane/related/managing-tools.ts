/** What the pages say about a tool that manages resources. */
interface ManagingToolEntry {
  /** Empty for a controller, which is named by the object that it controls. */
  readonly label: string;
  /** What the tool calls the thing that contains the resource; empty if it has no word for it. */
  readonly unit: string;
  /** The run that reverts changes; absent if the tool reverts them by itself. */
  readonly nextRun?: string;
}

/** The tools that manage resources and undo what others write to them. */
export const MANAGING_TOOLS = {
  argocd: { label: 'Argo CD', unit: 'Application' },
  flux: { label: 'Flux', unit: '' },
  helm: { label: 'Helm', unit: 'release', nextRun: 'upgrade' },
  'rancher-fleet': { label: 'Rancher Fleet', unit: 'bundle' },
  rancher: { label: 'Rancher', unit: '' },
  kapp: { label: 'kapp', unit: 'app', nextRun: 'deploy' },
  applyset: { label: 'kubectl', unit: 'ApplySet', nextRun: 'apply' },
  'config-sync': { label: 'Config Sync', unit: '' },
  kpt: { label: 'kpt', unit: 'inventory', nextRun: 'apply' },
  kro: { label: 'kro', unit: 'instance' },
  terraform: { label: 'Terraform', unit: '', nextRun: 'apply' },
  pulumi: { label: 'Pulumi', unit: '', nextRun: 'update' },
  crossplane: { label: 'Crossplane', unit: 'composite' },
  sveltos: { label: 'Sveltos', unit: '' },
  'open-cluster-management': { label: 'Open Cluster Management', unit: '' },
  karmada: { label: 'Karmada', unit: 'Work' },
  kluctl: { label: 'Kluctl', unit: 'deployment', nextRun: 'deployment' },
  kyverno: { label: 'Kyverno', unit: 'policy' },
  spinnaker: { label: 'Spinnaker', unit: 'application', nextRun: 'deployment' },
  timoni: { label: 'Timoni', unit: '', nextRun: 'apply' },
  'addon-manager': { label: 'Kubernetes addon manager', unit: '' },
  'cert-manager': { label: 'cert-manager', unit: 'Certificate' },
  'trust-manager': { label: 'trust-manager', unit: 'Bundle' },
  'external-secrets': { label: 'External Secrets', unit: '' },
  'vault-secrets-operator': { label: 'Vault Secrets Operator', unit: '' },
  'secrets-store-csi': { label: 'Secrets Store CSI Driver', unit: '' },
  reflector: { label: 'Reflector', unit: 'source' },
  replicator: { label: 'Kubernetes Replicator', unit: 'source' },
  'config-syncer': { label: 'Config Syncer', unit: '' },
  'one-password': { label: '1Password Operator', unit: '' },
  controller: { label: '', unit: '' },
} as const satisfies Record<string, ManagingToolEntry>;

export type ManagingToolId = keyof typeof MANAGING_TOOLS;

/** Returns what the pages say about a tool. */
export function managingToolEntry(tool: ManagingToolId): ManagingToolEntry {
  return MANAGING_TOOLS[tool];
}

export const MANAGING_TOOL_IDS = Object.keys(MANAGING_TOOLS) as [ManagingToolId, ...ManagingToolId[]];
