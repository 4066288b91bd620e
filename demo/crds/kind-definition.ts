import { kindOfName, PLANE_GROUP, PLANE_VERSION, type PlaneKindName } from '@/lib/plane/model/kinds';
import { type Field, type JsonSchema, object, objectSchema, string } from './schema';

/** A kind as a release defines it. */
export interface KindDefinition {
  readonly kind: string;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames?: readonly string[];
  readonly scope: 'Namespaced' | 'Cluster';
  readonly description: string;
  readonly spec: Field;
  readonly status: Field;
}

/** A CustomResourceDefinition (apiextensions.k8s.io/v1) with one version. */
export interface CustomResourceDefinition {
  readonly apiVersion: 'apiextensions.k8s.io/v1';
  readonly kind: 'CustomResourceDefinition';
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec: {
    readonly group: string;
    readonly scope: 'Namespaced' | 'Cluster';
    readonly names: {
      readonly kind: string;
      readonly listKind: string;
      readonly plural: string;
      readonly singular: string;
      readonly shortNames?: readonly string[];
    };
    readonly versions: readonly [
      {
        readonly name: string;
        readonly served: true;
        readonly storage: true;
        readonly schema: { readonly openAPIV3Schema: JsonSchema };
        readonly subresources: { readonly status: Record<string, never> };
      },
    ];
  };
}

/** Marks the definitions that the demo installed. */
const MANAGED_LABEL = { 'app.kubernetes.io/managed-by': 'planeboard-demo' };

/** Returns the CustomResourceDefinition of a kind. Every kind has a status subresource. */
export function customResourceDefinition(definition: KindDefinition): CustomResourceDefinition {
  const { kind, plural, singular, shortNames, scope, description, spec, status } = definition;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${PLANE_GROUP}`, labels: MANAGED_LABEL },
    spec: {
      group: PLANE_GROUP,
      scope,
      names: { kind, listKind: `${kind}List`, plural, singular, ...(shortNames ? { shortNames } : {}) },
      versions: [
        {
          name: PLANE_VERSION,
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: objectSchema(
              {
                apiVersion: string(),
                kind: string(),
                metadata: { schema: { type: 'object' }, isRequired: false },
                spec,
                status,
              },
              description,
            ),
          },
          subresources: { status: {} },
        },
      ],
    },
  };
}

/** The short names that the releases declare. DataPlane is the only namespaced kind with short names. */
const SHORT_NAMES: Partial<Record<PlaneKindName, readonly string[]>> = {
  DataPlane: ['dp', 'dps'],
  ClusterDataPlane: ['cdp', 'cdps'],
  ClusterBuildPlane: ['cbp', 'cbps'],
  ClusterWorkflowPlane: ['cwp', 'cwps'],
  ClusterObservabilityPlane: ['cop', 'cops'],
};

/** Defines a plane kind with a release's fields of spec and status. */
export function planeKind(
  kind: PlaneKindName,
  specFields: Readonly<Record<string, Field>>,
  status: Field,
): KindDefinition {
  const entry = kindOfName(kind);
  if (!entry) throw new Error(`${kind} isn't a plane kind.`);
  const shortNames = SHORT_NAMES[kind];
  return {
    kind,
    plural: entry.plural,
    singular: kind.toLowerCase(),
    ...(shortNames ? { shortNames } : {}),
    scope: entry.scope,
    description: `${entry.label}: a remote Kubernetes cluster in this role.`,
    spec: object(specFields, 'Desired state of the plane.'),
    status,
  };
}
