import { isWithin, type JsonPath, samePath } from '@/lib/plane/json/json-path';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { type Draft, type DraftProblem, stepOfPath } from './draft';
import { valueInDraft } from './draft-changes';
import type { Step } from './register-url';

/** A draft, and how far its author has come with it. */
export interface DraftProgress {
  /** Null until a kind is chosen. */
  readonly draft: Draft | null;
  /** Fields that lost the focus once, by their key: their errors may be shown. */
  readonly leftFields: ReadonlySet<string>;
  /** Parts added since Continue was last pressed, by their key: nobody has had the chance to fill them in yet. */
  readonly addedFields: ReadonlySet<string>;
  /** Steps that were gone on from, or were to be: all their errors may be shown. */
  readonly attemptedSteps: ReadonlySet<Step>;
  /** What the API server said, until the field that it is about changes. */
  readonly serverProblems: readonly DraftProblem[];
}

/**
 * The problems to show beside a field now. Warnings at once; errors when the field was left or its step was to be left,
 * since nobody wants to read "Enter a name" before having had the chance; parts added after that have their own chance.
 * Errors of names, the planeID and credentials show while they are typed: the next letters seldom mend them.
 *
 * @param problems all problems of the draft, those of the API server included
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
  // A dash, a dot or a blank at the end is what one types before the next word.
  return isName && typeof text === 'string' && text !== '' && !/[-.\s]$/.test(text);
}

/**
 * The errors that belong to a step; those of no field belong to the review. Parts that were just added have none yet.
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

/** The problems that this page found and those of the API server, which finds many of the same, each once. */
export function withServerProblems(
  own: readonly DraftProblem[],
  server: readonly DraftProblem[],
): readonly DraftProblem[] {
  const isNew = (problem: DraftProblem) =>
    !own.some((item) => item.message === problem.message && samePath(item.path, problem.path));
  return [...own, ...server.filter(isNew)];
}
