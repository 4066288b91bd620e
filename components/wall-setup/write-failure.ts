import type { ProblemCode } from '@/lib/api/problem';
import { ApiError } from '@/lib/client/api/api-request';

/** After these it is not known whether the API server has written what it was sent. */
const UNCERTAIN: ReadonlySet<ProblemCode> = new Set([
  'api-server-unreachable',
  'api-server-error',
  'internal',
]);

/** What to say of a link that was not told. */
export function createFailure(error: unknown): string {
  return isUncertain(error)
    ? `${sentenceOf(error)} Whether the link was made is not known: if it stands in the list, revoke it, since nobody knows its address. Then try again.`
    : `No link was made. ${sentenceOf(error)}`;
}

/** What to say of a link that may not be revoked; null: it is, if by somebody else. */
export function revokeFailure(error: unknown): string | null {
  if (error instanceof ApiError && error.problem?.code === 'not-found') return null;
  return isUncertain(error)
    ? `${sentenceOf(error)} Whether the link is revoked is not known; revoking it again does no harm.`
    : `The link is not revoked. ${sentenceOf(error)}`;
}

function isUncertain(error: unknown): boolean {
  // An answer that is none of Planeboard's, such as a proxy's own, says nothing either.
  return !(error instanceof ApiError) || error.problem === null || UNCERTAIN.has(error.problem.code);
}

function sentenceOf(error: unknown): string {
  return error instanceof ApiError ? error.message : 'The answer could not be read.';
}
