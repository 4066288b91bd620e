import 'server-only';
import type { Config } from '@/lib/server/config/config';
import { isKnownHost } from '@/lib/server/http/known-hosts';
import { methodsOf, READ_METHODS } from '@/lib/server/http/methods';
import { ProblemError, type ProblemParts, problemParts } from '@/lib/server/http/problem';
import { isReadablePath, NO_PAGE } from '@/lib/server/http/readable-path';
import { MAX_BODY_BYTES, tooLarge } from '@/lib/server/http/request-body';
import { SECURITY_HEADERS } from '@/lib/server/http/security-headers';
import { isOwnOrigin, requireOwnWrite, requireSameOrigin } from '@/lib/server/http/write-guard';

/** A request before any of its body is read. */
export interface RequestHead {
  readonly method: string;
  /** As in the request line: `/wall?title=Lobby`. */
  readonly target: string;
  readonly headers: Headers;
  /** The number of Host headers; `headers` has only the first one. */
  readonly hosts: number;
}

type EntryConfig = Pick<Config, 'host' | 'publicUrl'>;

/** The kubelet's probes. It calls them by the pod's address, which isn't a configured name. */
const PROBES: ReadonlySet<string> = new Set(['/healthz', '/readyz']);
const METRICS = '/metrics';
const WALL_DATA: ReadonlySet<string> = new Set(['/wall/data', '/wall/stream']);
/** More than the filters of any page have. Next.js reads a repeated parameter in quadratic time: 7,000 take 5 s. */
const MAX_PARAMETERS = 1000;
/** Scripts and styles. */
const FILES = '/_next/';
/** The path of `next dev` for hot reload. */
const HOT_RELOAD = '/_next/hmr';
/** The paths of its error overlay, which posts JSON without saying so. */
const OVERLAY = '/__nextjs_';

/**
 * Returns the answer to a request that no route may see; null: the request passes.
 *
 * @param development whether `next dev` runs
 */
export function refusalOf(head: RequestHead, config: EntryConfig, development: boolean): ProblemParts | null {
  const { method, target, headers } = head;
  const allowed = methodsOf(pathOf(target));
  if (isPath(target) && !allowed.has(method)) {
    const allow = [...allowed].join(', ');
    return problemParts(new ProblemError('method-not-allowed'), { ...SECURITY_HEADERS, allow });
  }
  return refusalBy(() => {
    requirePath(target);
    requireHost(head, config);
    requireSmallBody(head);
    if (READ_METHODS.has(method)) return;
    const path = pathOf(target);
    if (development && path.startsWith(OVERLAY)) requireSameOrigin(headers, config);
    else requireOwnWrite(path, headers, config);
  });
}

/** Requests that take turns with each other: pages, what programs ask for, scripts and styles, probes, or metrics. */
export type Lane = 'page' | 'data' | 'file' | 'probe' | 'metrics';

/** Returns among which others a request waits for its turn. */
export function laneOf({ method, target }: RequestHead): Lane {
  const path = pathOf(target);
  if (PROBES.has(path)) return 'probe';
  if (path === METRICS) return 'metrics';
  if (path.startsWith(FILES)) return 'file';
  return isOfApi(path) || WALL_DATA.has(path) || !READ_METHODS.has(method) ? 'data' : 'page';
}

/**
 * Returns the target that Next.js gets. A page's path that can't be decoded becomes one without a page. The proxy can't
 * do that: Next.js takes a rewrite on a loopback address for another server, and sends it the request, cookies included.
 */
export function servedTarget(target: string): string {
  const path = pathOf(target);
  return isReadablePath(path) || isOfApi(path) ? target : NO_PAGE;
}

/**
 * Returns the answer to a request to switch protocols; null: the request passes, which happens only for hot reload in
 * development. Nothing else here switches protocols, and Next.js neither answers nor closes such a connection.
 *
 * @param development whether `next dev` runs
 */
export function upgradeRefusalOf(
  head: RequestHead,
  config: EntryConfig,
  development: boolean,
): ProblemParts | null {
  return refusalBy(() => {
    requirePath(head.target);
    requireHost(head, config);
    if (!(development && pathOf(head.target).startsWith(HOT_RELOAD)))
      throw new ProblemError('bad-request', "This server doesn't switch protocols. Send no Upgrade header.");
    const origin = head.headers.get('origin');
    if (origin === null || !isOwnOrigin(origin, head.headers.get('host'), config.publicUrl))
      throw new ProblemError('cross-origin');
  });
}

/** Returns the answer to a body while too many others are arriving. */
export function uploadRefusal(): ProblemParts {
  const busy = new ProblemError('rate-limited', 'Too many requests are being sent. Try again in a minute.');
  return problemParts(busy, SECURITY_HEADERS);
}

function refusalBy(check: () => void): ProblemParts | null {
  try {
    check();
    return null;
  } catch (error) {
    return problemParts(error, SECURITY_HEADERS);
  }
}

/** Returns false for the forms that only proxies receive: an absolute URL, `host:port` or `*`. */
function isPath(target: string): boolean {
  return target.startsWith('/');
}

function requirePath(target: string): void {
  if (!isPath(target))
    throw new ProblemError('bad-request', 'This server is no proxy: the request line must contain a path.');
  if (target.split('&').length > MAX_PARAMETERS)
    throw new ProblemError('bad-request', `The address has more than ${MAX_PARAMETERS} parameters.`);
}

function requireHost({ target, headers, hosts }: RequestHead, config: EntryConfig): void {
  if (hosts > 1) throw new ProblemError('bad-request', 'The request has more than one Host header.');
  if (PROBES.has(pathOf(target))) return;
  if (!isKnownHost(headers.get('host'), config)) throw new ProblemError('unknown-host');
}

/**
 * Next.js buffers up to 10 MB of a body before it runs any code of Planeboard, so its length must be known from the
 * headers.
 */
function requireSmallBody({ method, headers }: RequestHead): void {
  if (headers.has('transfer-encoding'))
    throw new ProblemError(
      'length-required',
      'Send the request with a Content-Length header, not in chunks.',
    );
  const lengthBytes = Number(headers.get('content-length') ?? 0);
  if (lengthBytes > MAX_BODY_BYTES) throw tooLarge(MAX_BODY_BYTES);
  if (lengthBytes > 0 && READ_METHODS.has(method))
    throw new ProblemError('bad-request', `Send no body with ${method}.`);
}

function pathOf(target: string): string {
  return target.split('?', 1)[0] ?? '';
}

/** A program gets a problem from the proxy instead of a page. */
function isOfApi(path: string): boolean {
  return path === '/api' || path.startsWith('/api/');
}
