import 'server-only';
import { caAccessSchema } from '@/lib/api/ca-access';
import { catalogSchema } from '@/lib/api/catalog';
import { certificateListSchema } from '@/lib/api/certificate-list';
import { readinessSchema } from '@/lib/api/readiness';
import { rightsAnswerSchema, sessionAnswerSchema } from '@/lib/api/session';
import { newWallTokenSchema, wallTokenAnswerSchema, wallTokensSchema } from '@/lib/api/wall';
import { z } from '@/lib/zod';
import { type ApiOperation, jsonAnswer, readProblems, writeProblems } from './operation';

const text = (description: string) => ({ status: 200, description, body: { type: 'text' } }) as const;

/** What concerns neither single planes nor registrations. */
export const OTHER_OPERATIONS: readonly ApiOperation[] = [
  {
    id: 'getCatalog',
    area: 'Catalog',
    method: 'GET',
    path: '/api/catalog',
    summary: 'Returns the installed plane kinds and the schema of each.',
    answers: [jsonAnswer('The kinds.', catalogSchema)],
    problems: readProblems(),
  },
  {
    id: 'getCaAccess',
    area: 'Catalog',
    method: 'GET',
    path: '/api/ca-access',
    summary: 'Returns the Roles that let Planeboard read exactly the Secrets with the CAs of planes.',
    answers: [jsonAnswer('The Secrets and Roles.', caAccessSchema)],
    problems: readProblems(),
  },
  {
    id: 'listCertificates',
    area: 'Catalog',
    method: 'GET',
    path: '/api/certificates',
    summary: 'Returns the certificates that planes depend on, who issued them, and where they are stored.',
    description:
      "What Planeboard's own account last read. A Secret that it may not read has no fingerprints here.",
    answers: [jsonAnswer('The certificates.', certificateListSchema)],
    problems: readProblems(),
  },
  {
    id: 'listWallLinks',
    area: 'Wall links',
    method: 'GET',
    path: '/api/wall-tokens',
    summary: 'Returns the links that admit screens to the wall, without their tokens.',
    answers: [jsonAnswer('The links.', wallTokensSchema)],
    problems: readProblems(),
  },
  {
    id: 'createWallLink',
    area: 'Wall links',
    method: 'POST',
    path: '/api/wall-tokens',
    summary: 'Creates a link. Only this answer has its token.',
    description: 'Empty limits limit nothing. A screen opens `/wall/enter?token=<token>`.',
    request: {
      schema: newWallTokenSchema,
      example: { title: 'Office', limits: { kinds: [], roles: [], namespaces: ['acme'] } },
    },
    answers: [jsonAnswer('The link was created.', wallTokenAnswerSchema, 201)],
    problems: writeProblems('conflict', 'already-exists', 'not-found'),
  },
  {
    id: 'revokeWallLink',
    area: 'Wall links',
    method: 'DELETE',
    path: '/api/wall-tokens/{id}',
    summary: 'Revokes a link.',
    description: 'The request must be JSON, but needs no body.',
    parameters: [{ name: 'id', in: 'path', description: "The link's `id`.", example: 'wall-7f3a' }],
    answers: [{ status: 204, description: 'The link is revoked.' }],
    problems: writeProblems('conflict', 'not-found'),
  },
  {
    id: 'getCaller',
    area: 'Caller',
    method: 'GET',
    path: '/api/session',
    summary: 'Returns who you are for the API server.',
    answers: [jsonAnswer('Your user and groups, and the session of a browser.', sessionAnswerSchema)],
    problems: readProblems(),
  },
  {
    id: 'getCallerRights',
    area: 'Caller',
    method: 'GET',
    path: '/api/session/rights',
    summary: 'Returns what you may do in a namespace.',
    parameters: [{ name: 'namespace', in: 'query', description: 'The namespace. Default: `default`.' }],
    answers: [jsonAnswer('Your rights there, with the cluster-wide ones.', rightsAnswerSchema)],
    problems: readProblems(),
  },
  {
    id: 'getOpenApi',
    area: 'Server',
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'Returns this description of the API.',
    answers: [jsonAnswer('An OpenAPI 3.1 document.', z.looseObject({ openapi: z.string() }))],
    problems: readProblems(),
  },
  {
    id: 'getMetrics',
    area: 'Server',
    method: 'GET',
    path: '/metrics',
    summary: 'Returns metrics of all planes for Prometheus, without names of planes.',
    description:
      'With sign-in, you need the permission to `get` the path `/metrics` (nonResourceURLs in a ClusterRole).',
    answers: [text('The metrics.')],
    problems: readProblems(),
  },
  {
    id: 'getLiveness',
    area: 'Server',
    method: 'GET',
    path: '/healthz',
    summary: 'Answers while the process is alive.',
    answers: [text('It is alive.')],
    problems: [],
    isPublic: true,
  },
  {
    id: 'getReadiness',
    area: 'Server',
    method: 'GET',
    path: '/readyz',
    summary: 'Answers once the server is up, and says whether it reaches the API server.',
    answers: [jsonAnswer('It is up, even if the API server is unreachable.', readinessSchema)],
    problems: ['internal'],
    isPublic: true,
  },
];
