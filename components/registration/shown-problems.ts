import { isWithin, type JsonPath, samePath } from '@/lib/plane/json/json-path';
import { type DraftProblem, type Step, stepOfPath } from '@/lib/plane/registration/draft';
import { valueInDraft } from '@/lib/plane/registration/draft-changes';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import type { WizardState } from './draft-store';

/**
 * What is to be said beside a field at this moment. Warnings at once; errors once the field was left or its step was to
 * be left, since nobody wants to read "Enter a name" before having had the chance; what was added after that has its own
 * chance. Names, the planeID and credentials
 * speak while they are typed: what is wrong with them, the next letters seldom mend.
 *
 * @param problems everything that is wrong with the draft, the API server's word included
 */
export function shownProblemsAt(
  path: JsonPath,
  problems: readonly DraftProblem[],
  state: WizardState,
  kind: InstalledKind,
): readonly DraftProblem[] {
  return problems.filter((problem) => samePath(problem.path, path) && isToBeSaid(problem, state, kind));
}

function isToBeSaid(problem: DraftProblem, state: WizardState, kind: InstalledKind): boolean {
  if (problem.severity === 'warning' || state.serverProblems.includes(problem)) return true;
  const wasAttempted =
    state.attemptedSteps.has(stepOfPath(problem.path, kind)) && !isWithin(problem.path, state.addedFields);
  return wasAttempted || isWithin(problem.path, state.leftFields) || isSaidWhileTyped(problem, state);
}

function isSaidWhileTyped({ path }: DraftProblem, { draft }: WizardState): boolean {
  if (!draft) return false;
  const [part, name, field] = path;
  if (part === 'credentials') {
    return field === 'text' && draft.credentials[String(name)]?.text !== '';
  }
  const isName = part === 'name' || (part === 'spec' && name === 'planeID' && path.length === 2);
  const text = valueInDraft(draft, path);
  // A dash, a dot or a blank at the end is what one types before the next word.
  return isName && typeof text === 'string' && text !== '' && !/[-.\s]$/.test(text);
}

/**
 * The errors that belong to a step; those of no field belong to the review. What was added and nobody has seen yet has
 * none for now.
 */
export function errorsOfStep(
  step: Step,
  problems: readonly DraftProblem[],
  kind: InstalledKind,
  { addedFields }: Pick<WizardState, 'addedFields'>,
): readonly DraftProblem[] {
  return problems.filter(
    ({ severity, path }) =>
      severity === 'error' && stepOfPath(path, kind) === step && !isWithin(path, addedFields),
  );
}

/** What this page found and what the server said, which finds much of the same, without saying anything twice. */
export function withServerProblems(
  own: readonly DraftProblem[],
  server: readonly DraftProblem[],
): readonly DraftProblem[] {
  const isNew = (problem: DraftProblem) =>
    !own.some((item) => item.message === problem.message && samePath(item.path, problem.path));
  return [...own, ...server.filter(isNew)];
}
