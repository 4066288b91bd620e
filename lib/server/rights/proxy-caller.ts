import 'server-only';
import type { ProxySession } from '@/lib/api/session';
import { getConfig } from '@/lib/server/config/config';
import type { SessionConfig } from '@/lib/server/config/sign-in-config';
import type { RequestOrigin } from '@/lib/server/log/audit';
import { proxyCsrf, requireProxyCsrf } from '@/lib/server/sign-in/proxy-csrf';
import type { ProxyIdentity } from '@/lib/server/sign-in/proxy-identity';
import type { Caller } from './caller';
import { callerOfImpersonation } from './impersonation-caller';

/**
 * Returns the caller whom the proxy in front of Planeboard names. The proxy doesn't report a sign-out, so a
 * stream ends after the idle time of a session, and its browser has to pass the proxy again.
 *
 * @throws ProblemError and KubeError as `callerOfImpersonation`
 */
export async function callerOfProxy(
  { user, groups, endsAtMs }: ProxyIdentity,
  origin: RequestOrigin,
): Promise<Caller> {
  const caller = await callerOfImpersonation({ user, groups }, origin);
  const sessionEndsAtMs = Math.min(Date.now() + sessionConfig().idleMs, endsAtMs ?? Number.POSITIVE_INFINITY);
  return { ...caller, sessionEndsAtMs };
}

/**
 * Rejects a write that doesn't come from one of the person's own pages.
 *
 * @throws ProblemError `csrf`
 */
export function requireOwnProxyWrite(headers: Headers, { user }: Pick<ProxyIdentity, 'user'>): void {
  requireProxyCsrf(headers, user, sessionConfig(), Date.now());
}

/** Returns what a browser learns about the person whom the proxy names. */
export function proxySession({ user }: Pick<ProxyIdentity, 'user'>, { groups }: Caller): ProxySession {
  return {
    mode: 'proxy',
    user,
    groups: [...groups],
    csrf: proxyCsrf(user, sessionConfig(), Date.now()),
    signOutUrl: getConfig().proxy?.signOutUrl ?? null,
  };
}

function sessionConfig(): SessionConfig {
  const { session } = getConfig();
  if (!session) throw new Error('The proxy mode needs session keys, which the start has checked.');
  return session;
}
