import 'server-only';
import { asSentence } from '@/lib/plane/model/text';
import type { KubeError } from '@/lib/server/kube/kube-error';

/** Returns why the kinds have no current schemas, and which right is missing, in sentences; undefined if they have. */
export function schemaProblemText(problem: Pick<KubeError, 'code' | 'message'> | null): string | undefined {
  if (problem === null) return undefined;
  const right =
    problem.code === 'forbidden'
      ? ' Ask an administrator for permission to get the non-resource URL /openapi/v3/*.'
      : '';
  return `The schemas of the plane kinds can't be read. ${asSentence(problem.message)}${right}`;
}
