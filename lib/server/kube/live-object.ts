import 'server-only';
import { PLANE_ANNOTATION, REGISTERED_BY_ANNOTATION } from '@/lib/plane/model/annotations';
import { shownMessage } from '@/lib/plane/model/shown-text';
import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import { z } from '@/lib/zod';
import { KubeError } from './kube-error';
import { type RequestedObject, requestedObject } from './requested-object';

const liveSchema = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string().optional(),
    uid: z.string(),
    resourceVersion: z.string(),
    creationTimestamp: z.string().optional(),
    deletionTimestamp: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
    managedFields: z
      .array(
        z.object({
          manager: z.string().optional(),
          operation: z.string().optional(),
          time: z.string().optional(),
          subresource: z.string().optional(),
        }),
      )
      .optional(),
  }),
  data: z.record(z.string(), z.string()).optional(),
  spec: z.unknown().optional(),
});

/**
 * An object as the API server has it. It may hold values of a Secret, so it must not leave the functions that
 * compare.
 */
export type LiveObject = z.infer<typeof liveSchema>;

/**
 * Parses the answer to a request for one object.
 *
 * @throws KubeError `bad-answer` when it is anything else
 */
export function parseLiveObject(body: unknown, wanted: RequestedObject): LiveObject {
  const read = liveSchema.safeParse(requestedObject(body, wanted)).data;
  if (!read) throw new KubeError('bad-answer', 'The API server returned an invalid object.');
  return read;
}

/** Returns a Secret's data as the API server stores it. */
export function encodedData(stringData: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(stringData).map(([key, text]) => [key, Buffer.from(text, 'utf8').toString('base64')]),
  );
}

const MAX_NAME_CHARACTERS = 200;

/** Returns when and by whom an object was created, as far as known: "created 2026-01-05 12:00:07 UTC by alice". */
export function creationText(live: LiveObject): string {
  const { annotations = {}, managedFields = [], creationTimestamp } = live.metadata;
  const when = creationTimestamp === undefined ? '' : ` ${utc(creationTimestamp)}`;
  const user = annotations[REGISTERED_BY_ANNOTATION];
  const plane = annotations[PLANE_ANNOTATION];
  const whatFor = plane ? ` for ${shownMessage(plane, MAX_NAME_CHARACTERS)}` : '';
  if (user) return `created${when} by ${shownMessage(user, MAX_NAME_CHARACTERS)}${whatFor}`;
  if (plane) return `created${when} by Planeboard${whatFor}`;
  // Controllers write the status; the earliest other entry is the creator's, or close to it.
  const [first] = managedFields
    .filter(({ manager, subresource }) => manager !== undefined && !subresource)
    .sort((a, b) => ((a.time ?? '') < (b.time ?? '') ? -1 : 1));
  return first?.manager === undefined
    ? `created${when}`
    : `created${when} by the field manager ${shownMessage(first.manager, MAX_NAME_CHARACTERS)}`;
}

function utc(time: string): string {
  const ms = parseTimeMs(time);
  return ms === null ? 'at an unknown time' : formatUtc(ms);
}
