import { isJsonObject } from '@/lib/plane/json/json';
import { type InstalledKind, specSchema } from '@/lib/plane/schema/installed-kind';
import { childNode } from '@/lib/plane/schema/schema-node';
import type { CheckContext } from './check-context';
import type { Draft, DraftProblem } from './draft';

/**
 * Whether the observability plane that the draft names is there. Only a warning: controllers do not validate the
 * reference either, and the plane may be registered later.
 */
export function checkReferences(draft: Draft, kind: InstalledKind, context: CheckContext): DraftProblem[] {
  const target = namedObservabilityPlane(draft, kind);
  if (!target || context.planes === null) return [];
  const found = context.planes.some(
    (plane) =>
      plane.kind === target.kind &&
      plane.name === target.name &&
      (plane.kind !== 'ObservabilityPlane' || plane.namespace === draft.namespace),
  );
  if (found) return [];
  const where =
    target.kind === 'ObservabilityPlane' ? ` in the namespace ${draft.namespace || 'of this plane'}` : '';
  const message = `There is no ${WORDS[target.kind]} named ${target.name}${where}. Until there is, this plane has none: the one named default does not step in.`;
  return [{ path: target.path, severity: 'warning', message }];
}

const WORDS = {
  ObservabilityPlane: 'observability plane',
  ClusterObservabilityPlane: 'cluster observability plane',
} as const;

interface Target {
  readonly kind: keyof typeof WORDS;
  readonly name: string;
  readonly path: readonly string[];
}

/** `{kind, name}`, or in release 0.8 the name of one in the plane's own namespace. */
function namedObservabilityPlane(draft: Draft, kind: InstalledKind): Target | null {
  const node = childNode(specSchema(kind), 'observabilityPlaneRef');
  const given = draft.spec.observabilityPlaneRef;
  if (!node || given === undefined) return null;
  const path = ['spec', 'observabilityPlaneRef'];
  if (typeof given === 'string')
    return given === '' ? null : { kind: 'ObservabilityPlane', name: given, path };
  if (!isJsonObject(given)) return null;
  const { kind: named, name } = given;
  if (typeof name !== 'string' || name === '') return null;
  return named === 'ObservabilityPlane' || named === 'ClusterObservabilityPlane'
    ? { kind: named, name, path: [...path, 'name'] }
    : null;
}
