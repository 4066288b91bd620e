import { openFleetStream } from '@/lib/server/feed/get-fleet';
import { refuseMethod, respond, streamResponse } from '@/lib/server/http/api-response';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';

export const dynamic = 'force-dynamic';

/**
 * Streams the fleet as server-sent events. Resumes after `Last-Event-ID`, or after `?since=` for a new EventSource.
 * With `?heartbeats=compact`, a plane whose heartbeat alone changed is sent as just that heartbeat.
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
