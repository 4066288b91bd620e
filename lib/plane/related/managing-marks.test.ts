import { describe, expect, test } from 'vitest';
import { managingToolOf } from './managing-tool';
import { MANAGING_TOOL_IDS, type ManagingToolId } from './managing-tools';
import { type ManagingTool, managingToolPhrase } from './related-resources';

interface Marks {
  readonly labels?: Record<string, string>;
  readonly annotations?: Record<string, string>;
  readonly manager?: string;
  readonly owner?: { readonly kind: string; readonly name: string; readonly controller?: boolean };
}

function toolWith(marks: Marks, kind = 'DataPlane', group = 'openchoreo.dev'): ManagingTool | null {
  const { labels = {}, annotations = {}, manager, owner } = marks;
  const metadata = {
    name: 'prod',
    namespace: 'acme',
    labels,
    annotations,
    managedFields: manager === undefined ? [] : [{ manager, operation: 'Apply' }],
    ownerReferences: owner ? [owner] : [],
  };
  return managingToolOf({ metadata }, kind, group);
}

const OBJECTSET = 'objectset.rio.cattle.io';
const MANAGED_BY = 'app.kubernetes.io/managed-by';
const RELEASE = { 'meta.helm.sh/release-name': 'planes', 'meta.helm.sh/release-namespace': 'platform' };

