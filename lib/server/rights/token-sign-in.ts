import 'server-only';
import type { BrowserSession } from '@/lib/api/session';
import { getConfig } from '@/lib/server/config/config';
import { asProblemError, invalidField, ProblemError } from '@/lib/server/http/problem';
import { originOf } from '@/lib/server/http/request-origin';
import { attemptLimit, attemptTimeMs } from '@/lib/server/sign-in/attempt-limit';
import { noteRefusedIdentity } from '@/lib/server/sign-in/refused-identity';
import { newSession } from '@/lib/server/sign-in/session';
import { audited } from './audited-sign-in';
import type { Caller } from './caller';
import { browserSession, keptSession } from './own-session';
import { callerOfToken } from './token-caller';

/** A session that a browser is to keep. */
export interface BegunSession {
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
export async function signInWithToken(headers: Headers, token: string): Promise<BegunSession> {
  const { auth, session: limits } = getConfig();
  if (!auth.includes('token') || !limits)
    throw new ProblemError('not-found', "Signing in with a token isn't enabled (PLANEBOARD_AUTH).");
  const origin = originOf(headers);
  const source = origin.source ?? '';
  const refused = { event: 'sign-in-refused', mode: 'token' } as const;
  const waitSeconds = attemptLimit().take(source, attemptTimeMs());
  if (waitSeconds > 0) {
    noteRefusedIdentity(headers, 'token', 'rate-limited');
    throw new ProblemError('rate-limited', `Too many attempts. Try again in ${waitSeconds} s.`, {
      retryAfterSeconds: waitSeconds,
    });
  }
  try {
    const caller = await callerOfToken(token, origin);
    const session = newSession({ mode: 'token', credential: token, user: nameOf(caller) }, Date.now());
    const cookies = await keptSession(session, headers, limits);
    if (!cookies) throw invalidField(['token'], 'This token is too long for a cookie. Use a shorter one.');
    await audited(caller, { event: 'sign-in', mode: 'token', session: session.id });
    attemptLimit().giveBack(source, attemptTimeMs());
    return { session: browserSession(session, caller.groups, limits), cookies };
  } catch (error) {
    const problem = asProblemError(error);
    if (problem.code !== 'not-audited')
      await audited({ user: null, origin }, { ...refused, reason: problem.code });
    throw problem;
  }
}

/** @throws ProblemError `unauthenticated` */
export function nameOf({ user }: Caller): string {
  if (user === null || user === '')
    throw new ProblemError('unauthenticated', "The API server didn't say whose token this is.");
  return user;
}
