import {
  alike,
  createLinks,
  listLinks,
  openWall,
  readRights,
  readSession,
  revokeLinks,
  useSession,
} from './access-checks';
import {
  deleteLeftovers,
  listCreatableKinds,
  listCreatableNamespaces,
  listLeftovers,
  listSecrets,
  readGateway,
  registerPlanes,
} from './creation-checks';
import {
  inspectSecrets,
  listCertificates,
  listPlanes,
  previewWall,
  readCaAccess,
  readCatalog,
  readMetrics,
  streamPlanes,
} from './fleet-checks';
import { deletePlanes, editPlanes, headPlaneParts, readPlaneParts, writePlaneParts } from './plane-checks';
import type { RouteCheck } from './route-matrix';

const EXPORT = { format: 'csv', target: 'file', planes: 3 };

/**
 * How each method of each route is compared with the API server. A method that is missing here must answer that it
 * doesn't exist. Order matters only in that a plane is read before others are deleted.
 */
export const ROUTE_CHECKS: Readonly<Record<string, RouteCheck>> = {
  'GET /api/planes': listPlanes,
  'HEAD /api/planes': alike('/api/planes', 200),
  'GET /api/planes/stream': streamPlanes,
  'HEAD /api/planes/stream': alike('/api/planes/stream', 200),
  'GET /api/planes/[...segments]': readPlaneParts,
  'HEAD /api/planes/[...segments]': headPlaneParts,
  'PATCH /api/planes/[...segments]': editPlanes,
  'POST /api/planes/[...segments]': writePlaneParts,
  'DELETE /api/planes/[...segments]': deletePlanes,
  'GET /api/catalog': readCatalog,
  'GET /api/ca-access': readCaAccess,
  'GET /api/certificates': listCertificates,
  'POST /api/certificates/inspect': inspectSecrets,
  'POST /api/exports': alike('/api/exports', 204, EXPORT),
  'GET /api/leftovers': listLeftovers,
  'DELETE /api/leftovers': deleteLeftovers,
  'GET /api/openapi.json': alike('/api/openapi.json', 200),
  'POST /api/registrations': registerPlanes,
  'GET /api/registrations/gateway': readGateway,
  'GET /api/registrations/kinds': listCreatableKinds,
  'GET /api/registrations/namespaces': listCreatableNamespaces,
  'GET /api/registrations/secrets': listSecrets,
  'GET /api/session': readSession,
  'POST /api/session': useSession,
  'DELETE /api/session': alike('/api/session', 200),
  'GET /api/session/oidc': alike('/api/session/oidc', 404),
  'GET /api/session/oidc/callback': alike('/api/session/oidc/callback?code=x&state=x', 404),
  // Only a browser's session is renewed, which the sign-in's own check does.
  'POST /api/session/refresh': alike('/api/session/refresh', 400),
  'GET /api/session/rights': readRights,
  'GET /api/wall-preview': previewWall,
  'GET /api/wall-tokens': listLinks,
  'POST /api/wall-tokens': createLinks,
  'DELETE /api/wall-tokens/[id]': revokeLinks,
  'GET /metrics': readMetrics,
  // What follows knows no people: a wall has a link, and a load balancer nothing.
  'GET /healthz': alike('/healthz', 200),
  'GET /readyz': alike('/readyz', 200),
  'GET /wall/data': openWall('/wall/data'),
  'GET /wall/stream': openWall('/wall/stream'),
  'HEAD /wall/stream': openWall('/wall/stream'),
  'GET /wall/enter': alike('/wall/enter?token=none', 303),
  'POST /wall/enter': alike('/wall/enter', 400),
};
