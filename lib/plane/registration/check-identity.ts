import { descriptionProblem, displayNameProblem } from '@/lib/plane/model/display-name';
import { kindOfName } from '@/lib/plane/model/kinds';
import { nameProblem } from '@/lib/plane/model/names';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import type { CheckContext, ExistingPlane } from './check-context';
import type { Draft, DraftProblem } from './draft';

/** Errors of what names the plane: namespace, name and whether both are free. */
export function checkIdentity(draft: Draft, kind: InstalledKind, context: CheckContext): DraftProblem[] {
  const problems: DraftProblem[] = [];
  const error = (field: string, message: string) =>
    problems.push({ path: [field], severity: 'error', message });
  const namespaced = kind.entry.scope === 'Namespaced';
  if (namespaced) {
    const message = namespaceProblem(draft.namespace, context.namespaces);
    if (message !== null) error('namespace', message);
  } else if (draft.namespace !== '') error('namespace', 'A cluster-wide plane has no namespace.');
  const name = draft.name === '' ? 'Enter a name for the plane, such as prod-eu.' : nameProblem(draft.name);
  if (name !== null) error('name', name);
  const existing = namesakeOf(draft, kind, context.planes);
  if (existing) error('name', takenWords(existing));
  const displayName = displayNameProblem(draft.displayName);
  if (displayName !== null) error('displayName', displayName);
  const description = descriptionProblem(draft.description);
  if (description !== null) error('description', description);
  return problems;
}

function namespaceProblem(namespace: string, known: readonly string[] | null): string | null {
  if (namespace === '') return 'Choose the namespace that the plane belongs to.';
  const problem = nameProblem(namespace, 'label');
  if (problem !== null) return problem;
  return known && !known.includes(namespace) ? `There is no namespace ${namespace}.` : null;
}

/** The plane that has the draft's name already. */
export function namesakeOf<P extends ExistingPlane>(
  draft: Pick<Draft, 'name' | 'namespace'>,
  kind: InstalledKind,
  planes: readonly P[] | null,
): P | undefined {
  const namespace = kind.entry.scope === 'Namespaced' ? draft.namespace : undefined;
  return planes?.find(
    (plane) => plane.kind === kind.entry.kind && plane.namespace === namespace && plane.name === draft.name,
  );
}

function takenWords({ kind, namespace, name, made }: ExistingPlane): string {
  const words = kindOfName(kind)?.words.toLowerCase() ?? 'plane';
  const where = namespace === undefined ? '' : ` in the namespace ${namespace}`;
  return `There is a ${words} named ${name}${where} already${made === undefined ? '' : `, ${made}`}.`;
}
