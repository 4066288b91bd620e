import 'server-only';
import { credentialReplacementAnswerSchema, credentialReplacementSchema } from '@/lib/api/credentials';
import { planeDeletionAnswerSchema, planeDeletionSchema } from '@/lib/api/deletion';
import { planeEditAnswerSchema, planeEditRequestSchema } from '@/lib/api/edit';
import { hiddenAnnotationSchema, planeDetailSchema } from '@/lib/api/fleet';
import { historyAnswerSchema } from '@/lib/api/history';
import { refreshAnswerSchema } from '@/lib/api/refresh';
import {
  planeEventsFrameSchema,
  planeEventsKeepaliveSchema,
  relatedResourcesAnswerSchema,
} from '@/lib/api/related';
import { replacementsAnswerSchema, settlementAnswerSchema, settlementSchema } from '@/lib/api/replacements';
import { ONCE_PARAMETER } from './fleet-operations';
import { type ApiOperation, jsonAnswer, readProblems, writeProblems } from './operation';
import { forBothScopes, type PlaneOperation } from './plane-paths';

const GONE = ['not-found', 'not-installed'] as const;

const OPERATIONS: readonly PlaneOperation[] = [
  {
    id: 'getPlane',
    method: 'GET',
    summary: 'Returns one plane with its spec, secrets masked.',
    answers: [jsonAnswer('The plane.', planeDetailSchema)],
    problems: readProblems(...GONE),
  },
  {
    id: 'editPlane',
    method: 'PATCH',
    summary: 'Changes a plane, or checks a change with `dryRun`.',
    description:
      'Take `resourceVersion` from the plane that you read. If labels, annotations or the spec have changed since, nothing is written. If another tool manages the plane, nothing is written without `evenIfManaged`, because the tool would undo it. The answer lists in `notStored` what the API server stored differently.',
    request: {
      schema: planeEditRequestSchema,
      example: {
        resourceVersion: '1042',
        dryRun: true,
        changes: { displayName: 'Production', labels: { team: 'platform', old: null } },
      },
    },
    answers: [jsonAnswer('The plane before and after the change.', planeEditAnswerSchema)],
    problems: writeProblems('conflict', 'managed-elsewhere', ...GONE),
  },
  {
    id: 'deletePlane',
    method: 'DELETE',
    summary: 'Deletes a plane.',
    description:
      "`confirm` is the plane's name, and `uid` makes sure that no plane of the same name is deleted that was created since.",
    request: {
      schema: planeDeletionSchema,
      example: { confirm: 'prod', uid: '5f0c2a8e-8f2e-4a57-9d55-3d5f5a1f0a11' },
    },
    answers: [jsonAnswer('The plane is deleted, or waits for its finalizers.', planeDeletionAnswerSchema)],
    problems: writeProblems('conflict', 'managed-elsewhere', ...GONE),
  },
  {
    id: 'refreshPlane',
    method: 'POST',
    part: '/refresh',
    summary: "Makes the plane's controller reconcile at once.",
    description:
      'It sets an annotation, at most once in 3 s for each plane. The request must be JSON, but needs no body.',
    answers: [jsonAnswer('The time of the refresh.', refreshAnswerSchema)],
    problems: writeProblems('conflict', ...GONE),
  },
  {
    id: 'getPlaneAnnotation',
    method: 'GET',
    part: '/annotations',
    summary: 'Returns one of the `hiddenAnnotations` of a plane, secrets masked.',
    parameters: [
      {
        name: 'name',
        in: 'query',
        isRequired: true,
        description: "The annotation's name.",
        example: 'example.com/dashboard',
      },
    ],
    answers: [jsonAnswer('The annotation.', hiddenAnnotationSchema)],
    problems: readProblems(...GONE),
  },
  {
    id: 'getPlaneRelated',
    method: 'GET',
    part: '/related',
    summary: 'Returns what a plane refers to, what refers to it, and the components that serve it.',
    answers: [jsonAnswer('The related resources that you may read.', relatedResourcesAnswerSchema)],
    problems: readProblems(...GONE),
  },
  {
    id: 'streamPlaneEvents',
    method: 'GET',
    part: '/events',
    summary: 'Streams the Kubernetes Events of a plane.',
    description: 'Each `events` frame has the whole list, newest first.',
    parameters: [ONCE_PARAMETER],
    answers: [
      {
        status: 200,
        description: 'Server-sent events.',
        body: {
          type: 'events',
          frames: { events: planeEventsFrameSchema, keepalive: planeEventsKeepaliveSchema },
        },
      },
    ],
    problems: readProblems('too-many-readers', ...GONE),
  },
  {
    id: 'getPlaneHistory',
    method: 'GET',
    part: '/history',
    summary: 'Returns the changes of a plane that this server has seen.',
    answers: [jsonAnswer('The changes, newest first.', historyAnswerSchema)],
    problems: readProblems(...GONE),
  },
  {
    id: 'replacePlaneCredential',
    method: 'POST',
    part: '/credentials',
    summary: 'Replaces a certificate, key, token or password of a plane, or checks that with `dryRun`.',
    description:
      'Adding a CA keeps the current certificates, so the agent stays connected while its certificate is replaced.',
    request: {
      schema: credentialReplacementSchema,
      example: {
        slot: 'clusterAgent.clientCA',
        action: 'add',
        text: '-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----\n',
        dryRun: true,
      },
    },
    answers: [jsonAnswer('What was or would be written.', credentialReplacementAnswerSchema)],
    problems: writeProblems('conflict', 'already-exists', 'managed-elsewhere', ...GONE),
  },
  {
    id: 'getPlaneReplacements',
    method: 'GET',
    part: '/replacements',
    summary:
      "Returns how a plane's credentials are stored, and which replacements can be finished or undone.",
    answers: [jsonAnswer("The plane's credentials.", replacementsAnswerSchema)],
    problems: readProblems(...GONE),
  },
  {
    id: 'settlePlaneReplacement',
    method: 'POST',
    part: '/replacements',
    summary: 'Finishes or undoes a replacement of a credential, or deletes the old material.',
    request: { schema: settlementSchema, example: { slot: 'clusterAgent.clientCA', action: 'restore' } },
    answers: [jsonAnswer('What was done.', settlementAnswerSchema)],
    problems: writeProblems('conflict', 'managed-elsewhere', ...GONE),
  },
];

/** What programs can do with one plane. */
export const PLANE_OPERATIONS: readonly ApiOperation[] = OPERATIONS.flatMap(forBothScopes);
