import type { ObjectRef } from '@/lib/plane/model/object-ref';
import { z } from '@/lib/zod';
import { DEFAULT_NAME, type ReferenceResolver } from './observability-target';
import type { Referrer } from './related-resources';

/** A kind whose objects refer to planes: Environments to data planes, workflows to workflow planes. */
export interface ReferrerKind {
  readonly kind: string;
  readonly plural: string;
  /** The field's name within the spec. */
  readonly field: string;
  /**
   * The kind named by a plain text in the field: up to 0.14 a DataPlane in the object's own namespace. Null if the
   * field takes no plain text.
   */
  readonly textNames: string | null;
  /** The kinds that an absent reference resolves to, in order, each with the name `default`. */
  readonly defaults: readonly string[];
  /** The kinds of planes that the field can name. */
  readonly targets: readonly string[];
}

/**
 * Without a reference, an Environment uses the DataPlane `default` in its namespace, or else the ClusterDataPlane
 * `default`.
 */
const ENVIRONMENT: ReferrerKind = {
  kind: 'Environment',
  plural: 'environments',
  field: 'dataPlaneRef',
  textNames: 'DataPlane',
  defaults: ['DataPlane', 'ClusterDataPlane'],
  targets: ['DataPlane', 'ClusterDataPlane'],
};

/** Without a reference, a workflow, cluster-wide or not, uses the ClusterWorkflowPlane `default`. */
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

/** Returns the kinds, besides planes, whose objects can refer to a plane of this kind. */
export function referrerKindsOf(planeKind: string): ReferrerKind[] {
  return [ENVIRONMENT, WORKFLOW, CLUSTER_WORKFLOW].filter(({ targets }) => targets.includes(planeKind));
}

const objectSchema = z.object({
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
  spec: z.record(z.string(), z.unknown()).optional(),
});
const referenceSchema = z.object({ kind: z.string(), name: z.string() });

/**
 * Returns how an object refers to a plane, or null if it doesn't. A reference to a namespaced kind stays in the
 * object's own namespace. The default rule applies only if the planes before it are known to be missing.
 *
 * @param raw the object; an unreadable one refers to nothing
 * @param plane the plane to look for
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

/** Returns whether two references name the same object. */
export function isSameObject(a: ObjectRef, b: ObjectRef): boolean {
  return a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}
