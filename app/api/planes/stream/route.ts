import { openFleetStream } from '@/lib/server/feed/get-fleet';
import { refuseMethod, respond } from '@/lib/server/http/api-response';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';

export const dynamic = 'force-dynamic';

// Not `no-transform`: compression makes a tenth of a snapshot, and every frame is flushed all the same.
const HEADERS = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };

/**
 * The fleet as a stream of server-sent events; resumes after `Last-Event-ID`, or `?since=` of a new EventSource. With
 * `?heartbeats=compact` a plane of which only the heartbeat moved comes as that alone.
 */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const { searchParams } = new URL(request.url);
    const since = request.headers.get('last-event-id') ?? searchParams.get('since');
    const heartbeatFormat = searchParams.get('heartbeats') === 'compact' ? 'compact' : 'full';
    const stream = await openFleetStream(await resolveCaller(request.headers), since, heartbeatFormat);
    return new Response(stream, { headers: HEADERS });
  });
}

/** Without this, Next would open a stream that nobody reads. */
export function HEAD(): Response {
  return new Response(null, { headers: HEADERS });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
