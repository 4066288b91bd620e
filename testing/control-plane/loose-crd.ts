import type { CustomResourceDefinition } from '@/demo/crds/kind-definition';

/** Returns a namespaced kind of another project that takes any spec. Its own controllers don't run in tests. */
export function looseCrd(group: string, kind: string, version: string): CustomResourceDefinition {
  const singular = kind.toLowerCase();
  const plural = `${singular}s`;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      // The API server requires an approval for groups of Kubernetes itself.
      annotations: { 'api-approved.kubernetes.io': 'unapproved, for tests' },
    },
    spec: {
      group,
      names: { kind, plural, singular },
      scope: 'Namespaced',
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  } as unknown as CustomResourceDefinition;
}
