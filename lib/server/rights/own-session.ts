import 'server-only';
import type { BrowserSession, SessionAnswer } from '@/lib/api/session';
import { type Config, getConfig } from '@/lib/server/config/config';
import { hasSignIn, type SessionConfig } from '@/lib/server/config/sign-in-config';
import { asProblemError, invalidField, ProblemError } from '@/lib/server/http/problem';
import { originOf } from '@/lib/server/http/request-origin';
import { requireSameOriginJson } from '@/lib/server/http/write-guard';
import { type AuditActor, type AuditedSession, auditSession } from '@/lib/server/log/audit';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { attemptLimit, attemptTimeMs } from '@/lib/server/sign-in/attempt-limit';
import { requestCredential, requireCsrf, sessionOf } from '@/lib/server/sign-in/request-credential';
import { newSession, renewedSession, type Session, sessionEnds } from '@/lib/server/sign-in/session';
import { clearSessionCookies, cookieFormOf, storeSessionCookies } from '@/lib/server/sign-in/session-cookies';
import { sealSession } from '@/lib/server/sign-in/session-seal';
import type { Caller } from './caller';
import { proxySession } from './proxy-caller';
import { requireSender, resolveCaller } from './resolve-caller';
import { callerOfToken } from './token-caller';

/** A session that a browser is to keep. */
export interface KeptSession {
  readonly session: BrowserSession;
  /** Set-Cookie headers. */
  readonly cookies: readonly string[];
}

/**
 * Signs a person in with a bearer token, which the API server checks. The audit log has the sign-in, or its refusal,
 * before this returns.
 *
 * @throws ProblemError `unauthenticated` for a rejected token, `rate-limited`, `invalid-field` for a token that doesn't
 * fit a cookie, `not-found` if people can't sign in with a token
 */
export async function signInWithToken(headers: Headers, token: string): Promise<KeptSession> {
  const config = getConfig();
  if (!config.auth.includes('token') || !config.session)
    throw new ProblemError('not-found', "Signing in with a token isn't enabled (PLANEBOARD_AUTH).");
  const origin = originOf(headers);
  const source = origin.source ?? '';
  const waitSeconds = attemptLimit().take(source, attemptTimeMs());
  if (waitSeconds > 0) {
    await audited(
      { user: null, origin },
      { event: 'sign-in-refused', mode: 'token', reason: 'rate-limited' },
    );
    throw new ProblemError('rate-limited', `Too many attempts. Try again in ${waitSeconds} s.`, {
      retryAfterSeconds: waitSeconds,
    });
  }
  try {
    const caller = await callerOfToken(token, origin);
    const session = newSession({ mode: 'token', credential: token, user: nameOf(caller) }, Date.now());
    const kept = await keptSession(session, caller, headers, config, config.session);
    await audited(caller, { event: 'sign-in', mode: 'token', session: session.id });
    attemptLimit().giveBack(source, attemptTimeMs());
    return kept;
  } catch (error) {
    const problem = asProblemError(error);
    if (problem.code !== 'not-audited')
      await audited(
        { user: null, origin },
        { event: 'sign-in-refused', mode: 'token', reason: problem.code },
      );
    throw problem;
  }
}

/**
 * Starts the idle time of the request's session again, if the API server still accepts its token. Nothing else renews a
 * session: a page that merely polls doesn't keep it alive.
 *
 * @throws ProblemError `unauthenticated`, `csrf`, or `bad-request` for a program's token
 */
export async function renewOwnSession(request: Request): Promise<KeptSession> {
  const { headers } = request;
  const config = getConfig();
  const session = await sessionOf(headers);
  await requireSender(request);
  // What the API server said within the last minute isn't enough for a renewal.
  if (session) getRuntime().people.forget(session.credential);
  try {
    const caller = await resolveCaller(request);
    if (!session || !config.session) throw new ProblemError('bad-request', 'There is no session to renew.');
    return await keptSession(renewedSession(session, Date.now()), caller, headers, config, config.session);
  } catch (error) {
    const problem = asProblemError(error);
    if (session && problem.code === 'unauthenticated')
      await audited(
        { user: session.user, origin: originOf(headers) },
        { event: 'renewal-refused', mode: session.mode, session: session.id, reason: problem.code },
      );
    throw problem;
  }
}

/**
 * Signs out: returns the Set-Cookie headers that remove the request's session. A copy of the cookie works until it
 * expires, because the server keeps no list of sessions.
 *
 * @throws ProblemError `csrf`, `cross-origin` and the like
 */
export async function signOut(headers: Headers): Promise<readonly string[]> {
  requireSameOriginJson(headers);
  const session = await sessionOf(headers);
  if (session) {
    requireCsrf(headers, session);
    const line = { event: 'sign-out', mode: session.mode, session: session.id } as const;
    // The person leaves in any case.
    await auditSession({ user: session.user, origin: originOf(headers) }, line).catch(() => {});
  }
  return removedSession(headers);
}

/** Returns the Set-Cookie headers that remove any session from the browser. */
export function removedSession(headers: Headers): readonly string[] {
  return clearSessionCookies(cookieFormOf(headers.get('host'), getConfig()));
}

/** Returns who is asking, and the session's times if a browser is. */
export async function describeSession(headers: Headers, caller: Caller): Promise<SessionAnswer> {
  const { auth, session: limits } = getConfig();
  const { user, groups } = caller;
  if (!hasSignIn(auth)) return { mode: 'kubeconfig', user, groups: [...groups] };
  const credential = await requestCredential(headers);
  if (credential?.kind === 'proxy') return proxySession(credential, caller);
  if (credential?.kind !== 'session' || !limits) return { mode: 'token', user, groups: [...groups] };
  return browserSession(credential.session, caller, limits);
}

async function keptSession(
  session: Session,
  caller: Caller,
  headers: Headers,
  config: Config,
  limits: SessionConfig,
): Promise<KeptSession> {
  const sealed = await sealSession(session, limits);
  const cookies = storeSessionCookies(sealed, cookieFormOf(headers.get('host'), config));
  if (!cookies) throw invalidField(['token'], 'This token is too long for a cookie. Use a shorter one.');
  return { session: browserSession(session, caller, limits), cookies };
}

function browserSession(session: Session, caller: Caller, limits: SessionConfig): BrowserSession {
  const { idleEndsAtMs, endsAtMs } = sessionEnds(session, limits);
  const renewAtMs = (session.renewedAtMs + idleEndsAtMs) / 2;
  return {
    mode: session.mode,
    user: session.user,
    groups: [...caller.groups],
    signedInAt: new Date(session.signedInAtMs).toISOString(),
    renewAt: new Date(renewAtMs).toISOString(),
    idleEndsAt: new Date(idleEndsAtMs).toISOString(),
    endsAt: new Date(endsAtMs).toISOString(),
    csrf: session.csrf,
  };
}

function nameOf({ user }: Caller): string {
  if (user === null || user === '')
    throw new ProblemError('unauthenticated', "The API server didn't say whose token this is.");
  return user;
}

/** @throws ProblemError `not-audited`: nobody gets in unrecorded */
async function audited(actor: AuditActor, change: AuditedSession): Promise<void> {
  try {
    await auditSession(actor, change);
  } catch {
    throw new ProblemError('not-audited', "The audit log can't be written, so you can't sign in now.");
  }
}