/** The marks as each tool writes them, the tool, its name for people, and the evidence. */
const ON_PLANES: readonly [Marks, ManagingToolId, string, string][] = [
  [
    // Fleet deploys bundles as Helm releases.
    {
      annotations: { [`${OBJECTSET}/id`]: 'default-shop-planes', ...RELEASE },
      labels: { [`${OBJECTSET}/hash`]: 'e2b8a1', [MANAGED_BY]: 'Helm' },
    },
    'rancher-fleet',
    'Rancher Fleet bundle default-shop-planes',
    `annotation ${OBJECTSET}/id`,
  ],
  [
    { labels: { [`${OBJECTSET}/hash`]: 'e2b8a1' } },
    'rancher-fleet',
    'Rancher Fleet',
    `label ${OBJECTSET}/hash`,
  ],
  [
    { labels: { 'fleet.cattle.io/bundle-name': 'shop' } },
    'rancher-fleet',
    'Rancher Fleet bundle shop',
    'label fleet.cattle.io/bundle-name',
  ],
  [{ manager: 'fleetagent' }, 'rancher-fleet', 'Rancher Fleet', 'field manager fleetagent'],
  [
    {
      annotations: {
        [`${OBJECTSET}/id`]: '',
        [`${OBJECTSET}/owner-gvk`]: 'k3s.cattle.io/v1, Kind=Addon',
        [`${OBJECTSET}/owner-name`]: 'planes',
        [`${OBJECTSET}/owner-namespace`]: 'kube-system',
      },
      labels: { [`${OBJECTSET}/hash`]: 'e2b8a1' },
    },
    'rancher',
    'Rancher Addon kube-system/planes',
    `annotation ${OBJECTSET}/owner-gvk`,
  ],
  [
    { labels: { 'kapp.k14s.io/app': '1610567506920108209', 'kapp.k14s.io/association': 'v1.034269eb' } },
    'kapp',
    'kapp',
    'label kapp.k14s.io/app',
  ],
  [
    { labels: { 'kapp.k14s.io/association': 'v1.034269eb' } },
    'kapp',
    'kapp',
    'label kapp.k14s.io/association',
  ],
  [
    { labels: { 'applyset.kubernetes.io/part-of': 'applyset-x-v1' } },
    'applyset',
    'kubectl ApplySet applyset-x-v1',
    'label applyset.kubernetes.io/part-of',
  ],
  [
    {
      annotations: {
        'configmanagement.gke.io/managed': 'enabled',
        'configsync.gke.io/resource-id': 'openchoreo.dev_dataplane_acme_prod',
        'configsync.gke.io/manager': ':root_shop',
        'config.k8s.io/owning-inventory': 'config-management-system_shop',
      },
      labels: { 'applyset.kubernetes.io/part-of': 'applyset-x-v1' },
    },
    'config-sync',
    'Config Sync RootSync shop',
    'annotation configmanagement.gke.io/managed',
  ],
  [
    { annotations: { 'configmanagement.gke.io/managed': 'enabled', 'configsync.gke.io/manager': 'acme' } },
    'config-sync',
    'Config Sync RepoSync acme/repo-sync',
    'annotation configmanagement.gke.io/managed',
  ],
  [
    { annotations: { 'config.k8s.io/owning-inventory': 'shop' } },
    'kpt',
    'kpt inventory shop',
    'annotation config.k8s.io/owning-inventory',
  ],
  [
    {
      labels: {
        'kro.run/owned': 'true',
        'kro.run/instance-name': 'shop',
        'applyset.kubernetes.io/part-of': 'kro-x',
      },
    },
    'kro',
    'kro instance shop',
    'label kro.run/owned',
  ],
  [{ manager: 'Terraform' }, 'terraform', 'Terraform', 'field manager Terraform'],
  [{ manager: 'HashiCorp' }, 'terraform', 'Terraform', 'field manager HashiCorp'],
  [
    { manager: 'terraform-provider-kubectl_v1.14.0' },
    'terraform',
    'Terraform',
    'field manager terraform-provider-kubectl_v1.14.0',
  ],
  [{ labels: { [MANAGED_BY]: 'terraform' } }, 'terraform', 'Terraform', `label ${MANAGED_BY}`],
  [{ manager: 'pulumi-kubernetes-3f2a8d4c' }, 'pulumi', 'Pulumi', 'field manager pulumi-kubernetes-3f2a8d4c'],
  [{ labels: { [MANAGED_BY]: 'pulumi' } }, 'pulumi', 'Pulumi', `label ${MANAGED_BY}`],
  [
    {
      annotations: { 'crossplane.io/composition-resource-name': 'plane' },
      labels: { 'crossplane.io/composite': 'shop-x7k2p' },
      owner: { kind: 'XShop', name: 'shop-x7k2p', controller: true },
    },
    'crossplane',
    'Crossplane composite shop-x7k2p',
    'annotation crossplane.io/composition-resource-name',
  ],
  [
    { labels: { 'crossplane.io/composite': 'shop-x7k2p' } },
    'crossplane',
    'Crossplane composite shop-x7k2p',
    'label crossplane.io/composite',
  ],
  [
    { manager: 'apiextensions.crossplane.io/composed/9f4c2' },
    'crossplane',
    'Crossplane',
    'field manager apiextensions.crossplane.io/composed/9f4c2',
  ],
  [
    {
      annotations: {
        'projectsveltos.io/owner-kind': 'ClusterProfile',
        'projectsveltos.io/owner-name': 'prod',
      },
    },
    'sveltos',
    'Sveltos ClusterProfile prod',
    'annotation projectsveltos.io/owner-name',
  ],
  [
    { annotations: { 'projectsveltos.io/reference-name': 'planes' } },
    'sveltos',
    'Sveltos',
    'annotation projectsveltos.io/reference-name',
  ],
  [
    { labels: { 'projectsveltos.io/reference-name': 'planes' } },
    'sveltos',
    'Sveltos',
    'label projectsveltos.io/reference-name',
  ],
  [
    { annotations: { 'apps.open-cluster-management.io/hosting-subscription': 'apps/planes' } },
    'open-cluster-management',
    'Open Cluster Management subscription apps/planes',
    'annotation apps.open-cluster-management.io/hosting-subscription',
  ],
  [
    { owner: { kind: 'AppliedManifestWork', name: 'a1-planes' } },
    'open-cluster-management',
    'Open Cluster Management',
    'owner reference to AppliedManifestWork a1-planes',
  ],
  [
    { labels: { 'karmada.io/managed': 'true' }, annotations: { 'work.karmada.io/name': 'prod-1' } },
    'karmada',
    'Karmada Work prod-1',
    'label karmada.io/managed',
  ],
  [
    { labels: { 'kluctl.io/discriminator': 'shop-prod' } },
    'kluctl',
    'Kluctl deployment shop-prod',
    'label kluctl.io/discriminator',
  ],
  [{ manager: 'kluctl' }, 'kluctl', 'Kluctl', 'field manager kluctl'],
  [
    { labels: { 'generate.kyverno.io/policy-name': 'planes', [MANAGED_BY]: 'kyverno' } },
    'kyverno',
    'Kyverno policy planes',
    'label generate.kyverno.io/policy-name',
  ],
  [
    { labels: { [MANAGED_BY]: 'spinnaker' }, annotations: { 'moniker.spinnaker.io/application': 'shop' } },
    'spinnaker',
    'Spinnaker application shop',
    `label ${MANAGED_BY}`,
  ],
  [{ labels: { [MANAGED_BY]: 'timoni' } }, 'timoni', 'Timoni', `label ${MANAGED_BY}`],
  [{ manager: 'timoni' }, 'timoni', 'Timoni', 'field manager timoni'],
  [
    { labels: { 'addonmanager.kubernetes.io/mode': 'Reconcile' } },
    'addon-manager',
    'Kubernetes addon manager',
    'label addonmanager.kubernetes.io/mode',
  ],
  [
    { owner: { kind: 'PlaneSet', name: 'shop', controller: true } },
    'controller',
    'PlaneSet shop',
    'owner reference',
  ],
];

