import { ProblemError, problemResponse } from '@/lib/server/http/problem';

export const dynamic = 'force-dynamic';

/** Every path under /api that nothing else answers, so that programs get a problem and not a page. */
function refuse(): Response {
  return problemResponse(new ProblemError('not-found', 'There is no such route.'));
}

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as POST, refuse as PUT };
