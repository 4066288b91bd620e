import 'server-only';
import { clusterGatewaySchema } from '@/lib/api/agent-setup';
import { inspectionAnswerSchema, inspectionRequestSchema } from '@/lib/api/credentials';
import { leftoverDeletionSchema, leftoversSchema } from '@/lib/api/leftovers';
import {
  registrationAnswerSchema,
  registrationKindsSchema,
  registrationNamespacesSchema,
  registrationSecretsSchema,
} from '@/lib/api/registration';
import { draftRequestSchema } from '@/lib/plane/registration/draft';
import { z } from '@/lib/zod';
import { EXAMPLE_DRAFT } from './example-draft';
import { type ApiOperation, bodyProblems, jsonAnswer, readProblems, writeProblems } from './operation';

const area = 'Registration';
const PEM = '-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----\n';

/** What programs need to register planes, and to remove what registrations left behind. */
export const REGISTRATION_OPERATIONS: readonly ApiOperation[] = [
  {
    id: 'registerPlane',
    area,
    method: 'POST',
    path: '/api/registrations',
    summary: 'Registers a plane with its Secrets, or checks that with `dryRun`.',
    description:
      'The API server first checks everything in a dry run. If a write fails, what was written is removed again, and `registration` of the problem says what is left. If an answer is lost, send the same `id` again: what exists already is adopted instead of created twice. `spec` is that of the kind, without the credentials; `/api/catalog` has its schema.',
    parameters: [
      {
        name: 'dryRun',
        in: 'query',
        description: 'With `true`, nothing is written. Default: `false`.',
        schema: z.enum(['true', 'false']),
        example: 'true',
      },
    ],
    request: { schema: draftRequestSchema, example: EXAMPLE_DRAFT },
    answers: [
      jsonAnswer(
        'The dry run passed, or an earlier attempt had written everything.',
        registrationAnswerSchema,
      ),
      jsonAnswer('The plane was created.', registrationAnswerSchema, 201),
    ],
    problems: writeProblems('conflict', 'already-exists', 'not-found', 'not-installed'),
  },
  {
    id: 'listRegistrationKinds',
    area,
    method: 'GET',
    path: '/api/registrations/kinds',
    summary: 'Returns the installed kinds, and whether you may create planes of each.',
    answers: [jsonAnswer('The kinds.', registrationKindsSchema)],
    problems: readProblems(),
  },
  {
    id: 'listRegistrationNamespaces',
    area,
    method: 'GET',
    path: '/api/registrations/namespaces',
    summary: 'Returns the namespaces, and what you may create in each.',
    parameters: [
      {
        name: 'plural',
        in: 'query',
        isRequired: true,
        description: 'The kind of the plane, as its plural.',
        example: 'dataplanes',
      },
    ],
    answers: [jsonAnswer('The namespaces.', registrationNamespacesSchema)],
    problems: readProblems(),
  },
  {
    id: 'listRegistrationSecrets',
    area,
    method: 'GET',
    path: '/api/registrations/secrets',
    summary: "Returns the names of a namespace's Secrets, or the keys of one of them; never a value.",
    parameters: [
      { name: 'namespace', in: 'query', isRequired: true, description: 'The namespace.', example: 'acme' },
      { name: 'name', in: 'query', description: 'The Secret whose keys to return.' },
    ],
    answers: [jsonAnswer('The Secrets.', registrationSecretsSchema)],
    problems: readProblems(),
  },
  {
    id: 'getRegistrationGateway',
    area,
    method: 'GET',
    path: '/api/registrations/gateway',
    summary: 'Returns the address that agents connect to, and the certificate that they verify it with.',
    answers: [jsonAnswer('What you may read of the cluster gateway.', clusterGatewaySchema)],
    problems: readProblems(),
  },
  {
    id: 'inspectCertificate',
    area,
    method: 'POST',
    path: '/api/certificates/inspect',
    summary: 'Returns the facts of a certificate and what is wrong with it.',
    description:
      'Nothing is written or kept. A finding with severity `error` means that it would be rejected.',
    request: {
      schema: inspectionRequestSchema,
      example: { purpose: 'agent-ca', certificate: { text: PEM } },
    },
    answers: [jsonAnswer('The certificates and findings.', inspectionAnswerSchema)],
    problems: bodyProblems('not-found'),
  },
  {
    id: 'listLeftovers',
    area,
    method: 'GET',
    path: '/api/leftovers',
    summary: "Returns the Secrets that Planeboard created for planes that don't exist.",
    answers: [jsonAnswer('The Secrets, without values.', leftoversSchema)],
    problems: readProblems(),
  },
  {
    id: 'deleteLeftover',
    area,
    method: 'DELETE',
    path: '/api/leftovers',
    summary: 'Deletes one of these Secrets.',
    request: {
      schema: leftoverDeletionSchema,
      example: { namespace: 'acme', name: 'prod-agent-ca', uid: '0b0f4a0e-6a44-4f0e-9a39-a6c37c3f2f02' },
    },
    answers: [{ status: 204, description: 'The Secret is deleted.' }],
    problems: writeProblems('conflict', 'not-found'),
  },
];
