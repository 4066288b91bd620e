import 'server-only';
import type { Problem, ProblemCode } from '@/lib/api/problem';
import type { RegistrationRemains } from '@/lib/api/registration';
import { READER_RETRY_SECONDS } from '@/lib/api/stream';
import type { ManagingTool } from '@/lib/plane/related/related-resources';
import { asKubeError, type KubeErrorCode } from '@/lib/server/kube/kube-error';
import { log } from '@/lib/server/log/log';

/** HTTP status and title of each code, defined only here. */
const PROBLEMS: Record<ProblemCode, { readonly status: number; readonly title: string }> = {
  'bad-request': { status: 400, title: 'Invalid request' },
  'invalid-field': { status: 422, title: 'Invalid field' },
  unauthenticated: { status: 401, title: 'Not signed in' },
  'renewal-due': { status: 401, title: 'The session must be renewed' },
  'sign-in-unavailable': { status: 503, title: "Signing in isn't possible now" },
  'wall-revoked': { status: 403, title: 'This wall link was revoked' },
  'wall-ended': { status: 403, title: 'This wall link has ended' },
  'wall-not-authentic': { status: 403, title: "This wall link can't be verified" },
  forbidden: { status: 403, title: 'Not allowed' },
  'cross-origin': { status: 403, title: 'Requests from other sites are rejected' },
  csrf: { status: 403, title: "The page doesn't belong to this session" },
  'unsupported-media-type': { status: 415, title: 'Only JSON is accepted' },
  'unknown-host': { status: 421, title: "This server doesn't serve this host name" },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'Method not allowed' },
  conflict: { status: 409, title: 'Changed since it was read' },
  'already-exists': { status: 409, title: 'Already exists' },
  'managed-elsewhere': { status: 409, title: 'Managed by another tool' },
  'read-only': { status: 403, title: 'Planeboard is read-only' },
  'length-required': { status: 411, title: 'The request has no length' },
  'too-large': { status: 413, title: 'The request is too large' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'too-many-readers': { status: 503, title: 'Too many readers' },
  'api-server-unreachable': { status: 503, title: "The API server can't be reached" },
  'api-server-error': { status: 502, title: 'The API server returned an error' },
  'not-installed': { status: 404, title: "This kind isn't installed" },
  'not-audited': { status: 503, title: "The audit log can't be written" },
  internal: { status: 500, title: 'Internal error in Planeboard' },
};

/** Returns the HTTP status and the title of a code. */
export function problemKind(code: ProblemCode): { readonly status: number; readonly title: string } {
  return PROBLEMS[code];
}

const OF_KUBE_ERROR: Record<KubeErrorCode, ProblemCode> = {
  unreachable: 'api-server-unreachable',
  timeout: 'api-server-unreachable',
  credential: 'api-server-unreachable',
  unauthorized: 'unauthenticated',
  forbidden: 'forbidden',
  'not-found': 'not-found',
  'not-served': 'api-server-error',
  conflict: 'conflict',
  'already-exists': 'already-exists',
  expired: 'conflict',
  invalid: 'invalid-field',
  'bad-request': 'bad-request',
  'rate-limited': 'rate-limited',
  'server-error': 'api-server-error',
  'bad-answer': 'api-server-error',
  'not-audited': 'not-audited',
  internal: 'internal',
};

/** An invalid field: its path in the request, and a sentence without the value itself. */
export interface FieldProblem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What an answer may contain beside the sentence. */
export interface ProblemExtensions {
  readonly errors?: readonly FieldProblem[];
  /** What a failed registration left behind. */
  readonly registration?: RegistrationRemains;
  /** The tool that would undo the write. */
  readonly managedBy?: ManagingTool;
  /** When to try again; sent as a header. */
  readonly retryAfterSeconds?: number;
}

/**
 * An error that an API route answers unchanged. Recognised by `code`, because `instanceof` fails across Next's
 * copies.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly code: ProblemCode,
    /** A sentence for people, without secrets. */
    readonly detail?: string,
    readonly extensions: ProblemExtensions = {},
  ) {
    super(detail ?? PROBLEMS[code].title);
  }
}

/** Returns the error for invalid fields of a request. */
export function invalidFields(errors: readonly FieldProblem[]): ProblemError {
  return new ProblemError('invalid-field', errors.map(({ message }) => message).join(' '), { errors });
}

/** Returns the error for one invalid field of a request. */
export function invalidField(path: readonly string[], message: string): ProblemError {
  return invalidFields([{ path, message }]);
}

/** Returns any thrown value as a ProblemError. An unexpected one is `internal`, and its text stays in the log. */
export function asProblemError(error: unknown): ProblemError {
  if (error instanceof Error && error.name === 'ProblemError' && 'code' in error)
    return error as ProblemError;
  const failure = asKubeError(error);
  const code = OF_KUBE_ERROR[failure.code];
  if (code === 'internal') {
    log().error({ err: error }, 'unexpected error');
    return new ProblemError('internal');
  }
  return new ProblemError(code, failure.message);
}

/** An HTTP answer before it is sent: as a `Response`, or by Node's own server. */
export interface ProblemParts {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Returns the status, headers and body of the `application/problem+json` answer to an error (RFC 9457). */
export function problemParts(error: unknown, headers: Readonly<Record<string, string>> = {}): ProblemParts {
  const { code, detail, extensions } = asProblemError(error);
  const { status, title } = PROBLEMS[code];
  const { errors, registration, managedBy, retryAfterSeconds } = extensions;
  const problem: Problem = {
    type: 'about:blank',
    title,
    status,
    code,
    ...(detail ? { detail } : {}),
    ...(errors ? { errors: errors.map(({ path, message }) => ({ path: [...path], message })) } : {}),
    ...(registration ? { registration } : {}),
    ...(managedBy ? { managedBy } : {}),
  };
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(code === 'too-many-readers' ? { 'retry-after': String(READER_RETRY_SECONDS) } : {}),
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
      ...headers,
    },
    body: JSON.stringify(problem),
  };
}

/** Returns the same answer for a route. */
export function problemResponse(error: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  const { body, ...init } = problemParts(error, headers);
  return new Response(body, init);
}
