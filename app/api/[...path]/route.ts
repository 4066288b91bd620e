import { ProblemError, problemResponse } from '@/lib/server/http/problem';

export const dynamic = 'force-dynamic';

/** Answers every path under /api that has no route, so programs get a problem and not an HTML page. */
function refuse(): Response {
  return problemResponse(new ProblemError('not-found', "This API route doesn't exist."));
}

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as POST, refuse as PUT };
