import { refuseMethod, respond } from '@/lib/server/http/api-response';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { requireWallAccess } from '@/lib/server/wall/wall-access';
import { wallViewOf } from '@/lib/server/wall/wall-view';

export const dynamic = 'force-dynamic';

// Not `no-transform`: compression makes a tenth of a frame, and every frame is flushed all the same.
const HEADERS = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };

/**
 * The wall as a stream of server-sent events: `wall` first and whenever something differs, `keepalive` every 5 s,
 * `revoked` last when its link is. Every `wall` is whole, so a stream that breaks has nothing to resume.
 */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const { limits, pass } = await requireWallAccess(request.headers);
    const view = wallViewOf(limits, new URL(request.url).searchParams);
    return new Response(getRuntime().wall.hub.open(view, pass), { headers: HEADERS });
  });
}

/** Without this, Next would open a stream that nobody reads. */
export async function HEAD(request: Request): Promise<Response> {
  return respond(async () => {
    await requireWallAccess(request.headers);
    return new Response(null, { headers: HEADERS });
  });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
