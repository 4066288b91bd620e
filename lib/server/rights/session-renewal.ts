import 'server-only';
import type { BrowserSession } from '@/lib/api/session';
import { SIGN_IN_FAILURES } from '@/lib/api/sign-in-failure';
import { getConfig } from '@/lib/server/config/config';
import type { SessionConfig } from '@/lib/server/config/sign-in-config';
import { asProblemError, ProblemError } from '@/lib/server/http/problem';
import { originOf } from '@/lib/server/http/request-origin';
import { getOidcProvider } from '@/lib/server/oidc/get-oidc-provider';
import { OidcError, oidcFailure } from '@/lib/server/oidc/oidc-error';
import { getRuntime } from '@/lib/server/runtime/get-runtime';
import { sessionOf } from '@/lib/server/sign-in/request-credential';
import { renewedSession, type Session } from '@/lib/server/sign-in/session';
import { audited } from './audited-sign-in';
import { callerOfCredential, oidcCredential } from './oidc-credential';
import { browserSession, keptSession, removedSession } from './own-session';
import { requireSender } from './resolve-caller';

/** What a renewal leads to. The cookies are set in any case: a refresh token that was used up must not stay. */
export interface Renewal {
  readonly outcome: BrowserSession | ProblemError;
  /** Set-Cookie headers. */
  readonly cookies: readonly string[];
}

/**
 * Renews the request's session: the identity provider is asked for a new credential, or the API server whether it still
 * accepts the token. Nothing else renews a session: a page that merely polls doesn't keep it alive.
 *
 * @param isUsed whether a person uses the page. If not, only the credential is renewed, and the idle time goes on.
 * @throws ProblemError `unauthenticated`, `csrf`, or `bad-request` for a program's token
 */
export async function renewOwnSession(request: Request, isUsed: boolean): Promise<Renewal> {
  const { headers } = request;
  const { session: limits } = getConfig();
  await requireSender(request);
  const session = await sessionOf(headers);
  if (!session || !limits) throw new ProblemError('bad-request', 'There is no session to renew.');
  try {
    const now = isUsed ? renewedSession(session, Date.now()) : session;
    const renewed = session.mode === 'oidc' ? await withNewCredential(now) : now;
    return await kept(session, renewed, headers, limits);
  } catch (error) {
    const problem = problemOf(error);
    if (problem.code !== 'unauthenticated') return { outcome: problem, cookies: [] };
    await audited(
      { user: session.user, origin: originOf(headers) },
      {
        event: 'renewal-refused',
        mode: session.mode,
        session: session.id,
        reason: oidcFailure(error) ?? problem.code,
      },
    );
    return { outcome: problem, cookies: removedSession(headers) };
  }
}

/** @throws OidcError */
async function withNewCredential(session: Session): Promise<Session> {
  const { refreshToken, subject } = session;
  if (refreshToken === undefined || subject === undefined) throw new OidcError('no-renewal');
  const tokens = await getOidcProvider().renew(refreshToken, subject);
  const { impersonated: _, credentialEndsAtMs: __, ...kept } = session;
  return { ...kept, ...oidcCredential(tokens) };
}

/** @throws OidcError; ProblemError `unauthenticated` when the API server rejects the credential */
async function kept(
  before: Session,
  renewed: Session,
  headers: Headers,
  limits: SessionConfig,
): Promise<Renewal> {
  const cookies = await keptSession(renewed, headers, limits);
  if (!cookies) throw new OidcError('too-large');
  // What the API server said within the last minute isn't enough for a renewal.
  if (!renewed.impersonated) getRuntime().people.forget(renewed.credential);
  try {
    const caller = await callerOfCredential(renewed, originOf(headers));
    if (caller.user !== before.user) throw new OidcError('other-person');
    return { outcome: browserSession(renewed, caller.groups, limits), cookies };
  } catch (error) {
    const problem = problemOf(error);
    // The provider has used the refresh token up, so the new one must be kept even if the API server doesn't answer.
    if (problem.code === 'unauthenticated' || renewed.mode !== 'oidc') throw error;
    return { outcome: problem, cookies };
  }
}

function problemOf(error: unknown): ProblemError {
  const failure = oidcFailure(error);
  if (failure === undefined) return asProblemError(error);
  const isProviders = failure === 'unreachable' || failure === 'misconfigured';
  return new ProblemError(isProviders ? 'sign-in-unavailable' : 'unauthenticated', SIGN_IN_FAILURES[failure]);
}
