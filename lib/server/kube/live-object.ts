import 'server-only';
import {
  PLANE_ANNOTATION,
  REGISTERED_BY_ANNOTATION,
  REGISTRATION_ANNOTATION,
} from '@/lib/plane/model/annotations';
import type { PlannedObject } from '@/lib/server/registration/planned-object';
import { z } from '@/lib/zod';
import { KubeError } from './kube-error';

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

/** An object as the API server has it. Values of a Secret are in it: it must not leave the functions that compare. */
export type LiveObject = z.infer<typeof liveSchema>;

/** Throws a KubeError `bad-answer` for what is no object. */
export function readLiveObject(body: unknown): LiveObject {
  const read = liveSchema.safeParse(body).data;
  if (!read) throw new KubeError('bad-answer', 'The API server sent something that is no object.');
  return read;
}

/** Whether the registration of that id wrote it. */
export function isOfRegistration(live: LiveObject, id: string): boolean {
  return live.metadata.annotations?.[REGISTRATION_ANNOTATION] === id;
}

/** Whether it is what is to be written, possibly with defaults and what controllers add beside it. */
export function holdsPlanned(live: LiveObject, planned: PlannedObject): boolean {
  const { metadata } = planned.manifest;
  const { [REGISTERED_BY_ANNOTATION]: _by, ...annotations } = metadata.annotations;
  const labels = 'labels' in metadata ? metadata.labels : {};
  if (!contains(live.metadata, { name: metadata.name, labels, annotations })) return false;
  return planned.type === 'plane'
    ? contains(live.spec ?? {}, planned.manifest.spec)
    : contains(live.data ?? {}, encodedData(planned.manifest.stringData));
}

/** A Secret's data as the API server keeps them. */
export function encodedData(stringData: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(stringData).map(([key, text]) => [key, Buffer.from(text, 'utf8').toString('base64')]),
  );
}

/** Whether all of `wanted` is in `found`. Lists must be of the same length: their order means something. */
export function contains(found: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(found) &&
      found.length === wanted.length &&
      wanted.every((item, index) => contains(found[index], item))
    );
  }
  if (!isRecord(wanted)) return found === wanted;
  if (!isRecord(found)) return Object.keys(wanted).length === 0 && found === undefined;
  return Object.entries(wanted).every(([name, value]) =>
    contains(Object.hasOwn(found, name) ? found[name] : undefined, value),
  );
}

/** Whether the object's spec refers to a Secret of that name, wherever it does. */
export function refersToSecret(live: LiveObject, name: string): boolean {
  const holds = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.some(holds);
    if (!isRecord(value)) return false;
    return (value.name === name && 'key' in value) || Object.values(value).some(holds);
  };
  return holds(live.spec);
}

const MAX_NAME_CHARACTERS = 200;

/** Who made it and when, as far as it tells: "created 2026-01-05 12:00:07 UTC by alice". */
export function madeBy(live: LiveObject): string {
  const { annotations = {}, managedFields = [], creationTimestamp } = live.metadata;
  const when = creationTimestamp === undefined ? '' : ` ${utc(creationTimestamp)}`;
  const user = annotations[REGISTERED_BY_ANNOTATION];
  const plane = annotations[PLANE_ANNOTATION];
  const whatFor = plane ? ` for ${plane.slice(0, MAX_NAME_CHARACTERS)}` : '';
  if (user) return `created${when} by ${user.slice(0, MAX_NAME_CHARACTERS)}${whatFor}`;
  if (plane) return `created${when} by Planeboard${whatFor}`;
  // A status is written by controllers; the earliest other entry is whoever made it, or nearly so.
  const [first] = managedFields
    .filter(({ manager, subresource }) => manager !== undefined && !subresource)
    .sort((a, b) => ((a.time ?? '') < (b.time ?? '') ? -1 : 1));
  return first?.manager === undefined
    ? `created${when}`
    : `created${when} by the field manager ${first.manager}`;
}

function utc(time: string): string {
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) return 'at an unknown time';
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
