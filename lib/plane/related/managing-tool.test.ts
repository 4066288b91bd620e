import { describe, expect, test } from 'vitest';
import { applicationUrl, managingToolOf } from './managing-tool';

interface Marks {
  readonly labels?: Record<string, string>;
  readonly annotations?: Record<string, string>;
  readonly managers?: readonly { manager: string; operation?: string; subresource?: string }[];
}

function plane({ labels = {}, annotations = {}, managers = [] }: Marks): unknown {
  return { metadata: { name: 'prod', namespace: 'acme', labels, annotations, managedFields: managers } };
}
const ownerWith = (marks: Marks) => managingToolOf(plane(marks), 'DataPlane');
const tracked = (id: string) => ({ 'argocd.argoproj.io/tracking-id': id });

test('a resource without any mark has no owner, whatever it looks like', () => {
  expect(ownerWith({})).toBeNull();
  expect(ownerWith({ managers: [{ manager: 'kubectl-client-side-apply' }] })).toBeNull();
  for (const raw of [undefined, null, 'text', {}, { metadata: { labels: 7, managedFields: 'x' } }])
    expect(managingToolOf(raw, 'DataPlane')).toBeNull();
});

describe('Argo CD', () => {
  test('is known by its tracking annotation', () => {
    expect(ownerWith({ annotations: tracked('shop:openchoreo.dev/DataPlane:acme/prod') })).toEqual({
      tool: 'argocd',
      name: 'shop',
      evidence: 'annotation argocd.argoproj.io/tracking-id',
    });
  });

  test('names the namespace of an Application that is not in its own', () => {
    const annotations = tracked('team-a_shop:openchoreo.dev/DataPlane:acme/prod');
    expect(ownerWith({ annotations })?.name).toBe('team-a/shop');
  });

  test.each([
    'shop:openchoreo.dev/DataPlane:acme/staging',
    'shop:openchoreo.dev/DataPlane:other/prod',
    'shop:openchoreo.dev/BuildPlane:acme/prod',
    'shop:apps/DataPlane:acme/prod',
    'shop',
    '',
  ])('does not keep a resource whose annotation was copied or is none: %s', (id) => {
    expect(ownerWith({ annotations: tracked(id) })).toBeNull();
  });

  test('tracks a cluster-wide resource under the namespace that its Application deploys to', () => {
    const annotations = tracked('shop:openchoreo.dev/ClusterDataPlane:argocd/shared');
    const raw = { metadata: { name: 'shared', annotations } };
    expect(managingToolOf(raw, 'ClusterDataPlane')).toMatchObject({ tool: 'argocd', name: 'shop' });
  });

  test('is known by the common instance label only where its controller wrote', () => {
    const labels = { 'app.kubernetes.io/instance': 'shop' };
    expect(ownerWith({ labels })).toBeNull();
    expect(ownerWith({ labels, managers: [{ manager: 'argocd-server' }] })).toBeNull();
    expect(ownerWith({ labels, managers: [{ manager: 'argocd-controller' }] })).toEqual({
      tool: 'argocd',
      name: 'shop',
      evidence: 'label app.kubernetes.io/instance and field manager argocd-controller',
    });
  });

  test('is known by its own instance label, and by its controller alone, then without a name', () => {
    expect(ownerWith({ labels: { 'argocd.argoproj.io/instance': 'shop' } })?.name).toBe('shop');
    expect(ownerWith({ managers: [{ manager: 'argocd-controller' }] })).toEqual({
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

  test('is known by the labels of a Kustomization or a HelmRelease', () => {
    expect(ownerWith({ labels })).toEqual({
      tool: 'flux',
      name: 'flux-system/planes',
      evidence: 'label kustomize.toolkit.fluxcd.io/name',
    });
    expect(ownerWith({ labels: { 'helm.toolkit.fluxcd.io/name': 'planes' } })).toEqual({
      tool: 'flux',
      name: 'planes',
      evidence: 'label helm.toolkit.fluxcd.io/name',
    });
  });

  test('keeps a resource that was rendered by Helm for it', () => {
    const helm = {
      labels: { ...labels, 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: { 'meta.helm.sh/release-name': 'planes' },
    };
    expect(ownerWith(helm)?.tool).toBe('flux');
  });

  test.each([
    ['reconcile', 'disabled'],
    ['ssa', 'Ignore'],
    ['ssa', 'IfNotPresent'],
  ])('does not keep what is told to be left alone by %s: %s', (name, value) => {
    const annotations = { [`kustomize.toolkit.fluxcd.io/${name}`]: value };
    expect(ownerWith({ labels, annotations })).toBeNull();
  });

  test('is known by its controller where the labels were taken away', () => {
    expect(ownerWith({ managers: [{ manager: 'kustomize-controller' }] })?.evidence).toBe(
      'field manager kustomize-controller',
    );
    expect(ownerWith({ managers: [{ manager: 'kustomize-controller', subresource: 'status' }] })).toBeNull();
  });
});

describe('Helm', () => {
  const annotations = {
    'meta.helm.sh/release-name': 'planes',
    'meta.helm.sh/release-namespace': 'platform',
  };
  const labels = { 'app.kubernetes.io/managed-by': 'Helm' };

  test('is known by its release, which the label alone does not prove', () => {
    expect(ownerWith({ labels, annotations })).toEqual({
      tool: 'helm',
      name: 'platform/planes',
      evidence: 'annotation meta.helm.sh/release-name',
    });
    expect(ownerWith({ labels })).toBeNull();
    expect(ownerWith({ annotations })).toBeNull();
  });

  test('gives way to Argo CD, which renders charts without installing them', () => {
    const both = { ...annotations, ...tracked('shop:openchoreo.dev/DataPlane:acme/prod') };
    expect(ownerWith({ labels, annotations: both })?.tool).toBe('argocd');
  });
});

describe('applicationUrl', () => {
  test.each([
    ['https://argocd.example.com', 'planes', 'https://argocd.example.com/applications/argocd/planes'],
    ['https://example.com/argo/', 'planes', 'https://example.com/argo/applications/argocd/planes'],
    ['http://argocd.local:8080', 'team-a/planes', 'http://argocd.local:8080/applications/team-a/planes'],
    ['https://argocd.example.com?x=1#y', 'a b/c', 'https://argocd.example.com/applications/a%20b/c'],
  ])('Argo CD at %s has the Application %s at %s', (base, application, url) => {
    expect(applicationUrl(base, application)).toBe(url);
  });

  test.each([undefined, '', 'argocd.example.com', 'javascript:alert(1)', 'data:text/html,x', 7])(
    'an address such as %s leads nowhere',
    (base) => {
      expect(applicationUrl(base, 'planes')).toBeNull();
    },
  );
});
