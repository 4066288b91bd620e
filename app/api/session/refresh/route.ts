import { jsonResponse, refuseMethod, respond, withCookies } from '@/lib/server/http/api-response';
import { asProblemError, problemResponse } from '@/lib/server/http/problem';
import { removedSession, renewOwnSession } from '@/lib/server/rights/own-session';

export const dynamic = 'force-dynamic';

/**
 * Renews the request's session: the API server checks its token, and the idle time starts again. Removes the cookies if
 * the token is no longer accepted.
 */
export async function POST(request: Request): Promise<Response> {
  return respond(async () => {
    try {
      const { session, cookies } = await renewOwnSession(request);
      return withCookies(jsonResponse(JSON.stringify(session)), cookies);
    } catch (error) {
      const problem = asProblemError(error);
      const cookies = problem.code === 'unauthenticated' ? removedSession(request.headers) : [];
      return withCookies(problemResponse(problem), cookies);
    }
  });
}

const refuse = refuseMethod('POST');

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT };
