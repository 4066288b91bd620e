import { getConfig } from '@/lib/server/config/config';
import { jsonResponse, refuseMethod, respond } from '@/lib/server/http/api-response';
import { wallCookie, wallTokensOf } from '@/lib/server/http/wall-cookie';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { requireWallAccess } from '@/lib/server/wall/wall-access';
import { wallViewOf } from '@/lib/server/wall/wall-view';

export const dynamic = 'force-dynamic';

/**
 * Returns the wall's current frame, within the limits of the screen's link and narrowed by the query. Screens poll it
 * when a proxy holds their stream back, so it is refused when no other screen is admitted.
 */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const { limits, token } = await requireWallAccess(request);
    const view = wallViewOf(limits, new URL(request.url).searchParams);
    const { hub, tokenCache, sightings } = getRuntime().wall;
    hub.requireRoomFor(view);
    const answer = jsonResponse(hub.json(view));
    const cookie = wallTokensOf(request.headers).find((value) => tokenCache.isKnown(value));
    if (token !== null) sightings.note(token.id);
    // Browsers expire cookies, so each request renews the screen's cookie.
    if (token !== null && cookie !== undefined)
      answer.headers.set('set-cookie', wallCookie(cookie, request.headers.get('host'), getConfig()));
    return answer;
  });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
