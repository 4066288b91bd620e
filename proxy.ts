import { type NextRequest, NextResponse } from 'next/server';
import { getConfig } from '@/lib/server/config/config';
import { isKnownHost } from '@/lib/server/http/known-hosts';
import { isOfWall, methodsOf, READ_METHODS } from '@/lib/server/http/methods';
import { PATH_HEADER } from '@/lib/server/http/page-path';
import { ProblemError, problemResponse } from '@/lib/server/http/problem';
import { isReadablePath } from '@/lib/server/http/readable-path';
import { contentSecurityPolicy, SECURITY_HEADERS } from '@/lib/server/http/security-headers';
import { requireNoWallCookie } from '@/lib/server/http/wall-cookie';
import { requireOwnWrite } from '@/lib/server/http/write-guard';

/**
 * Runs before every route except the probes, and after the HTTP entry (`lib/server/http/entry`), which has already
 * refused what must not be read. Decides which host names are answered, what a write must be, and what a page may load.
 */
export function proxy(request: NextRequest): Response {
  const { pathname } = request.nextUrl;
  try {
    const config = getConfig();
    if (!isKnownHost(request.headers.get('host'), config)) throw new ProblemError('unknown-host');
    if (!isOfWall(pathname)) requireNoWallCookie(request.headers);
    // The HTTP entry leads other paths than those of the API to a missing page.
    if (!isReadablePath(pathname))
      throw new ProblemError('bad-request', 'The path has an invalid percent encoding.');
    const allowed = methodsOf(pathname);
    if (!allowed.has(request.method)) return refusedMethod(allowed);
    if (!READ_METHODS.has(request.method)) requireOwnWrite(pathname, request.headers, config);
  } catch (error) {
    return problemResponse(error, SECURITY_HEADERS);
  }
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development');
  const headers = new Headers(request.headers);
  // Next reads the nonce for its own scripts from the request's policy.
  headers.set('content-security-policy', policy);
  headers.set('x-nonce', nonce);
  headers.set(PATH_HEADER, `${pathname}${request.nextUrl.search}`);
  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
  response.headers.set('content-security-policy', policy);
  return response;
}

/** Answers before any of the request's body is read. */
function refusedMethod(allowed: ReadonlySet<string>): Response {
  const headers = { ...SECURITY_HEADERS, allow: [...allowed].join(', ') };
  return problemResponse(new ProblemError('method-not-allowed'), headers);
}

export const config = {
  // A kubelet probes by the pod's address, which isn't a configured name. The answers contain nothing private.
  matcher: ['/((?!healthz$|readyz$).*)'],
};
