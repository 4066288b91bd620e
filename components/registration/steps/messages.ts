import type { DraftPath, DraftProblem } from '@/lib/plane/registration/draft';

/** The sentences at a place of the draft, as a `Field` takes them. */
export function messagesAt(
  problemsAt: (path: DraftPath) => readonly DraftProblem[],
  path: DraftPath,
): { readonly error: string[]; readonly warning: string[] } {
  const problems = problemsAt(path);
  const of = (severity: DraftProblem['severity']) =>
    problems.filter((problem) => problem.severity === severity).map((problem) => problem.message);
  return { error: of('error'), warning: of('warning') };
}
