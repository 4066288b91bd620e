import { type Problem, type ProblemCode, problemSchema } from '@/lib/api/problem';
import { monotonicMs } from '@/lib/client/feed/monotonic-clock';
import { checkSession, renewSession } from '@/lib/client/session/session-renewal';
import { csrfHeaders } from '@/lib/client/session/session-requests';
import { endSession, getSessionState, sessionIsOpen } from '@/lib/client/session/session-store';
import { exactJson, parseExactJson } from '@/lib/plane/json/exact-json';
import { paced } from '@/lib/plane/time/pace';

const NO_CONTENT = 204;

/** A failed call to Planeboard's API: with the problem that the server reported, or without any response. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    message: string,
    /** Null if there was no response, or no readable one. */
    readonly problem: Problem | null,
    /** The response's HTTP status; null if there was no response. */
    readonly status: number | null,
  ) {
    super(message);
  }
}

/** A call that Planeboard's server didn't answer. Its message is true only until the server answers again. */
export class NoResponseError extends ApiError {
  /** When the call failed, on this browser's monotonic clock. */
  readonly atMs = monotonicMs();

  constructor() {
    super("Planeboard's server isn't responding.", null, null);
  }
}

/** Returns the code of the problem that the server reported; undefined for any other error. */
export function problemCode(error: unknown): ProblemCode | undefined {
  return error instanceof ApiError ? error.problem?.code : undefined;
}

/** After these errors, the API server may have carried out a write or not. */
const OUTCOME_UNKNOWN: ReadonlySet<ProblemCode> = new Set([
  'api-server-unreachable',
  'api-server-error',
  'internal',
]);

/** Returns whether a failed write may have been carried out anyway. */
export function isOutcomeUnknown(error: unknown): boolean {
  // A response that isn't Planeboard's, such as a proxy's, leaves it open too.
  return !(error instanceof ApiError) || error.problem === null || OUTCOME_UNKNOWN.has(error.problem.code);
}

/**
 * Returns what to say about a failed write. Without an answer from the server, says first what may have happened; the
 * server says so itself.
 *
 * @param outcome such as `the change may have been saved`
 */
export function lostAnswerText(error: Error, outcome: string): string {
  const isAnswered = error instanceof ApiError && error.problem !== null;
  return isAnswered ? error.message : `Outcome unknown: ${outcome}. ${error.message}`;
}

/**
 * GETs JSON from Planeboard's API.
 *
 * @throws ApiError, or the signal's AbortError
 */
export function getJson(path: string, signal: AbortSignal): Promise<unknown> {
  return send(path, { signal, headers: { accept: 'application/json' } });
}

/** GETs JSON as unparsed text, for callers that parse it themselves. Throws like `getJson`. */
export async function getJsonText(path: string, signal: AbortSignal): Promise<string> {
  const response = await fetchOk(path, { signal, headers: { accept: 'application/json' } });
  return response.text();
}

/** POSTs JSON to Planeboard's API. Throws like `getJson`. A missing response doesn't mean that nothing was done. */
export function postJson(path: string, body: unknown, signal?: AbortSignal): Promise<unknown> {
  return send(path, {
    method: 'POST',
    body: exactJson(body),
    signal: signal ?? null,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
  });
}

/**
 * PATCHes or DELETEs with a JSON body; returns null for a response without a body. Throws like `getJson`. A missing
 * response doesn't mean that nothing was done.
 */
export function sendJson(
  method: 'PATCH' | 'DELETE',
  path: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<unknown> {
  return send(path, {
    method,
    body: exactJson(body),
    signal: signal ?? null,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
  });
}

async function send(path: string, init: RequestInit): Promise<unknown> {
  const response = await fetchOk(path, init);
  if (response.status === NO_CONTENT) return null;
  const text = await response.text();
  try {
    return parseExactJson(text);
  } catch {
    // Such as the sign-in page of a proxy, which answers with 200.
    throw new ApiError(
      "The response isn't from Planeboard's server. If a proxy in front of it asks you to sign in, do that in another tab.",
      null,
      response.status,
    );
  }
}

/**
 * Sends a request of this page's session. After the session's end, a read waits until the person has signed in again. A
 * write fails, and the person repeats it: nothing was done, and nothing typed is lost. A write with the CSRF value of an
 * earlier session is repeated with the present one, because the server did nothing either.
 */
async function fetchOk(path: string, init: RequestInit, isRepeated = false): Promise<Response> {
  const isWrite = init.method !== undefined;
  const headers = { ...init.headers, ...(isWrite ? csrfHeaders() : {}) };
  if (!isWrite) await sessionIsOpen(init.signal ?? null);
  const response = await fetch(path, { ...init, headers }).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause;
    throw new NoResponseError();
  });
  if (response.ok) return response;
  const problem = problemSchema.safeParse(await response.json().catch(() => null));
  const { session } = getSessionState();
  if (session && problem.data?.code === 'unauthenticated') {
    endSession();
    if (!isWrite) return fetchOk(path, init);
    throw new ApiError(
      'Your session has ended. Sign in again, then repeat this.',
      problem.data,
      response.status,
    );
  }
  // Its credential has expired, and the server did nothing.
  if (session && problem.data?.code === 'renewal-due' && !isRepeated) {
    if (await renewSession()) return fetchOk(path, init, true);
    if (getSessionState().hasEnded && !isWrite) return fetchOk(path, init, true);
  }
  if (session && problem.data?.code === 'csrf' && !isRepeated) {
    await checkSession();
    return fetchOk(path, init, true);
  }
  if (!problem.success)
    throw new ApiError(`Planeboard's server returned HTTP ${response.status}.`, null, response.status);
  throw new ApiError(problem.data.detail ?? problem.data.title, problem.data, response.status);
}

const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 15_000;
const TOO_MANY_REQUESTS = 429;

/**
 * Whether a retry can help: after a timeout, a failing server, or no response. A refusal (401, 403, 404 and every
 * other 4xx except 429) stays the same until a right or the resource changes.
 */
export function isWorthRetrying(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false;
  return error.status === null || error.status >= 500 || error.status === TOO_MANY_REQUESTS;
}

/**
 * Returns the delay before a retry in milliseconds.
 *
 * @param failures the number of earlier failures, from 0
 */
export function retryDelayMs(failures: number): number {
  return paced(Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures));
}
