import { getConfig } from '@/lib/server/config/config';
import { refuseMethod, respond } from '@/lib/server/http/api-response';
import { isWallToken, wallCookie } from '@/lib/server/http/wall-cookie';
import { requireWall } from '@/lib/server/wall/wall-access';

export const dynamic = 'force-dynamic';

/**
 * `?token=...&<choices>`: exchanges the token for the wall's cookie and redirects to the wall without the token,
 * which keeps it out of the address bar and the history. The wall itself reports whether the token is valid, because
 * it also knows when that changes.
 */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => {
    requireWall();
    const { searchParams } = new URL(request.url);
    const token = searchParams.get('token') ?? '';
    searchParams.delete('token');
    const choices = searchParams.toString();
    const location = choices === '' ? '/wall' : `/wall?${choices}`;
    const headers = new Headers({ location, 'cache-control': 'no-store' });
    if (isWallToken(token))
      headers.set('set-cookie', wallCookie(token, request.headers.get('host'), getConfig()));
    return new Response(null, { status: 303, headers });
  });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
