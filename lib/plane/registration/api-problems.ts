import { activeSlots } from '@/lib/plane/credentials/credential-slots';
import type { JsonPath } from '@/lib/plane/json/json-path';
import { MAX_SEARCHED_LENGTH, withoutSecret } from '@/lib/plane/masking/secret-text';
import { planeTextField } from '@/lib/plane/model/plane-texts';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { z } from '@/lib/zod';
import type { Draft, DraftProblem } from './draft';
import { credentialOf } from './new-draft';
import { withoutRepeats } from './without-repeats';

/** The Secret that an API server's answer is about. Without it, the answer is about the plane. */
export interface AnsweredSecret {
  readonly namespace: string;
  readonly name: string;
}

/**
 * Returns the draft's field for a field in the API server's answer, such as `spec.gateway.publicVirtualHost`,
 * `metadata.annotations[openchoreo.dev/display-name]` or, for a Secret, `data[ca.crt]`. Returns an empty path if the
 * draft has no such field.
 */
export function draftPathOf(
  apiField: string,
  draft: Draft,
  kind: InstalledKind,
  secret?: AnsweredSecret,
): JsonPath {
  const segments = segmentsOf(apiField);
  const [root, second, third] = segments;
  if (secret) return secretPath(segments, draft, kind, secret);
  if (root === 'metadata') return metadataPath(second, third);
  if (root !== 'spec') return [];
  const path = segments.slice(1);
  const slot = activeSlots(kind, draft).find((one) => one.path.every((name, index) => name === path[index]));
  if (!slot) return ['spec', ...path];
  const [reference, part] = path.slice(slot.path.length);
  const isPlace = reference === slot.refField && (part === 'name' || part === 'namespace' || part === 'key');
  return ['credentials', slot.id, isPlace ? part : 'text'];
}

/** Splits `spec.hosts[0].name` and `metadata.labels[a.b/c]` into segments. Indexes become numbers. */
function segmentsOf(apiField: string): (string | number)[] {
  return [...apiField.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)].map(([whole, bracketed]) => {
    if (bracketed === undefined) return whole;
    const inner = bracketed.replace(/^"|"$/g, '');
    return /^\d+$/.test(inner) ? Number(inner) : inner;
  });
}

function metadataPath(field: string | number | undefined, name: string | number | undefined): JsonPath {
  if (field === 'name' || field === 'namespace') return [field];
  if (field === 'labels') return name === undefined ? ['labels'] : ['labels', name];
  if (field !== 'annotations') return [];
  const text = planeTextField(String(name));
  return text === undefined ? [] : [text];
}

function secretPath(
  [root, second]: readonly (string | number)[],
  draft: Draft,
  kind: InstalledKind,
  secret: AnsweredSecret,
): JsonPath {
  const slots = activeSlots(kind, draft).filter((slot) => {
    const { source, namespace, name } = credentialOf(draft, slot, kind);
    return (
      source === 'new-secret' && name === secret.name && (namespace || draft.namespace) === secret.namespace
    );
  });
  const [first] = slots;
  if (!first) return [];
  if (root === 'metadata') {
    return second === 'name' || second === 'namespace' ? ['credentials', first.id, second] : [];
  }
  if (root !== 'data' && root !== 'stringData') return [];
  const slot = slots.find((one) => credentialOf(draft, one, kind).key === second) ?? first;
  return ['credentials', slot.id, 'key'];
}

const statusSchema = z.object({
  message: z.string().optional(),
  details: z
    .object({
      causes: z.array(z.object({ field: z.string().optional(), message: z.string().optional() })).nullish(),
    })
    .nullish(),
});

/**
 * Returns the problems in an API server's Status, each at its field of the draft, without quoted credential values.
 * Returns an empty list if it isn't a Status.
 */
export function problemsOfStatus(
  status: unknown,
  draft: Draft,
  kind: InstalledKind,
  secret?: AnsweredSecret,
): DraftProblem[] {
  const read = statusSchema.safeParse(status).data;
  if (!read) return [];
  const problem = (path: JsonPath, message: string): DraftProblem => ({
    path,
    severity: 'error',
    message: `Rejected by the API server: ${textOf(message, secret !== undefined || path[0] === 'credentials')}`,
  });
  const unknownFields = (message: string) =>
    [...message.matchAll(/unknown field "([^"]+)"/g)].map(([, field = '']) =>
      problem(draftPathOf(field, draft, kind, secret), `unknown field ${field}.`),
    );
  const causes = (read.details?.causes ?? [])
    .filter(({ message }) => !message?.startsWith(NOT_CHECKED))
    .flatMap(({ field = '', message = '' }) => {
      // The cause of a rejected patch is the patch as a whole. Only its message names the fields.
      const unknown = unknownFields(message);
      if (unknown.length > 0) return unknown;
      const path = draftPathOf(field, draft, kind, secret);
      // Labels and annotations have no field of their own, so the message names them.
      const isNamed = path.length === 0 && /^metadata\.(?:labels|annotations)$/.test(field);
      const rejected = problem(path, message);
      return [isNamed ? { ...rejected, message: `In ${field}: ${rejected.message}` } : rejected];
    });
  // The API server checks metadata several times, and repeats what it finds.
  if (causes.length > 0) return withoutRepeats(causes);
  const message = read.message ?? '';
  const unknown = unknownFields(message);
  if (unknown.length > 0) return unknown;
  return message === '' ? [] : [problem([], message)];
}

/** Reported beside other causes, for rules that wait until those are fixed. */
const NOT_CHECKED = 'some validation rules were not checked';

/** A quoted value as Go writes it, or an object after "Invalid value". */
const QUOTED_VALUE =
  /(Invalid value|Unsupported value|Duplicate value): ("(?:[^"\\]|\\.)*"|\{.*?\}|[^\s:]+)(: )?/g;

/**
 * Returns the message without the field's name and value. The input already shows the value, and a credential's value
 * must not be repeated.
 */
function textOf(message: string, isSecret: boolean): string {
  const short = message
    .slice(0, MAX_SEARCHED_LENGTH)
    .replace(QUOTED_VALUE, '')
    .replace(/(must be of type \w+): "\w+"$/, '$1')
    .replace(/^Required value$/, 'a value is required')
    .replace(/^spec(\.[\w[\]]+)* in body /, '')
    .trim();
  const text = withoutSecret(isSecret ? short.replace(/"(?:[^"\\]|\\.)*"/g, '"…"') : short);
  if (text === '') return 'the value is invalid.';
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
