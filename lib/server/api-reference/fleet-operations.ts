import 'server-only';
import { fleetChangesSchema, fleetSnapshotSchema, keepaliveSchema } from '@/lib/api/fleet';
import { z } from '@/lib/zod';
import { type ApiOperation, type ApiParameter, jsonAnswer, readProblems } from './operation';

/** Of every stream. */
export const ONCE_PARAMETER: ApiParameter = {
  name: 'once',
  in: 'query',
  description: 'With `true`, the stream ends after its first data, for programs that poll.',
  schema: z.enum(['true', 'false']),
};

/** What programs can do with all planes that they may see. */
export const FLEET_OPERATIONS: readonly ApiOperation[] = [
  {
    id: 'listPlanes',
    area: 'Planes',
    method: 'GET',
    path: '/api/planes',
    summary: 'Returns all planes that you may see, with their health.',
    description:
      'Before you rely on it, compare `serverTime` with `lastContactAt` of each source: after that, nothing is known about its planes. Filter and sort the planes yourself.',
    answers: [jsonAnswer('The planes.', fleetSnapshotSchema)],
    problems: readProblems('too-many-readers'),
  },
  {
    id: 'streamPlanes',
    area: 'Planes',
    method: 'GET',
    path: '/api/planes/stream',
    summary: 'Streams all planes that you may see: first all of them, then each change.',
    description:
      'After `resume`, or if the connection ends, connect again and send the last `id` as `Last-Event-ID`. You then get the changes since, or a new `snapshot`. A `keepalive` comes every 5 s, so treat the connection as dead after 12 s without a frame. The stream ends with your credential.',
    parameters: [
      {
        name: 'Last-Event-ID',
        in: 'header',
        description: 'The `id` of the last frame that you received.',
      },
      { name: 'since', in: 'query', description: "The same, for programs that can't set the header." },
      {
        name: 'heartbeats',
        in: 'query',
        description:
          'With `compact`, a plane in which only the heartbeat changed is sent in `heartbeats` instead of `upserts`.',
        schema: z.enum(['compact', 'full']),
      },
      ONCE_PARAMETER,
    ],
    answers: [
      {
        status: 200,
        description: 'Server-sent events.',
        body: {
          type: 'events',
          frames: {
            snapshot: fleetSnapshotSchema,
            changes: fleetChangesSchema,
            keepalive: keepaliveSchema,
            resume: z.object({}),
          },
        },
      },
    ],
    problems: readProblems('too-many-readers'),
  },
];
