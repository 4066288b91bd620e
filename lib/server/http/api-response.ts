import 'server-only';
import { ProblemError, problemResponse } from './problem';

/** A JSON response that no cache may store: it is meant for one caller. `json` is text that is JSON already. */
export function jsonResponse(json: string, status = 200): Response {
  return new Response(json, {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}

// Not `no-transform`: compression makes a tenth of a snapshot, and every frame is flushed all the same.
const STREAM_HEADERS = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };

/** Server-sent events; null answers a HEAD request, for which Next would open a stream that nobody reads. */
export function streamResponse(stream: ReadableStream<Uint8Array> | null): Response {
  return new Response(stream, { headers: STREAM_HEADERS });
}

/** Runs a route handler; an error that it throws becomes a problem response. */
export async function respond(route: () => Promise<Response>): Promise<Response> {
  try {
    return await route();
  } catch (error) {
    return problemResponse(error);
  }
}

/** A handler for the methods that a route doesn't have. */
export function refuseMethod(allowed: string): () => Response {
  return () => problemResponse(new ProblemError('method-not-allowed'), { allow: allowed });
}
