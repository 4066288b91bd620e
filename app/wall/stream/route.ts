import { refuseMethod, respond, streamResponse } from '@/lib/server/http/api-response';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { requireWallAccess } from '@/lib/server/wall/wall-access';
import { wallViewOf } from '@/lib/server/wall/wall-view';

export const dynamic = 'force-dynamic';

/**
 * The wall as a stream of server-sent events: `wall` first and whenever something differs, `keepalive` every 5 s,
 * `revoked` last when its link is. Every `wall` is whole, so a stream that breaks has nothing to resume.
 */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const { limits, token } = await requireWallAccess(request.headers);
    const view = wallViewOf(limits, new URL(request.url).searchParams);
    return streamResponse(getRuntime().wall.hub.open(view, token));
  });
}

export async function HEAD(request: Request): Promise<Response> {
  return respond(async () => {
    await requireWallAccess(request.headers);
    return streamResponse(null);
  });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