const ON_SECRETS: readonly [Marks, ManagingToolId, string, string][] = [
  [
    { annotations: { 'cert-manager.io/certificate-name': 'agent' } },
    'cert-manager',
    'cert-manager Certificate agent',
    'annotation cert-manager.io/certificate-name',
  ],
  [
    { labels: { 'trust.cert-manager.io/bundle': 'agents' } },
    'trust-manager',
    'trust-manager Bundle agents',
    'label trust.cert-manager.io/bundle',
  ],
  [
    {
      // External Secrets copies the labels of its ExternalSecret.
      labels: { 'reconcile.external-secrets.io/managed': 'true', 'argocd.argoproj.io/instance': 'shop' },
      owner: { kind: 'ExternalSecret', name: 'agent', controller: true },
    },
    'external-secrets',
    'External Secrets ExternalSecret agent',
    'label reconcile.external-secrets.io/managed',
  ],
  [
    { annotations: { 'reconcile.external-secrets.io/data-hash': '51ad' } },
    'external-secrets',
    'External Secrets',
    'annotation reconcile.external-secrets.io/data-hash',
  ],
  [
    {
      labels: { [MANAGED_BY]: 'hashicorp-vso', 'secrets.hashicorp.com/vso-ownerRefUID': '96ec86b7' },
      owner: { kind: 'VaultStaticSecret', name: 'agent' },
    },
    'vault-secrets-operator',
    'Vault Secrets Operator VaultStaticSecret agent',
    'label secrets.hashicorp.com/vso-ownerRefUID',
  ],
  [
    { labels: { [MANAGED_BY]: 'hashicorp-vso' } },
    'vault-secrets-operator',
    'Vault Secrets Operator',
    `label ${MANAGED_BY}`,
  ],
  [
    { labels: { 'secrets-store.csi.k8s.io/managed': 'true' } },
    'secrets-store-csi',
    'Secrets Store CSI Driver',
    'label secrets-store.csi.k8s.io/managed',
  ],
  [
    { annotations: { 'reflector.v1.k8s.emberstack.com/reflects': 'pki/agent' } },
    'reflector',
    'Reflector source pki/agent',
    'annotation reflector.v1.k8s.emberstack.com/reflects',
  ],
  [
    { annotations: { 'replicator.v1.mittwald.de/replicate-from': 'pki/agent' } },
    'replicator',
    'Kubernetes Replicator source pki/agent',
    'annotation replicator.v1.mittwald.de/replicate-from',
  ],
  [
    { annotations: { 'kubed.appscode.com/origin': '{"namespace":"pki"}' } },
    'config-syncer',
    'Config Syncer',
    'annotation kubed.appscode.com/origin',
  ],
  [
    { annotations: { 'operator.1password.io/item-path': 'vaults/pki/items/agent' } },
    'one-password',
    '1Password Operator',
    'annotation operator.1password.io/item-path',
  ],
  [
    { owner: { kind: 'SealedSecret', name: 'agent', controller: true } },
    'controller',
    'SealedSecret agent',
    'owner reference',
  ],
];

