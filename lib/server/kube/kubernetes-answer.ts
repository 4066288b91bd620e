import 'server-only';
import type { z } from '@/lib/zod';
import { KubeError, type KubeErrorCode } from './kube-error';
import { readKubeStatus } from './kube-status';

/**
 * Decides whether an HTTP answer is the Kubernetes API's own. A proxy, an ingress or a sign-in page in front of the API
 * server may answer in its place, and a wrong server URL may lead anywhere. Such an answer proves nothing: neither that
 * an object is missing, nor that a right is, nor that a kind isn't installed.
 */

/** What Go's HTTP server says of an unknown path, in the API server as in many proxies. */
const GO_NOT_FOUND = '404 page not found';
const HEALTH_PATH = /^\/(?:readyz|livez|healthz)(?:\/|$)/;
/** What the API server's health endpoints say. All of its other successful answers are JSON. */
const HEALTHY = 'ok';
const REMEDY = 'Check the server URL in the kubeconfig, and any proxy in front of the API server.';

/** Returns whether an answer's type is JSON. */
export function isJsonType(contentType: string | string[] | undefined): boolean {
  return String(contentType ?? '').includes('json');
}

/** Returns whether a successful answer that isn't JSON may be the API server's. */
export function isHealthAnswer(path: string, text: string): boolean {
  return HEALTH_PATH.test(path) && text.trim() === HEALTHY;
}

/**
 * Returns the error for an answer that isn't a success of the Kubernetes API. The API server explains each failure in a
 * Status object; only few codes mean the same without one.
 *
 * @param text the answer's body, which may be anything and isn't repeated, except for a Status object's texts
 */
export function errorOfAnswer(status: number, text: string, retryAfterMs: number | null): KubeError {
  const statusObject = readKubeStatus(jsonOf(text));
  const reason = statusObject?.reason ?? null;
  const code = statusObject ? codeOf(status, reason) : codeWithoutStatus(status, text);
  const message = statusObject?.message ?? messageOf(code, status);
  return new KubeError(code, message, status, reason, retryAfterMs, statusObject);
}

/**
 * Returns the value of an answer's JSON.
 *
 * @throws KubeError `bad-answer` when it isn't what the Kubernetes API answers
 */
export function parseAnswer<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  throw new KubeError('bad-answer', `The response isn't from the Kubernetes API. ${REMEDY}`);
}

function codeOf(status: number, reason: string | null): KubeErrorCode {
  switch (status) {
    case 401:
      return 'unauthorized';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    case 409:
      return reason === 'AlreadyExists' ? 'already-exists' : 'conflict';
    case 410:
      return 'expired';
    case 400:
    case 422:
      return 'invalid';
    case 429:
      return 'rate-limited';
    default:
      return status >= 500 ? 'server-error' : 'bad-answer';
  }
}

function codeWithoutStatus(status: number, text: string): KubeErrorCode {
  // A proxy may check the credential, or limit requests. The API server limits them in plain text too.
  if (status === 401 || status === 429 || status >= 500) return codeOf(status, null);
  return status === 404 && text.trim() === GO_NOT_FOUND ? 'not-served' : 'bad-answer';
}

function messageOf(code: KubeErrorCode, status: number): string {
  if (code === 'not-served')
    return `HTTP 404: either the API server doesn't serve this path, or the response isn't from the API server. ${REMEDY}`;
  if (code === 'bad-answer') return `The response (HTTP ${status}) isn't from the Kubernetes API. ${REMEDY}`;
  return `The API server returned HTTP ${status}.`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
