import { isWithin, type JsonPath, samePath } from '@/lib/plane/json/json-path';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { type Draft, type DraftProblem, stepOfPath } from './draft';
import { valueInDraft } from './draft-changes';
import type { Step } from './register-url';

/** A draft and its author's progress. */
export interface DraftProgress {
  /** Null until a kind is chosen. */
  readonly draft: Draft | null;
  /** Keys of fields that have lost the focus once, so their errors may be shown. */
  readonly leftFields: ReadonlySet<string>;
  /** Keys of parts added since Continue was last pressed. The author has had no chance to fill them in yet. */
  readonly addedFields: ReadonlySet<string>;
  /** Steps that the author left or tried to leave, so all their errors may be shown. */
  readonly attemptedSteps: ReadonlySet<Step>;
  /** The API server's problems, each until its field changes. */
  readonly serverProblems: readonly DraftProblem[];
}

/**
 * Returns the problems to show beside a field now. Warnings show at once. Errors show once the person has left the
 * field or tried to leave its step, so "Enter a name" doesn't appear too early; parts added later get the same
 * chance. Errors in names, the planeID and credentials show during typing, because the next letters rarely fix them.
 *
 * @param problems all problems of the draft, including the API server's
 */
export function shownProblemsAt(
  path: JsonPath,
  problems: readonly DraftProblem[],
  state: DraftProgress,
  kind: InstalledKind,
): readonly DraftProblem[] {
  return problems.filter((problem) => samePath(problem.path, path) && isShown(problem, state, kind));
}

function isShown(problem: DraftProblem, state: DraftProgress, kind: InstalledKind): boolean {
  if (problem.severity === 'warning' || state.serverProblems.includes(problem)) return true;
  const wasAttempted =
    state.attemptedSteps.has(stepOfPath(problem.path, kind)) && !isWithin(problem.path, state.addedFields);
  return wasAttempted || isWithin(problem.path, state.leftFields) || isShownWhileTyped(problem, state);
}

function isShownWhileTyped({ path }: DraftProblem, { draft }: DraftProgress): boolean {
  if (!draft) return false;
  const [part, name, field] = path;
  if (part === 'credentials') {
    return field === 'text' && draft.credentials[String(name)]?.text !== '';
  }
  const isName = part === 'name' || (part === 'spec' && name === 'planeID' && path.length === 2);
  const text = valueInDraft(draft, path);
  // A trailing dash, dot or blank usually precedes the next word.
  return isName && typeof text === 'string' && text !== '' && !/[-.\s]$/.test(text);
}

/**
 * Returns the errors of a step. Errors without a field belong to the review. Parts that were just added have none
 * yet.
 */
export function errorsOfStep(
  step: Step,
  problems: readonly DraftProblem[],
  kind: InstalledKind,
  { addedFields }: Pick<DraftProgress, 'addedFields'>,
): readonly DraftProblem[] {
  return problems.filter(
    ({ severity, path }) =>
      severity === 'error' && stepOfPath(path, kind) === step && !isWithin(path, addedFields),
  );
}

/** Merges this page's problems with the API server's, without duplicates. */
export function withServerProblems(
  own: readonly DraftProblem[],
  server: readonly DraftProblem[],
): readonly DraftProblem[] {
  const isNew = (problem: DraftProblem) =>
    !own.some((item) => item.message === problem.message && samePath(item.path, problem.path));
  return [...own, ...server.filter(isNew)];
}