test.each(ON_PLANES)(
  'on planes and Secrets, %j is the mark of %s, named %s',
  (marks, tool, phrase, evidence) => {
    for (const found of [toolWith(marks), toolWith(marks, 'Secret', '')]) {
      expect(found).toMatchObject({ tool, evidence });
      expect(found && managingToolPhrase(found)).toBe(phrase);
    }
  },
);

test.each(ON_SECRETS)('on Secrets, %j is the mark of %s, named %s', (marks, tool, phrase, evidence) => {
  const found = toolWith(marks, 'Secret', '');
  expect(found).toMatchObject({ tool, evidence });
  expect(found && managingToolPhrase(found)).toBe(phrase);
});

test('every tool that can be named has a mark in these tables or its own tests', () => {
  const tested = new Set<string>([...ON_PLANES, ...ON_SECRETS].map(([, tool]) => tool));
  expect(MANAGING_TOOL_IDS.filter((tool) => !tested.has(tool))).toEqual(['argocd', 'flux', 'helm']);
});

describe('a resource is managed by nothing', () => {
  test.each<[string, Marks]>([
    ['an owner that is not its controller', { owner: { kind: 'ConfigMap', name: 'x' } }],
    ['a chart that sets managed-by', { labels: { [MANAGED_BY]: 'Helm' } }],
    ['a person who set managed-by', { labels: { [MANAGED_BY]: 'platform-team' } }],
    [
      'kapp told to do nothing',
      { labels: { 'kapp.k14s.io/app': '1' }, annotations: { 'kapp.k14s.io/noop': '' } },
    ],
    [
      'kapp told to check that it exists',
      { labels: { 'kapp.k14s.io/association': '1' }, annotations: { 'kapp.k14s.io/exists': '' } },
    ],
    [
      'Config Sync told to leave it alone',
      { annotations: { 'configmanagement.gke.io/managed': 'disabled' } },
    ],
    [
      'Config Sync annotations copied from another resource',
      {
        annotations: {
          'configmanagement.gke.io/managed': 'enabled',
          'configsync.gke.io/resource-id': 'openchoreo.dev_dataplane_acme_staging',
        },
      },
    ],
    [
      'Config Sync told to ignore changes',
      {
        annotations: {
          'configmanagement.gke.io/managed': 'enabled',
          'client.lifecycle.config.k8s.io/mutation': 'ignore',
        },
      },
    ],
    ['an addon that is only created', { labels: { 'addonmanager.kubernetes.io/mode': 'EnsureExists' } }],
    ['a mark of Secrets on a plane', { annotations: { 'cert-manager.io/certificate-name': 'agent' } }],
    ['people who use kubectl', { manager: 'kubectl-client-side-apply' }],
  ])('with %s', (_name, marks) => {
    expect(toolWith(marks)).toBeNull();
  });

  test('with an owner reference of the wrong type', () => {
    expect(managingToolOf({ metadata: { name: 'prod', ownerReferences: 'x' } }, 'DataPlane')).toBeNull();
  });
});
