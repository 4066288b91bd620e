import 'server-only';
import { ProblemError, problemResponse } from './problem';

/** Returns a JSON response for one caller, which no cache may store. `json` is already encoded. */
export function jsonResponse(json: string, status = 200): Response {
  return new Response(json, {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}

// Without `no-transform`: compression reduces a snapshot to a tenth, and every frame is flushed anyway.
const STREAM_HEADERS = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };

/** Returns server-sent events; null answers a HEAD request, for which Next would open a stream without a reader. */
export function streamResponse(stream: ReadableStream<Uint8Array> | null): Response {
  return new Response(stream, { headers: STREAM_HEADERS });
}

/** Runs a route handler, and turns an error into a problem response. */
export async function respond(route: () => Promise<Response>): Promise<Response> {
  try {
    return await route();
  } catch (error) {
    return problemResponse(error);
  }
}

/** Returns a handler for the methods that a route doesn't have. */
export function refuseMethod(allowed: string): () => Response {
  return () => problemResponse(new ProblemError('method-not-allowed'), { allow: allowed });
}
