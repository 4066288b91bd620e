import type { ObjectRef } from '@/lib/plane/model/object-ref';
import { z } from '@/lib/zod';
import { DEFAULT_NAME, type ReferenceResolver } from './observability-target';
import type { Referrer } from './related-resources';

/** A kind whose objects refer to planes: Environments to data planes, workflows to workflow planes. */
export interface ReferrerKind {
  readonly kind: string;
  readonly plural: string;
  /** Within the spec. */
  readonly field: string;
  /** What a plain text in the field names, and where: up to 0.14 a DataPlane of the object's own namespace. */
  readonly textNames: string | null;
  /** Kinds that an absent reference means, in this order, each under the name `default`. */
  readonly defaults: readonly string[];
  /** Kinds of planes that the field can name. */
  readonly targets: readonly string[];
}

/** Without a reference an Environment uses DataPlane `default` of its namespace, else ClusterDataPlane `default`. */
const ENVIRONMENT: ReferrerKind = {
  kind: 'Environment',
  plural: 'environments',
  field: 'dataPlaneRef',
  textNames: 'DataPlane',
  defaults: ['DataPlane', 'ClusterDataPlane'],
  targets: ['DataPlane', 'ClusterDataPlane'],
};

/** Without a reference a workflow, cluster-wide or not, uses ClusterWorkflowPlane `default`. */
const WORKFLOW: ReferrerKind = {
  kind: 'Workflow',
  plural: 'workflows',
  field: 'workflowPlaneRef',
  textNames: null,
  defaults: ['ClusterWorkflowPlane'],
  targets: ['WorkflowPlane', 'ClusterWorkflowPlane'],
};

const CLUSTER_WORKFLOW: ReferrerKind = {
  ...WORKFLOW,
  kind: 'ClusterWorkflow',
  plural: 'clusterworkflows',
  targets: ['ClusterWorkflowPlane'],
};

/** The kinds beside planes whose objects can refer to a plane of this kind. */
export function referrerKindsOf(planeKind: string): ReferrerKind[] {
  return [ENVIRONMENT, WORKFLOW, CLUSTER_WORKFLOW].filter(({ targets }) => targets.includes(planeKind));
}

const objectSchema = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
  spec: z.record(z.string(), z.unknown()).optional(),
});
const referenceSchema = z.object({ kind: z.string(), name: z.string() });

/**
 * How an object refers to one plane; null when it does not. A reference to a namespaced kind stays in the object's own
 * namespace. By the default rule only where the planes that come first in it are known to be missing.
 *
 * @param raw the object; what cannot be read refers to nothing
 * @param plane the one that is asked about
 */
export function referrerOf(
  raw: unknown,
  referrer: ReferrerKind,
  plane: ObjectRef,
  resolveReference: ReferenceResolver,
): Referrer | null {
  const object = objectSchema.safeParse(raw).data;
  if (!object) return null;
  const { name, namespace } = object.metadata;
  const self = { kind: referrer.kind, ...(namespace === undefined ? {} : { namespace }), name };
  const target = (kind: string, targetName: string): ObjectRef =>
    kind.startsWith('Cluster') || namespace === undefined
      ? { kind, name: targetName }
      : { kind, namespace, name: targetName };

  const named = namedBy(object.spec?.[referrer.field], referrer);
  if (named) return isSameObject(target(named.kind, named.name), plane) ? { ...self, via: 'explicit' } : null;
  for (const kind of referrer.defaults) {
    const candidate = target(kind, DEFAULT_NAME);
    if (isSameObject(candidate, plane)) return { ...self, via: 'default' };
    if (resolveReference(candidate) !== 'missing') return null;
  }
  return null;
}

function namedBy(reference: unknown, { textNames }: ReferrerKind): { kind: string; name: string } | null {
  if (typeof reference === 'string')
    return textNames === null || reference === '' ? null : { kind: textNames, name: reference };
  return referenceSchema.safeParse(reference).data ?? null;
}

/** Whether two references name the same object. */
export function isSameObject(a: ObjectRef, b: ObjectRef): boolean {
  return a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}
