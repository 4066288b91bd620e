import { type NextRequest, NextResponse } from 'next/server';
import { getConfig } from '@/lib/server/config/config';
import { isKnownHost } from '@/lib/server/http/known-hosts';
import { ProblemError, problemResponse } from '@/lib/server/http/problem';
import { contentSecurityPolicy, SECURITY_HEADERS } from '@/lib/server/http/security-headers';
import { requireNoWallCookie } from '@/lib/server/http/wall-cookie';
import { requireSameOriginJson } from '@/lib/server/http/write-guard';

const READ_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);
const WRITE_METHODS: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Stands before every route but the probes: which names are answered, what a write must be, and what a page may load. */
export function proxy(request: NextRequest): Response {
  const { pathname } = request.nextUrl;
  const readable = isReadable(pathname);
  try {
    if (!isKnownHost(request.headers.get('host'), getConfig())) throw new ProblemError('unknown-host');
    if (!isOfWall(pathname) || !READ_METHODS.has(request.method)) requireNoWallCookie(request.headers);
    if (!readable && isOfApi(pathname))
      throw new ProblemError('bad-request', 'The path has a percent sign that stands for no character.');
    const allowed = methodsOf(pathname);
    if (!allowed.has(request.method)) return refusedMethod(allowed);
    if (!READ_METHODS.has(request.method)) requireSameOriginJson(request.headers);
  } catch (error) {
    return problemResponse(error, SECURITY_HEADERS);
  }
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development');
  const headers = new Headers(request.headers);
  // Next takes the nonce for its own scripts from the policy of the request.
  headers.set('content-security-policy', policy);
  headers.set('x-nonce', nonce);
  // A path that cannot be read would make Next fail where a page looks at its parameters: nothing has that address.
  const response = readable
    ? NextResponse.next({ request: { headers } })
    : NextResponse.rewrite(new URL(NO_PAGE, request.url), { request: { headers } });
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
  response.headers.set('content-security-policy', policy);
  return response;
}

/** No page will ever be there. */
const NO_PAGE = '/unreadable-address';

function isReadable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** What a path can be asked with at all; which of it a route has, it says itself. Nothing of the wall can be written. */
function methodsOf(path: string): ReadonlySet<string> {
  return isOfWall(path) ? READ_METHODS : new Set([...READ_METHODS, ...WRITE_METHODS]);
}

/** Said before anything of the request's body is looked at. */
function refusedMethod(allowed: ReadonlySet<string>): Response {
  const headers = { ...SECURITY_HEADERS, allow: [...allowed].join(', ') };
  return problemResponse(new ProblemError('method-not-allowed'), headers);
}

function isOfApi(path: string): boolean {
  return path === '/api' || path.startsWith('/api/');
}

/** The wall's cookie is sent along, by whoever does, to the wall's own paths only. */
function isOfWall(path: string): boolean {
  return path === '/wall' || path.startsWith('/wall/');
}

export const config = {
  // A kubelet probes by the pod's address, which is no name that anybody configured; the answers hold nothing private.
  matcher: ['/((?!healthz$|readyz$).*)'],
};
