import { type NextRequest, NextResponse } from 'next/server';
import { getConfig } from '@/lib/server/config';
import { isKnownHost } from '@/lib/server/known-hosts';
import { ProblemError, problemResponse } from '@/lib/server/problem';
import { contentSecurityPolicy, SECURITY_HEADERS } from '@/lib/server/security-headers';
import { requireNoWallCookie } from '@/lib/server/wall/wall-cookie';
import { requireOwnJsonRequest } from '@/lib/server/write-guard';

const READ_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** Stands before every route but the probes: which names are answered, what a write must be, and what a page may load. */
export function proxy(request: NextRequest): Response {
  try {
    if (!isKnownHost(request.headers.get('host'), getConfig())) throw new ProblemError('unknown-host');
    if (!isOfWall(request.nextUrl.pathname)) requireNoWallCookie(request.headers);
    if (!READ_METHODS.has(request.method)) requireOwnJsonRequest(request.headers);
  } catch (error) {
    return problemResponse(error, SECURITY_HEADERS);
  }
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development');
  const headers = new Headers(request.headers);
  // Next takes the nonce for its own scripts from the policy of the request.
  headers.set('content-security-policy', policy);
  headers.set('x-nonce', nonce);
  const response = NextResponse.next({ request: { headers } });
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
  response.headers.set('content-security-policy', policy);
  return response;
}

/** The wall's cookie is sent along, by whoever does, to the wall's own paths only. */
function isOfWall(path: string): boolean {
  return path === '/wall' || path.startsWith('/wall/');
}

export const config = {
  // A kubelet probes by the pod's address, which is no name that anybody configured; the answers hold nothing private.
  matcher: ['/((?!healthz$|readyz$).*)'],
};
