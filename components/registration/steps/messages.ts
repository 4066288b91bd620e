import type { JsonPath } from '@/lib/plane/json/json-path';
import type { DraftProblem } from '@/lib/plane/registration/draft';

/** The sentences at a place of the draft, as a `Field` takes them. */
export function messagesAt(
  problemsAt: (path: JsonPath) => readonly DraftProblem[],
  path: JsonPath,
): { readonly error: string[]; readonly warning: string[] } {
  const problems = problemsAt(path);
  const of = (severity: DraftProblem['severity']) =>
    problems.filter((problem) => problem.severity === severity).map((problem) => problem.message);
  return { error: of('error'), warning: of('warning') };
}
