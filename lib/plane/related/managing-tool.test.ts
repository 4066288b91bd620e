import { describe, expect, test } from 'vitest';
import { MASK } from '@/lib/plane/masking/mask';
import { managingToolOf } from './managing-tool';
import { managingToolText } from './related-resources';

interface Marks {
  readonly labels?: Record<string, string>;
  readonly annotations?: Record<string, string>;
  readonly managers?: readonly { manager: string; operation?: string; subresource?: string }[];
}

function plane({ labels = {}, annotations = {}, managers = [] }: Marks): unknown {
  return { metadata: { name: 'prod', namespace: 'acme', labels, annotations, managedFields: managers } };
}
const toolWith = (marks: Marks) => managingToolOf(plane(marks), 'DataPlane');
const tracked = (id: string) => ({ 'argocd.argoproj.io/tracking-id': id });

test('returns null for a resource without any mark, or of any shape', () => {
  expect(toolWith({})).toBeNull();
  expect(toolWith({ managers: [{ manager: 'kubectl-client-side-apply' }] })).toBeNull();
  for (const raw of [undefined, null, 'text', {}, { metadata: { labels: 7, managedFields: 'x' } }])
    expect(managingToolOf(raw, 'DataPlane')).toBeNull();
});

test('masks a secret in the name of a tool and in its evidence', () => {
  expect(toolWith({ annotations: { 'config.k8s.io/owning-inventory': 'password=hunter' } })).toEqual({
    tool: 'kpt',
    name: MASK,
    evidence: 'annotation config.k8s.io/owning-inventory',
  });
  expect(toolWith({ managers: [{ manager: 'terraform-provider-password=hunter' }] })?.evidence).toBe(MASK);
});

describe('Argo CD', () => {
  test('is detected by its tracking annotation', () => {
    expect(toolWith({ annotations: tracked('shop:openchoreo.dev/DataPlane:acme/prod') })).toEqual({
      tool: 'argocd',
      name: 'shop',
      evidence: 'annotation argocd.argoproj.io/tracking-id',
    });
  });

  test('names the namespace of an Application outside its own', () => {
    const annotations = tracked('team-a_shop:openchoreo.dev/DataPlane:acme/prod');
    expect(toolWith({ annotations })?.name).toBe('team-a/shop');
  });

  test.each([
    'shop:openchoreo.dev/DataPlane:acme/staging',
    'shop:openchoreo.dev/DataPlane:other/prod',
    'shop:openchoreo.dev/BuildPlane:acme/prod',
    'shop:apps/DataPlane:acme/prod',
    'shop',
    '',
  ])('ignores a copied or invalid annotation: %s', (id) => {
    expect(toolWith({ annotations: tracked(id) })).toBeNull();
  });

  test('tracks a cluster-wide resource under the namespace that its Application deploys to', () => {
    const annotations = tracked('shop:openchoreo.dev/ClusterDataPlane:argocd/shared');
    const raw = { metadata: { name: 'shared', annotations } };
    expect(managingToolOf(raw, 'ClusterDataPlane')).toMatchObject({ tool: 'argocd', name: 'shop' });
  });

  test('is detected by the common instance label only if its controller wrote the resource', () => {
    const labels = { 'app.kubernetes.io/instance': 'shop' };
    expect(toolWith({ labels })).toBeNull();
    expect(toolWith({ labels, managers: [{ manager: 'argocd-server' }] })).toBeNull();
    expect(toolWith({ labels, managers: [{ manager: 'argocd-controller' }] })).toEqual({
      tool: 'argocd',
      name: 'shop',
      evidence: 'label app.kubernetes.io/instance and field manager argocd-controller',
    });
  });

  test('is detected by its own instance label, and without a name by its controller alone', () => {
    expect(toolWith({ labels: { 'argocd.argoproj.io/instance': 'shop' } })?.name).toBe('shop');
    expect(toolWith({ managers: [{ manager: 'argocd-controller' }] })).toEqual({
      tool: 'argocd',
      evidence: 'field manager argocd-controller',
    });
  });
});

describe('Flux', () => {
  const labels = {
    'kustomize.toolkit.fluxcd.io/name': 'planes',
    'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
  };

  test('is detected by the labels of a Kustomization or a HelmRelease', () => {
    expect(toolWith({ labels })).toEqual({
      tool: 'flux',
      name: 'flux-system/planes',
      evidence: 'label kustomize.toolkit.fluxcd.io/name',
    });
    expect(toolWith({ labels: { 'helm.toolkit.fluxcd.io/name': 'planes' } })).toEqual({
      tool: 'flux',
      name: 'planes',
      evidence: 'label helm.toolkit.fluxcd.io/name',
    });
  });

  test('manages a resource that it rendered with Helm', () => {
    const helm = {
      labels: { ...labels, 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: { 'meta.helm.sh/release-name': 'planes' },
    };
    expect(toolWith(helm)?.tool).toBe('flux');
  });

  test.each([
    ['reconcile', 'disabled'],
    ['ssa', 'Ignore'],
    ['ssa', 'IfNotPresent'],
  ])("doesn't manage a resource excluded by %s: %s", (name, value) => {
    const annotations = { [`kustomize.toolkit.fluxcd.io/${name}`]: value };
    expect(toolWith({ labels, annotations })).toBeNull();
  });

  test('is detected by its controller if the labels are missing', () => {
    expect(toolWith({ managers: [{ manager: 'kustomize-controller' }] })?.evidence).toBe(
      'field manager kustomize-controller',
    );
    expect(toolWith({ managers: [{ manager: 'kustomize-controller', subresource: 'status' }] })).toBeNull();
  });
});

describe('Helm', () => {
  const annotations = {
    'meta.helm.sh/release-name': 'planes',
    'meta.helm.sh/release-namespace': 'platform',
  };
  const labels = { 'app.kubernetes.io/managed-by': 'Helm' };

  test("is detected by its release, which the label alone doesn't prove", () => {
    expect(toolWith({ labels, annotations })).toEqual({
      tool: 'helm',
      name: 'platform/planes',
      evidence: 'annotation meta.helm.sh/release-name',
    });
    expect(toolWith({ labels })).toBeNull();
    expect(toolWith({ annotations })).toBeNull();
  });

  test('yields to Argo CD, which renders charts without installing them', () => {
    const both = { ...annotations, ...tracked('shop:openchoreo.dev/DataPlane:acme/prod') };
    expect(toolWith({ labels, annotations: both })?.tool).toBe('argocd');
  });
});

test.each([
  [{ annotations: tracked('planes:openchoreo.dev/DataPlane:acme/prod') }, 'Argo CD (planes)'],
  [
    {
      labels: {
        'kustomize.toolkit.fluxcd.io/name': 'planes',
        'kustomize.toolkit.fluxcd.io/namespace': 'flux-system',
      },
    },
    'Flux (flux-system/planes)',
  ],
  [
    {
      labels: { 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: {
        'meta.helm.sh/release-name': 'planes',
        'meta.helm.sh/release-namespace': 'platform',
      },
    },
    'Helm (platform/planes)',
  ],
  [{ managers: [{ manager: 'argocd-controller' }] }, 'Argo CD'],
] satisfies [Marks, string][])('%j is named in a sentence as %s', (marks, text) => {
  const tool = toolWith(marks);
  expect(tool && managingToolText(tool)).toBe(text);
});
