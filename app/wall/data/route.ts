import { jsonResponse, refuseMethod, respond } from '@/lib/server/http/api-response';
import { wallCookie, wallTokenOf } from '@/lib/server/http/wall-cookie';
import { getConfig } from '@/lib/server/process/config';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { requireWallAccess } from '@/lib/server/wall/wall-access';
import { wallViewOf } from '@/lib/server/wall/wall-view';

export const dynamic = 'force-dynamic';

/** What the wall shows now, within the limits of the screen's link, narrowed by the address. */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const { limits, pass } = await requireWallAccess(request.headers);
    const view = wallViewOf(limits, new URL(request.url).searchParams);
    const answer = jsonResponse(getRuntime().wall.hub.json(view));
    const token = wallTokenOf(request.headers);
    // Browsers forget cookies after a time; a screen that shows the wall keeps its own.
    if (pass !== null && token !== null)
      answer.headers.set('set-cookie', wallCookie(token, request.headers.get('host'), getConfig()));
    return answer;
  });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
