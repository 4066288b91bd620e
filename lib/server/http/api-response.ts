import 'server-only';
import { auditRefusal } from './audit-refusal';
import { type ContentEncoding, ROUTE_ENCODING_HEADER } from './content-encoding';
import { asProblemError, ProblemError, problemResponse } from './problem';
import { withRequestNote } from './request-note';

/** Returns a JSON response for one caller, which no cache may store. `json` is already encoded. */
export function jsonResponse(json: string, status = 200): Response {
  return new Response(json, {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}

/**
 * Returns JSON whose bytes many readers share; null answers a HEAD request, for which Next would leave a body unread.
 *
 * @param encoding of the bytes
 */
export function sharedJsonResponse(
  body: ReadableStream<Uint8Array> | null,
  encoding: ContentEncoding = 'identity',
): Response {
  return new Response(body, {
    headers: {
      'content-type': 'application/json',
      // Next.js would compress it again for each reader.
      'cache-control': 'no-store, no-transform',
      vary: 'accept-encoding',
      ...encodingHeader(encoding),
    },
  });
}

const STREAM_HEADERS = {
  'content-type': 'text/event-stream',
  // The frames are compressed already, once for all readers. A proxy or Next.js would compress them for each.
  'cache-control': 'no-store, no-transform',
  // nginx and others collect an answer before they pass it on, unless this forbids it.
  'x-accel-buffering': 'no',
  vary: 'accept-encoding',
};

/**
 * Returns server-sent events; null answers a HEAD request, for which Next would open a stream without a reader.
 *
 * @param encoding of the stream's bytes
 */
export function streamResponse(
  stream: ReadableStream<Uint8Array> | null,
  encoding: ContentEncoding = 'identity',
): Response {
  return new Response(stream, { headers: { ...STREAM_HEADERS, ...encodingHeader(encoding) } });
}

function encodingHeader(encoding: ContentEncoding): Readonly<Record<string, string>> {
  return encoding === 'identity' ? {} : { [ROUTE_ENCODING_HEADER]: encoding };
}

/** Adds Set-Cookie headers to a response. */
export function withCookies(response: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) response.headers.append('set-cookie', cookie);
  return response;
}

/** Leads a browser elsewhere with a GET, and sets cookies. */
export function redirectResponse(location: string, cookies: readonly string[]): Response {
  const response = new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
  return withCookies(response, cookies);
}

/** Runs a route handler, and turns an error into a problem response. A refusal of a request that it noted is logged. */
export async function respond(route: () => Promise<Response>): Promise<Response> {
  return withRequestNote(async (noted) => {
    try {
      return await route();
    } catch (error) {
      const problem = asProblemError(error);
      auditRefusal(noted(), problem.code);
      return problemResponse(problem);
    }
  });
}

/** Returns a handler for the methods that a route doesn't have. */
export function refuseMethod(allowed: string): () => Response {
  return () => problemResponse(new ProblemError('method-not-allowed'), { allow: allowed });
}
