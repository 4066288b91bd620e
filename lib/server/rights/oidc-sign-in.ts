import 'server-only';
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import type { SignInFailure } from '@/lib/api/sign-in-failure';
import { parseNextPath } from '@/lib/plane/model/next-path';
import { type Config, getConfig } from '@/lib/server/config/config';
import type { SessionConfig } from '@/lib/server/config/sign-in-config';
import { asProblemError } from '@/lib/server/http/problem';
import { originOf } from '@/lib/server/http/request-origin';
import { siteOriginOf } from '@/lib/server/http/site-origin';
import { requireNoWallCookie } from '@/lib/server/http/wall-cookie';
import { getOidcProvider } from '@/lib/server/oidc/get-oidc-provider';
import { OidcError, oidcFailure } from '@/lib/server/oidc/oidc-error';
import { attemptLimit, attemptTimeMs } from '@/lib/server/sign-in/attempt-limit';
import { clearFlow, openFlow, storeFlow } from '@/lib/server/sign-in/flow-cookies';
import { noteRefusedIdentity } from '@/lib/server/sign-in/refused-identity';
import { newSession } from '@/lib/server/sign-in/session';
import { cookieFormOf } from '@/lib/server/sign-in/session-cookies';
import { audited } from './audited-sign-in';
import { callerOfCredential, oidcCredential } from './oidc-credential';
import { keptSession } from './own-session';
import { nameOf } from './token-sign-in';

/** Where the provider leads back to. It must be registered there. */
const CALLBACK_PATH = '/api/session/oidc/callback';

/** Where a browser goes next. */
export interface NextStep {
  /** A path of this site, or an address of the provider. */
  readonly location: string;
  /** Set-Cookie headers. */
  readonly cookies: readonly string[];
}

/**
 * Begins a sign-in at the identity provider. Without it, leads to the sign-in page, which says why.
 *
 * @param wanted the path to open afterwards; an address of another site counts as none
 * @throws ProblemError `not-found` if people don't sign in with a provider
 */
export async function beginOidcSignIn(headers: Headers, wanted: string | null): Promise<NextStep> {
  requireNoWallCookie(headers);
  const provider = getOidcProvider();
  const config = getConfig();
  const next = parseNextPath(wanted);
  const flow = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
  try {
    const url = await provider.signInUrl(flow, redirectUri(headers, config));
    const started = { ...flow, next, startedAtMs: Date.now() };
    const form = cookieFormOf(headers.get('host'), config);
    const cookies = await storeFlow(started, headers.get('cookie'), form, sessionLimits(config));
    return { location: url.href, cookies };
  } catch (error) {
    return { location: failedPath(failureOf(error), next), cookies: [] };
  }
}

/**
 * Ends a sign-in with what the provider led back with. The audit log has the sign-in, or its refusal, before this
 * returns.
 *
 * @throws ProblemError `not-found` if people don't sign in with a provider
 */
export async function finishOidcSignIn(request: Request): Promise<NextStep> {
  const { headers } = request;
  requireNoWallCookie(headers);
  const provider = getOidcProvider();
  const config = getConfig();
  const limits = sessionLimits(config);
  const parameters = new URL(request.url).searchParams;
  const form = cookieFormOf(headers.get('host'), config);
  const state = parameters.get('state');
  const flow = await openFlow(state, headers.get('cookie'), form, limits, Date.now());
  const ended = clearFlow(state, form);
  const origin = originOf(headers);
  const source = origin.source ?? '';
  try {
    if (!flow) throw new OidcError('expired');
    if (attemptLimit().take(source, attemptTimeMs()) > 0) throw new OidcError('rate-limited');
    const answered = new URL(redirectUri(headers, config));
    answered.search = parameters.toString();
    const tokens = await provider.exchange(answered, flow);
    const credential = oidcCredential(tokens);
    const caller = await callerOfCredential(credential, origin);
    const { sub: subject } = tokens.claims;
    const session = newSession({ mode: 'oidc', user: nameOf(caller), subject, ...credential }, Date.now());
    const cookies = await keptSession(session, headers, limits);
    if (!cookies) throw new OidcError('too-large');
    await audited(caller, { event: 'sign-in', mode: 'oidc', session: session.id });
    attemptLimit().giveBack(source, attemptTimeMs());
    return { location: flow.next, cookies: [...ended, ...cookies] };
  } catch (error) {
    const failure = failureOf(error);
    await logRefusal(headers, failure);
    return { location: failedPath(failure, flow?.next ?? '/'), cookies: ended };
  }
}

/** Logs a refused sign-in. One that the provider took no part in can be had by anyone at any rate. */
async function logRefusal(headers: Headers, reason: SignInFailure): Promise<void> {
  if (reason === 'not-audited') return;
  if (reason === 'expired' || reason === 'rate-limited') noteRefusedIdentity(headers, 'oidc', reason);
  else {
    const actor = { user: null, origin: originOf(headers) };
    await audited(actor, { event: 'sign-in-refused', mode: 'oidc', reason }).catch(() => {});
  }
}

function redirectUri(headers: Headers, config: Config): string {
  return `${siteOriginOf(headers.get('host'), config)}${CALLBACK_PATH}`;
}

/** The sign-in page with the failure's name; its sentence stays with the page, so that no link can make it say another. */
function failedPath(failure: SignInFailure, next: string): string {
  const search = new URLSearchParams({ failed: failure, ...(next === '/' ? {} : { next }) });
  return `/login?${search}`;
}

function failureOf(error: unknown): SignInFailure {
  const failure = oidcFailure(error);
  if (failure !== undefined) return failure;
  const { code } = asProblemError(error);
  if (code === 'unauthenticated') return 'rejected';
  if (code === 'forbidden') return 'not-impersonated';
  if (code === 'api-server-unreachable' || code === 'api-server-error') return 'api-server-unreachable';
  return code === 'not-audited' ? code : 'internal';
}

function sessionLimits({ session }: Config): SessionConfig {
  if (!session) throw new Error('The sign-in has no session keys, although the start has checked that.');
  return session;
}
