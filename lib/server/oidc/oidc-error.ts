import 'server-only';
import type { SignInFailure } from '@/lib/api/sign-in-failure';
import { log } from '@/lib/server/log/log';

/** Codes of openid-client for an answer that proves nothing about a person. */
const UNTRUSTED = /^OAUTH_(?:INVALID_RESPONSE|JWT_|KEY_SELECTION|JSON_ATTRIBUTE|MISSING_|UNSUPPORTED)/;
/** openid-client's code for an answer with a 401: the client's id or secret is wrong. */
const UNKNOWN_CLIENT = 'OAUTH_WWW_AUTHENTICATE_CHALLENGE';
/** An `error` of OAuth or OpenID Connect. */
const ANSWER_FORM = /^[a-z_]{1,60}$/;
const MAX_CAUSES = 5;
/** The person must do something at the provider again. OpenID Connect Core, section 3.1.2.6. */
const ASKS_PERSON = new Set(['invalid_grant', 'login_required', 'interaction_required', 'consent_required']);
const IS_BUSY = new Set(['temporarily_unavailable', 'server_error']);

/** A failed request to the provider. Recognised by its name, because `instanceof` fails across Next's copies. */
export class OidcError extends Error {
  override readonly name = 'OidcError';

  constructor(readonly failure: SignInFailure) {
    super(failure);
  }
}

/** Returns why a sign-in failed at the provider; undefined if something else failed. */
export function oidcFailure(error: unknown): SignInFailure | undefined {
  return error instanceof Error && error.name === 'OidcError' ? (error as OidcError).failure : undefined;
}

/**
 * Returns what openid-client threw as an OidcError. Logs the reason by its codes: other texts may hold what the provider
 * or a browser sent.
 */
export function asOidcError(error: unknown): OidcError {
  if (oidcFailure(error) !== undefined) return error as OidcError;
  const failure = failureOf(causesOf(error));
  if (failure !== 'cancelled')
    log().warn(
      { failure, reason: causesOf(error).flatMap(reasonOf) },
      'A request to the identity provider failed.',
    );
  return new OidcError(failure);
}

interface Cause {
  readonly code?: unknown;
  readonly error?: unknown;
  readonly cause?: unknown;
}

function failureOf(causes: readonly Cause[]): SignInFailure {
  for (const { code, error: answer } of causes) {
    if (typeof answer === 'string') return answerFailure(answer);
    if (code === UNKNOWN_CLIENT) return 'misconfigured';
    if (typeof code === 'string' && UNTRUSTED.test(code)) return 'untrusted';
  }
  return 'unreachable';
}

/** By the `error` of RFC 6749, sections 4.1.2.1 and 5.2. */
function answerFailure(answer: string): SignInFailure {
  if (answer === 'access_denied') return 'cancelled';
  if (ASKS_PERSON.has(answer)) return 'refused';
  return IS_BUSY.has(answer) ? 'unreachable' : 'misconfigured';
}

function causesOf(error: unknown): Cause[] {
  const causes: Cause[] = [];
  for (let at = error; at instanceof Object && causes.length < MAX_CAUSES; at = (at as Cause).cause)
    causes.push(at as Cause);
  return causes;
}

function reasonOf({ code, error }: Cause): string[] {
  const answer = typeof error === 'string' && ANSWER_FORM.test(error) ? [error] : [];
  return typeof code === 'string' ? [code, ...answer] : answer;
}
