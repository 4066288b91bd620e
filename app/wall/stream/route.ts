import { streamFormOf } from '@/lib/server/feed/stream-form';
import { refuseMethod, respond, streamResponse } from '@/lib/server/http/api-response';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { requireWallAccess } from '@/lib/server/wall/wall-access';
import { wallViewOf } from '@/lib/server/wall/wall-view';

export const dynamic = 'force-dynamic';

/**
 * Streams the wall as server-sent events: `wall` first and on every change, `keepalive` every 5 s, and `revoked` last
 * when the link is revoked. Every `wall` event is a complete frame, so a broken stream has nothing to resume.
 */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const { limits, token } = await requireWallAccess(request);
    const view = wallViewOf(limits, new URL(request.url).searchParams);
    const form = streamFormOf(request);
    return streamResponse(getRuntime().wall.hub.open(view, token, form), form.encoding);
  });
}

export async function HEAD(request: Request): Promise<Response> {
  return respond(async () => {
    await requireWallAccess(request);
    return streamResponse(null);
  });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
