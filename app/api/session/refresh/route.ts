import { renewalSchema } from '@/lib/api/session';
import { jsonResponse, refuseMethod, respond, withCookies } from '@/lib/server/http/api-response';
import { problemResponse } from '@/lib/server/http/problem';
import { readJsonBody } from '@/lib/server/http/request-body';
import { requireSender } from '@/lib/server/rights/resolve-caller';
import { renewOwnSession } from '@/lib/server/rights/session-renewal';

export const dynamic = 'force-dynamic';

const MAX_BODY_BYTES = 1024;

/**
 * Renews the request's session: the identity provider or the API server checks its credential, and the idle time starts
 * again. Removes the cookies if the credential is no longer accepted.
 */
export async function POST(request: Request): Promise<Response> {
  return respond(async () => {
    await requireSender(request);
    const { isUsed } = await readJsonBody(request, renewalSchema, MAX_BODY_BYTES);
    const { outcome, cookies } = await renewOwnSession(request, isUsed);
    const response =
      outcome instanceof Error ? problemResponse(outcome) : jsonResponse(JSON.stringify(outcome));
    return withCookies(response, cookies);
  });
}

const refuse = refuseMethod('POST');

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT };
