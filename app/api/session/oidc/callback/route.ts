import { redirectResponse, refuseMethod, respond } from '@/lib/server/http/api-response';
import { finishOidcSignIn } from '@/lib/server/rights/oidc-sign-in';

export const dynamic = 'force-dynamic';

/** Where the identity provider leads back to: sets the session's cookies, and opens the page that was wanted. */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const { location, cookies } = await finishOidcSignIn(request);
    return redirectResponse(location, cookies);
  });
}

const refuse = refuseMethod('GET');

export { refuse as DELETE, refuse as HEAD, refuse as PATCH, refuse as POST, refuse as PUT };
