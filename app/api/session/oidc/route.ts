import { redirectResponse, refuseMethod, respond } from '@/lib/server/http/api-response';
import { beginOidcSignIn } from '@/lib/server/rights/oidc-sign-in';

export const dynamic = 'force-dynamic';

/** `?next=<path>`: leads the browser to the identity provider, to sign in there. */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const { location, cookies } = await beginOidcSignIn(
      request.headers,
      new URL(request.url).searchParams.get('next'),
    );
    return redirectResponse(location, cookies);
  });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
