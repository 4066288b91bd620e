import { alike } from './access-checks';
import { ROUTE_CHECKS } from './route-checks';
import type { RouteCheck } from './route-matrix';

/** Renews the session, and leaves it. */
const leaveSession: RouteCheck = async (ask) => {
  const renewed = await ask('/api/session/refresh', { method: 'POST' });
  const left = await ask('/api/session');
  return [{ call: 'a renewal and a sign-out', told: [renewed.status, left.status], expected: [200, 200] }];
};

/**
 * The checks of people who have a session of an identity provider. They sign out early, so what follows is asked with a
 * copy of the cookie: it works until it expires, but can't be renewed.
 */
export const PROVIDER_CHECKS: Readonly<Record<string, RouteCheck>> = {
  ...ROUTE_CHECKS,
  'DELETE /api/session': leaveSession,
  'GET /api/session/oidc': alike('/api/session/oidc', 303),
  'GET /api/session/oidc/callback': alike('/api/session/oidc/callback?code=x&state=x', 303),
  'POST /api/session/refresh': alike('/api/session/refresh', 401),
};
