import { signInSchema } from '@/lib/api/session';
import { jsonResponse, refuseMethod, respond, withCookies } from '@/lib/server/http/api-response';
import { readJsonBody } from '@/lib/server/http/request-body';
import { noteRequest } from '@/lib/server/http/request-note';
import { requireSameOriginJson } from '@/lib/server/http/write-guard';
import { describeSession, signOut } from '@/lib/server/rights/own-session';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';
import { signInWithToken } from '@/lib/server/rights/token-sign-in';

export const dynamic = 'force-dynamic';

/** The longest token that Planeboard accepts, with its JSON. */
const MAX_BODY_BYTES = 20 * 1024;

/** Returns who is asking: user, groups and, for a browser, its session. */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const caller = await resolveCaller(request);
    return jsonResponse(JSON.stringify(await describeSession(request.headers, caller)));
  });
}

/** Signs in with a token, and sets the session's cookies. A session that the browser has is replaced. */
export async function POST(request: Request): Promise<Response> {
  return respond(async () => {
    requireSameOriginJson(request.headers);
    const { token } = await readJsonBody(request, signInSchema, MAX_BODY_BYTES);
    const { session, cookies } = await signInWithToken(request.headers, token);
    return withCookies(jsonResponse(JSON.stringify(session)), cookies);
  });
}

/** Signs out, and returns where the identity provider does. Must be JSON like every write, but needs no body. */
export async function DELETE(request: Request): Promise<Response> {
  return respond(async () => {
    noteRequest(request);
    const { next, cookies } = await signOut(request.headers);
    return withCookies(jsonResponse(JSON.stringify({ next })), cookies);
  });
}

const refuse = refuseMethod('GET, HEAD, POST, DELETE');

export { refuse as PATCH, refuse as PUT };
