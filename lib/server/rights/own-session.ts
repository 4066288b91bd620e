import 'server-only';
import type { BrowserSession, SessionAnswer } from '@/lib/api/session';
import { getConfig } from '@/lib/server/config/config';
import { hasSignIn, type SessionConfig } from '@/lib/server/config/sign-in-config';
import { originOf } from '@/lib/server/http/request-origin';
import { siteOriginOf } from '@/lib/server/http/site-origin';
import { requireSameOriginJson } from '@/lib/server/http/write-guard';
import { auditSession } from '@/lib/server/log/audit';
import { getOidcProvider } from '@/lib/server/oidc/get-oidc-provider';
import { requestCredential, requireCsrf, sessionOf } from '@/lib/server/sign-in/request-credential';
import { type Session, sessionEnds } from '@/lib/server/sign-in/session';
import { clearSessionCookies, cookieFormOf, storeSessionCookies } from '@/lib/server/sign-in/session-cookies';
import { sealSession } from '@/lib/server/sign-in/session-seal';
import type { Caller } from './caller';
import { proxySession } from './proxy-caller';

/** A page renews this long before the credential expires, or at half its time if that is shorter. */
const RENEWAL_LEAD_MS = 60_000;

/** What a browser does after a sign-out. */
export interface SignedOut {
  /** Set-Cookie headers. */
  readonly cookies: readonly string[];
  /** Where the identity provider ends its own session; null if there is nothing to end. */
  readonly next: string | null;
}

/**
 * Signs out: removes the request's session from the browser, and makes its refresh token invalid. A copy of the cookie
 * works until it expires, because the server keeps no list of sessions.
 *
 * @throws ProblemError `csrf`, `cross-origin` and the like
 */
export async function signOut(headers: Headers): Promise<SignedOut> {
  requireSameOriginJson(headers);
  const cookies = removedSession(headers);
  const session = await sessionOf(headers);
  if (!session) return { cookies, next: null };
  requireCsrf(headers, session);
  const line = { event: 'sign-out', mode: session.mode, session: session.id } as const;
  // The person leaves in any case.
  await auditSession({ user: session.user, origin: originOf(headers) }, line).catch(() => {});
  if (session.mode !== 'oidc' || !getConfig().oidc) return { cookies, next: null };
  const provider = getOidcProvider();
  const returnTo = `${siteOriginOf(headers.get('host'), getConfig())}/login`;
  const [next] = await Promise.all([
    provider.signOutUrl(session.credential || undefined, returnTo),
    session.refreshToken === undefined ? undefined : provider.revoke(session.refreshToken),
  ]);
  return { cookies, next };
}

/** Returns the Set-Cookie headers that remove any session from the browser. */
export function removedSession(headers: Headers): readonly string[] {
  return clearSessionCookies(cookieFormOf(headers.get('host'), getConfig()));
}

/** Returns the Set-Cookie headers that keep a session in the browser; null if it is too large for cookies. */
export async function keptSession(
  session: Session,
  headers: Headers,
  limits: SessionConfig,
): Promise<readonly string[] | null> {
  const sealed = await sealSession(session, limits);
  return storeSessionCookies(sealed, cookieFormOf(headers.get('host'), getConfig()));
}

/** Returns who is asking, and the session's times if a browser is. */
export async function describeSession(headers: Headers, caller: Caller): Promise<SessionAnswer> {
  const { auth, session: limits } = getConfig();
  const { user, groups } = caller;
  if (!hasSignIn(auth)) return { mode: 'kubeconfig', user, groups: [...groups] };
  const credential = await requestCredential(headers);
  if (credential?.kind === 'proxy') return proxySession(credential, caller);
  if (credential?.kind !== 'session' || !limits) return { mode: 'token', user, groups: [...groups] };
  return browserSession(credential.session, groups, limits);
}

/** Returns the session of a browser that has to renew it before anything else; null if there is none. */
export async function renewableSession(headers: Headers): Promise<BrowserSession | null> {
  const session = await sessionOf(headers);
  const { session: limits } = getConfig();
  return session && limits ? browserSession(session, [], limits) : null;
}

/** Returns what a browser's pages know of their session. */
export function browserSession(
  session: Session,
  groups: readonly string[],
  limits: SessionConfig,
): BrowserSession {
  const { idleEndsAtMs, endsAtMs, usableUntilMs } = sessionEnds(session, limits);
  const halfMs = (session.renewedAtMs + idleEndsAtMs) / 2;
  return {
    mode: session.mode,
    user: session.user,
    groups: [...groups],
    signedInAt: isoTime(session.signedInAtMs),
    renewAt: isoTime(Math.min(halfMs, usableUntilMs - RENEWAL_LEAD_MS)),
    usableUntil: isoTime(usableUntilMs),
    idleEndsAt: isoTime(idleEndsAtMs),
    endsAt: isoTime(endsAtMs),
    csrf: session.csrf,
  };
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
