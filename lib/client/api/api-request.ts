import { type Problem, type ProblemCode, problemSchema } from '@/lib/api/problem';

const NO_CONTENT = 204;

/** A call to Planeboard's API that failed: with the problem that the server told, or without any answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    message: string,
    /** Null when no answer came, or none that could be read. */
    readonly problem: Problem | null,
    /** The answer's HTTP status; null when none came. */
    readonly status: number | null,
  ) {
    super(message);
  }
}

/** The code of the problem that the server answered with; undefined: there was no such answer, or another error. */
export function problemCode(error: unknown): ProblemCode | undefined {
  return error instanceof ApiError ? error.problem?.code : undefined;
}

/** GETs JSON of Planeboard's API; throws an ApiError, or the signal's AbortError. */
export function getJson(path: string, signal: AbortSignal): Promise<unknown> {
  return send(path, { signal, headers: { accept: 'application/json' } });
}

/** GETs JSON as the text that it came as, for who reads it in a way of their own; throws as `getJson` does. */
export async function getJsonText(path: string, signal: AbortSignal): Promise<string> {
  const response = await answered(path, { signal, headers: { accept: 'application/json' } });
  return response.text();
}

/** POSTs JSON to Planeboard's API; throws as `getJson` does. No answer does not mean that nothing was done. */
export function postJson(path: string, body: unknown, signal?: AbortSignal): Promise<unknown> {
  return send(path, {
    method: 'POST',
    body: JSON.stringify(body),
    signal: signal ?? null,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
  });
}

/** PATCHes or DELETEs with a JSON body; an answer without one is null. Throws as `getJson` does. No answer does not mean that nothing was done. */
export function sendJson(
  method: 'PATCH' | 'DELETE',
  path: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<unknown> {
  return send(path, {
    method,
    body: JSON.stringify(body),
    signal: signal ?? null,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
  });
}

async function send(path: string, init: RequestInit): Promise<unknown> {
  const response = await answered(path, init);
  return response.status === NO_CONTENT ? null : response.json();
}

async function answered(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, init).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause;
    throw new ApiError("Planeboard's server does not answer.", null, null);
  });
  if (response.ok) return response;
  const problem = problemSchema.safeParse(await response.json().catch(() => null));
  if (!problem.success)
    throw new ApiError(`Planeboard's server answered ${response.status}.`, null, response.status);
  throw new ApiError(problem.data.detail ?? problem.data.title, problem.data, response.status);
}

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 15_000;
const TOO_MANY_REQUESTS = 429;

/**
 * Whether asking again can help: after a timeout, a server that fails, or no answer at all. A refusal (401, 403, 404 and
 * every other 4xx) stays the same until somebody changes a right or the resource.
 */
export function isWorthRetrying(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.status === null || error.status >= 500 || error.status === TOO_MANY_REQUESTS;
}

/** How long to wait before asking again, milliseconds. @param failures how often it has failed before, from 0 */
export function retryDelayMs(failures: number): number {
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures);
}
