import 'server-only';
import { isJsonObject } from '@/lib/plane/json/json';
import type { KubeStatus } from './kube-status';

const KUBE_ERROR_CODES = [
  /** No answer: refused, reset, name not found, TLS failed. */
  'unreachable',
  /** No answer in time. */
  'timeout',
  /** The credential could not be read or created: exec plugin, token file, certificate file. */
  'credential',
  'unauthorized',
  'forbidden',
  /** The object doesn't exist: the API server says so in a Status object. */
  'not-found',
  /**
   * A 404 without a Status object: the API server doesn't serve the path, or something else answers in its place. Proves
   * nothing about objects; the catalog decides which kinds are installed.
   */
  'not-served',
  'conflict',
  'already-exists',
  /** 410: the resourceVersion or the continue token is too old. */
  'expired',
  'invalid',
  /** A name that no object can have; nothing was sent. */
  'bad-request',
  'rate-limited',
  'server-error',
  /** An answer that isn't one of the Kubernetes API. */
  'bad-answer',
  /** The write's intent couldn't be logged; nothing was sent. */
  'not-audited',
  /** A defect of Planeboard itself. */
  'internal',
] as const;
export type KubeErrorCode = (typeof KUBE_ERROR_CODES)[number];

/** A failed call to the API server. Recognised by `code`: `instanceof` fails across Next's copies of this module. */
export class KubeError extends Error {
  override readonly name = 'KubeError';

  constructor(
    readonly code: KubeErrorCode,
    message: string,
    /** HTTP status; null when there was no answer. */
    readonly status: number | null = null,
    /** `reason` of the Status object. */
    readonly reason: string | null = null,
    /** Milliseconds of `Retry-After`. */
    readonly retryAfterMs: number | null = null,
    /** The Status object, without the values that it may have quoted; null: the answer had none. */
    readonly statusObject: KubeStatus | null = null,
  ) {
    super(message);
  }
}

/** Errors after which a write may have happened anyway. */
const OUTCOME_UNKNOWN: ReadonlySet<KubeErrorCode> = new Set([
  'unreachable',
  'timeout',
  'server-error',
  'bad-answer',
  'internal',
]);

/** Returns whether the answer to a write was lost, so it's unknown whether the API server carried it out. */
export function isOutcomeUnknown({ code }: Pick<KubeError, 'code'>): boolean {
  return OUTCOME_UNKNOWN.has(code);
}

/**
 * Returns any thrown value as a KubeError. A network error is `unreachable` or `timeout`; the message of the former
 * contains its code.
 *
 * @param proxy the address of the proxy that requests pass, without its credentials; null: none
 */
export function asKubeError(error: unknown, proxy: string | null = null): KubeError {
  if (error instanceof Error && error.name === 'KubeError' && 'code' in error) return error as KubeError;
  const code = networkCode(error);
  if (code === null) {
    return new KubeError(
      'internal',
      `Internal error in Planeboard (${error instanceof Error ? error.name : typeof error}).`,
    );
  }
  if (TIMEOUT_CODES.has(code)) {
    return timeoutError(proxy);
  }
  return new KubeError('unreachable', `The API server can't be reached${through(proxy)} (${code}).`);
}

/** Returns the error for an answer that didn't arrive in time; `proxy` as for `asKubeError`. */
export function timeoutError(proxy: string | null): KubeError {
  return new KubeError('timeout', `The API server didn't respond${through(proxy)} in time.`);
}

function through(proxy: string | null): string {
  return proxy === null ? '' : ` through the proxy ${proxy}`;
}

const TIMEOUT_CODES: ReadonlySet<string> = new Set([
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'ETIMEDOUT',
  'TimeoutError',
]);

/**
 * Returns `ECONNREFUSED` and the like. The message itself may contain addresses or parts of a request, so it is left
 * out.
 */
function networkCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return error.name;
  if (isSocksError(error)) return socksCode(error);
  return error.cause === undefined ? null : networkCode(error.cause);
}

/** The SOCKS client's errors have no code, but the options of the connection. */
function isSocksError(error: Error): boolean {
  return 'options' in error && isJsonObject(error.options) && 'proxy' in error.options;
}

/** Their message begins with Node's, such as `connect ECONNREFUSED 127.0.0.1:1080`, or is a sentence of the client. */
function socksCode({ message }: Error): string {
  return /\bE[A-Z]{3,}\b/.exec(message)?.[0] ?? (message.includes('timed out') ? 'ETIMEDOUT' : 'SOCKS');
}
