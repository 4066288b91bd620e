import { openFleetStream } from '@/lib/server/feed/get-fleet';
import { refuseMethod, respond, streamResponse } from '@/lib/server/http/api-response';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';

export const dynamic = 'force-dynamic';

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
    return streamResponse(stream);
  });
}

export function HEAD(): Response {
  return streamResponse(null);
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
