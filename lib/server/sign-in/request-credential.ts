import 'server-only';
import { timingSafeEqual } from 'node:crypto';
import { CSRF_HEADER } from '@/lib/api/session';
import { type Config, getConfig } from '@/lib/server/config/config';
import { ProblemError } from '@/lib/server/http/problem';
import { type ProxyIdentity, proxyIdentityOf } from './proxy-identity';
import type { Session } from './session';
import { cookieFormOf, sealedSessionsOf } from './session-cookies';
import { openSession } from './session-seal';

const BEARER = /^bearer +(\S+) *$/i;

/** What a request proves its sender with. */
export type RequestCredential =
  | { readonly kind: 'session'; readonly session: Session }
  /** A program's own token. */
  | { readonly kind: 'bearer'; readonly token: string }
  /** The word of the proxy in front of Planeboard. */
  | ({ readonly kind: 'proxy' } & ProxyIdentity);

/**
 * Returns what a request to the API proves its sender with; null: nothing. A person whom the proxy names is that person,
 * whatever session is in the cookies: the proxy vouches for this request, and a cookie may be left over.
 *
 * @throws ProblemError `bad-request` for a token together with a session or a person whom the proxy names: the one that was
 * meant isn't known; `sign-in-unavailable` as `proxyIdentityOf`
 */
export async function requestCredential(headers: Headers): Promise<RequestCredential | null> {
  const [session, named] = await Promise.all([sessionOf(headers), proxyIdentityOf(headers)]);
  const token = BEARER.exec(headers.get('authorization') ?? '')?.[1];
  if (token !== undefined && named)
    throw new ProblemError(
      'bad-request',
      "Send either a bearer token or the proxy's identity headers, not both.",
    );
  if (named) return { kind: 'proxy', ...named };
  if (token !== undefined && session)
    throw new ProblemError('bad-request', 'Send either a session cookie or a bearer token, not both.');
  if (token !== undefined) return { kind: 'bearer', token };
  return session ? { kind: 'session', session } : null;
}

/**
 * Returns the session of a request's cookies; null if there is none. Cookies that don't open are ignored: others can set
 * them. If several sessions open, none counts, because someone may have added theirs.
 */
export async function sessionOf(
  headers: Headers,
  config: Pick<Config, 'auth' | 'session' | 'publicUrl'> = getConfig(),
): Promise<Session | null> {
  const { session: limits } = config;
  if (!limits) return null;
  const nowMs = Date.now();
  const sealed = sealedSessionsOf(headers.get('cookie'), cookieFormOf(headers.get('host'), config));
  const opened = await Promise.all(sealed.map((text) => openSession(text, limits, nowMs)));
  // A way to sign in that was taken away doesn't count any more, nor do the sessions that it began.
  const sessions = opened
    .filter((session) => session !== null)
    .filter(({ mode }) => config.auth.includes(mode));
  const [newest] = sessions.toSorted((a, b) => newestMs(b) - newestMs(a));
  return newest && sessions.every(({ id }) => id === newest.id) ? newest : null;
}

/** A renewal gives a session a later one of these times, or both. */
function newestMs({ renewedAtMs, credentialEndsAtMs = 0 }: Session): number {
  return renewedAtMs + credentialEndsAtMs;
}

/**
 * Rejects a write of a session that doesn't come from one of its own pages. Browsers attach the cookie to any request to
 * this host, but only the session's pages know its CSRF value.
 *
 * @throws ProblemError `csrf`
 */
export function requireCsrf(headers: Headers, { csrf }: Pick<Session, 'csrf'>): void {
  const sent = Buffer.from(headers.get(CSRF_HEADER) ?? '');
  const expected = Buffer.from(csrf);
  if (sent.length === expected.length && timingSafeEqual(sent, expected)) return;
  throw new ProblemError('csrf', 'This page belongs to an earlier session. Reload it and try again.');
}
