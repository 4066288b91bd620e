import 'server-only';
import { FLEET_OPERATIONS } from './fleet-operations';
import type { ApiOperation } from './operation';
import { OTHER_OPERATIONS } from './other-operations';
import { PLANE_OPERATIONS } from './plane-operations';
import { REGISTRATION_OPERATIONS } from './registration-operations';

/** Every operation that programs can use. */
export const API_OPERATIONS: readonly ApiOperation[] = [
  ...FLEET_OPERATIONS,
  ...PLANE_OPERATIONS,
  ...REGISTRATION_OPERATIONS,
  ...OTHER_OPERATIONS,
];

/** The operations that aren't described, each with the reason. A new route is in one of these lists. */
export const PRIVATE_OPERATIONS: Readonly<Record<string, string>> = {
  'POST /api/session': 'Signs in a browser. Programs send their token with each request.',
  'DELETE /api/session': 'Signs out a browser.',
  'POST /api/session/refresh': "Renews a browser's session.",
  'GET /api/session/oidc': 'Leads a browser to the identity provider.',
  'GET /api/session/oidc/callback': 'The identity provider leads a browser back to it.',
  'POST /api/exports': 'A page reports what a person saved, for the audit log.',
  'GET /api/wall-preview': 'For the page that sets up a wall. `GET /api/planes` has more.',
  'GET /wall/data': "For a wall's screen, with the cookie of its link.",
  'GET /wall/stream': "For a wall's screen, with the cookie of its link.",
  'GET /wall/enter': "Exchanges a wall's link for a cookie.",
  'POST /wall/enter': 'The button of that page.',
};
