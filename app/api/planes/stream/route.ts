import { openFleetStream } from '@/lib/server/feed/get-fleet';
import { streamFormOf } from '@/lib/server/feed/stream-form';
import { refuseMethod, respond, streamResponse } from '@/lib/server/http/api-response';
import { resolveCaller } from '@/lib/server/rights/resolve-caller';

export const dynamic = 'force-dynamic';

/**
 * Streams the fleet as server-sent events. Resumes after `Last-Event-ID`, or after `?since=` for a new EventSource.
 * With `?heartbeats=compact`, a plane whose heartbeat alone changed is sent as just that heartbeat. With `?format=columns`,
 * which is for Planeboard's own pages and may change, a snapshot comes in parts too. With `?once=true`, the stream ends
 * after the snapshot or the missed changes, for readers behind a proxy that holds streams back.
 */
export async function GET(request: Request): Promise<Response> {
  return respond(async () => {
    const { searchParams } = new URL(request.url);
    const since = request.headers.get('last-event-id') ?? searchParams.get('since');
    const heartbeats = searchParams.get('heartbeats') === 'compact' ? 'compact' : 'full';
    const format = searchParams.get('format') === 'columns' ? 'columns' : heartbeats;
    const form = streamFormOf(request);
    const stream = await openFleetStream(await resolveCaller(request), since, format, form);
    return streamResponse(stream, form.encoding);
  });
}

export async function HEAD(request: Request): Promise<Response> {
  return respond(async () => {
    await resolveCaller(request);
    return streamResponse(null);
  });
}

const refuse = refuseMethod('GET, HEAD');

export { refuse as DELETE, refuse as PATCH, refuse as POST, refuse as PUT };
