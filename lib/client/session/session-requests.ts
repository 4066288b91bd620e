import { problemSchema } from '@/lib/api/problem';
import {
  type BrowserSession,
  browserSessionSchema,
  CSRF_HEADER,
  type PageSession,
  pageSessionSchema,
  signedOutSchema,
} from '@/lib/api/session';
import { acceptSession, endSession, getSessionState } from './session-store';

const SESSION_PATH = '/api/session';
const UNAUTHENTICATED = 401;

/** Why a session couldn't begin, be renewed or end, in a sentence. */
export class SessionError extends Error {
  override readonly name = 'SessionError';
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** The server's clock; NaN if the answer doesn't tell. */
  readonly serverNowMs: number;
}

/** Returns the headers of a write that prove that this page belongs to the session; none without one. */
export function csrfHeaders(): Readonly<Record<string, string>> {
  const { session } = getSessionState();
  return session === null ? {} : { [CSRF_HEADER]: session.csrf };
}

/**
 * Signs in with a token, and returns the session.
 *
 * @throws SessionError
 */
export async function signIn(token: string): Promise<{ session: BrowserSession; serverNowMs: number }> {
  const { body, status, serverNowMs } = await send('POST', SESSION_PATH, { token });
  const session = browserSessionSchema.safeParse(body);
  if (!session.success) throw new SessionError(sentenceOf(body, status));
  return { session: session.data, serverNowMs };
}

/** What the server said about the session; `lost` without an answer that says anything. */
export type SessionNews = PageSession | 'ended' | 'renewal-due' | 'lost';

/** Reads the session again, takes it over, and ends it if the server no longer knows it. */
export async function readSession(): Promise<SessionNews> {
  return take(await send('GET', SESSION_PATH).catch(() => null));
}

/** Renews the session, takes it over, and ends it if it can't be renewed any more. */
export async function requestRenewal(isUsed: boolean): Promise<SessionNews> {
  return take(await send('POST', `${SESSION_PATH}/refresh`, { isUsed }).catch(() => null));
}

/**
 * Signs out at the server, and returns the address at which the identity provider ends its own session; null if there is
 * none.
 *
 * @throws SessionError if the session may still be open
 */
export async function endSessionAtServer(): Promise<string | null> {
  const { body, status } = await send('DELETE', SESSION_PATH, {});
  if (status >= 300 && status !== UNAUTHENTICATED) throw new SessionError(sentenceOf(body, status));
  return signedOutSchema.safeParse(body).data?.next ?? null;
}

function take(answer: Answer | null): SessionNews {
  const { data } = pageSessionSchema.safeParse(answer?.body);
  if (answer && data) {
    acceptSession(data, answer.serverNowMs);
    return data;
  }
  if (answer?.status !== UNAUTHENTICATED) return 'lost';
  if (problemSchema.safeParse(answer.body).data?.code === 'renewal-due') return 'renewal-due';
  endSession();
  return 'ended';
}

async function send(method: string, path: string, body?: object): Promise<Answer> {
  const isWrite = body !== undefined;
  const response = await fetch(path, {
    method,
    cache: 'no-store',
    body: isWrite ? JSON.stringify(body) : null,
    headers: {
      accept: 'application/json',
      ...(isWrite ? { 'content-type': 'application/json', ...csrfHeaders() } : {}),
    },
  }).catch(() => {
    throw new SessionError("Planeboard's server isn't responding.");
  });
  return {
    status: response.status,
    body: await response.json().catch(() => null),
    serverNowMs: Date.parse(response.headers.get('date') ?? ''),
  };
}

function sentenceOf(body: unknown, status: number): string {
  const problem = problemSchema.safeParse(body);
  if (!problem.success) return `Planeboard's server returned HTTP ${status}.`;
  return problem.data.errors?.[0]?.message ?? problem.data.detail ?? problem.data.title;
}
