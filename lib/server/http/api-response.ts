import 'server-only';
import { ProblemError, problemResponse } from './problem';

/** A JSON answer that no cache may keep: it is made for one caller. `json` is text that is JSON already. */
export function jsonResponse(json: string, status = 200): Response {
  return new Response(json, {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });
}

/** Runs a route; whatever it throws is answered as a problem. */
export async function respond(route: () => Promise<Response>): Promise<Response> {
  try {
    return await route();
  } catch (error) {
    return problemResponse(error);
  }
}

/** A handler for the methods that a route does not have. */
export function refuseMethod(allowed: string): () => Response {
  return () => problemResponse(new ProblemError('method-not-allowed'), { allow: allowed });
}
