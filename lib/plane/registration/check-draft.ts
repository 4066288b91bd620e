import { isJsonObject } from '@/lib/plane/json/json';
import { kindOfName } from '@/lib/plane/model/kinds';
import { labelProblems } from '@/lib/plane/model/label-problems';
import { nameProblem } from '@/lib/plane/model/names';
import { PLANE_TEXT_FIELDS, PLANE_TEXTS } from '@/lib/plane/model/plane-texts';
import { type InstalledKind, specSchema } from '@/lib/plane/schema/installed-kind';
import { childNode } from '@/lib/plane/schema/schema-node';
import { checkCredentials } from './check-credentials';
import { checkSpec } from './check-spec';
import type { Draft, DraftProblem } from './draft';
import { type CheckContext, type KnownPlane, namesakeOf } from './known-planes';

/**
 * Checks a draft. Returns all known errors and warnings, each at its field, in the order of the wizard's steps. Runs
 * both in the browser while a person types and in the server before it writes. The API server's dry run reports what
 * this can't know.
 */
export function checkDraft(draft: Draft, kind: InstalledKind, context: CheckContext): DraftProblem[] {
  return [
    ...checkIdentity(draft, kind, context),
    ...checkCredentials(draft, kind, context),
    ...checkSpec(draft, kind, context.matchesPattern),
    ...checkReferences(draft, kind, context),
  ];
}

/** Checks the plane's identity: the namespace, the name, whether the name is free, and the display texts. */
function checkIdentity(draft: Draft, kind: InstalledKind, context: CheckContext): DraftProblem[] {
  const problems: DraftProblem[] = [];
  const error = (field: string, message: string) =>
    problems.push({ path: [field], severity: 'error', message });
  const namespaced = kind.entry.scope === 'Namespaced';
  if (namespaced) {
    const message = namespaceProblem(draft.namespace, context.namespaces);
    if (message !== null) error('namespace', message);
  } else if (draft.namespace !== '') error('namespace', 'A cluster-wide plane has no namespace.');
  const name = draft.name === '' ? 'Enter a name, such as prod-eu.' : nameProblem(draft.name);
  if (name !== null) error('name', name);
  const existing = namesakeOf(draft, kind, context.planes);
  if (existing) error('name', takenText(existing, context.namesakeCreated));
  for (const field of PLANE_TEXT_FIELDS) {
    const message = PLANE_TEXTS[field].problem(draft[field] ?? '');
    if (message !== null) error(field, message);
  }
  for (const { key, severity, message } of labelProblems(draft.labels ?? {}))
    problems.push({ path: ['labels', key], severity, message });
  return problems;
}

function namespaceProblem(namespace: string, known: readonly string[] | null): string | null {
  if (namespace === '') return 'Choose a namespace.';
  const problem = nameProblem(namespace, 'label');
  if (problem !== null) return problem;
  return known && !known.includes(namespace) ? `Namespace ${namespace} doesn't exist. Choose another.` : null;
}

function takenText({ kind, namespace, name }: KnownPlane, created: string | undefined): string {
  const label = kindOfName(kind)?.label.toLowerCase() ?? 'plane';
  const where = namespace === undefined ? '' : ` in the namespace ${namespace}`;
  const when = created === undefined ? '' : ` (${created})`;
  return `The ${label} ${name}${where} already exists${when}. Choose another name.`;
}

/**
 * Warns if the observability plane that the draft names doesn't exist. It is only a warning because controllers don't
 * validate the reference either, and the plane may be registered later.
 */
export function checkReferences(draft: Draft, kind: InstalledKind, context: CheckContext): DraftProblem[] {
  const target = namedObservabilityPlane(draft, kind);
  if (!target || context.planes === null || context.hasHiddenPlanes) return [];
  const found = context.planes.some(
    (plane) =>
      plane.kind === target.kind &&
      plane.name === target.name &&
      (plane.kind !== 'ObservabilityPlane' || plane.namespace === draft.namespace),
  );
  if (found) return [];
  const where =
    target.kind === 'ObservabilityPlane'
      ? draft.namespace === ''
        ? " in the plane's namespace"
        : ` in the namespace ${draft.namespace}`
      : '';
  const message = `The ${TARGET_LABELS[target.kind]} ${target.name} doesn't exist${where}. Until you create it, this plane has no observability plane: the one named default isn't used instead.`;
  return [{ path: target.path, severity: 'warning', message }];
}

const TARGET_LABELS = {
  ObservabilityPlane: 'observability plane',
  ClusterObservabilityPlane: 'cluster observability plane',
} as const;

interface Target {
  readonly kind: keyof typeof TARGET_LABELS;
  readonly name: string;
  readonly path: readonly string[];
}

/** Returns the target of `{kind, name}`, or in release 0.8 of the name of a plane in the same namespace. */
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
