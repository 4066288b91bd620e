import 'server-only';
import { getConfig } from '@/lib/server/config/config';
import { hasSignIn } from '@/lib/server/config/sign-in-config';
import { READ_METHODS } from '@/lib/server/http/methods';
import { ProblemError } from '@/lib/server/http/problem';
import { noteRequest, noteUser, type RoutedRequest } from '@/lib/server/http/request-note';
import { originOf } from '@/lib/server/http/request-origin';
import { requireNoWallCookie } from '@/lib/server/http/wall-cookie';
import { requireSameOriginJson } from '@/lib/server/http/write-guard';
import {
  type RequestCredential,
  requestCredential,
  requireCsrf,
} from '@/lib/server/sign-in/request-credential';
import { type Session, sessionEnds } from '@/lib/server/sign-in/session';
import type { Caller } from './caller';
import { callerOfCredential } from './oidc-credential';
import { callerOfProxy, requireOwnProxyWrite } from './proxy-caller';
import { serviceCaller } from './service-caller';
import { callerOfToken } from './token-caller';

/**
 * Returns the caller of a request to a route: the person of its session or of its bearer token, or the kubeconfig's
 * identity if nobody signs in. With a proxy that signs people in, it's the person whom the proxy names. Every route calls
 * this itself.
 *
 * @throws ProblemError as `requireSender`, and `unauthenticated` if the API server rejects the credential; KubeError
 */
export async function resolveCaller(request: RoutedRequest): Promise<Caller> {
  const { headers } = request;
  const credential = await requireSender(request);
  const caller = await callerOf(credential, headers);
  noteUser(caller.user);
  return caller;
}

function callerOf(credential: RequestCredential | null, headers: Headers): Promise<Caller> {
  if (!credential) return kubeconfigCaller(headers);
  if (credential.kind === 'bearer') return callerOfToken(credential.token, originOf(headers));
  if (credential.kind === 'proxy') return callerOfProxy(credential, originOf(headers));
  return callerOfSession(credential.session, headers);
}

/**
 * Returns what a request proves its sender with; null if nobody signs in. Doesn't contact the API server: routes that
 * read a body before they resolve the caller call this first.
 *
 * A write must also be one that no other page made a browser send: JSON of this origin and, if a session's cookie or the
 * proxy says who it is, with the person's CSRF value. This is checked here and not in the routes, because no route that writes can
 * do without a caller.
 *
 * @throws ProblemError `unauthenticated` without a credential, `csrf`, `bad-request` for two credentials, and those of
 * `requireSameOriginJson`
 */
export async function requireSender(request: RoutedRequest): Promise<RequestCredential | null> {
  const { method, headers } = request;
  noteRequest(request);
  const isWrite = !READ_METHODS.has(method);
  if (isWrite) requireSameOriginJson(headers);
  requireNoWallCookie(headers);
  if (!hasSignIn(getConfig().auth)) return null;
  const credential = await requestCredential(headers);
  if (!credential) throw notSignedIn();
  // Not proven yet, but a refusal of this session concerns its person.
  if (credential.kind === 'session') noteUser(credential.session.user);
  if (isWrite && credential.kind === 'session') requireCsrf(headers, credential.session);
  if (isWrite && credential.kind === 'proxy') requireOwnProxyWrite(headers, credential);
  return credential;
}

/**
 * Returns the caller that a page is rendered for. Only browsers open pages, so a bearer token doesn't count.
 *
 * @throws ProblemError `unauthenticated`, upon which the page leads to the sign-in
 */
export async function resolvePageCaller(headers: Headers): Promise<Caller> {
  requireNoWallCookie(headers);
  if (!hasSignIn(getConfig().auth)) return kubeconfigCaller(headers);
  const credential = await requestCredential(headers);
  if (credential?.kind === 'proxy') return callerOfProxy(credential, originOf(headers));
  if (credential?.kind !== 'session') throw notSignedIn();
  return callerOfSession(credential.session, headers);
}

/** @throws ProblemError `renewal-due` when the session's credential has expired, but the session hasn't */
async function callerOfSession(session: Session, headers: Headers): Promise<Caller> {
  const { session: limits } = getConfig();
  if (!limits) throw notSignedIn();
  const { usableUntilMs } = sessionEnds(session, limits);
  if (Date.now() >= usableUntilMs) throw new ProblemError('renewal-due', 'Your session must be renewed.');
  const caller = await callerOfCredential(session, originOf(headers));
  return { ...caller, sessionEndsAtMs: usableUntilMs };
}

async function kubeconfigCaller(headers: Headers): Promise<Caller> {
  return { ...(await serviceCaller()), origin: originOf(headers) };
}

function notSignedIn(): ProblemError {
  return new ProblemError('unauthenticated', "You aren't signed in.");
}
