import { samePath } from '@/lib/plane/json/json-path';
import type { DraftProblem } from './draft';

/** Returns the problems without duplicates of path and message. */
export function withoutRepeats(problems: readonly DraftProblem[]): DraftProblem[] {
  return problems.filter(
    (problem, index) =>
      problems.findIndex(
        ({ path, message }) => message === problem.message && samePath(path, problem.path),
      ) === index,
  );
}
