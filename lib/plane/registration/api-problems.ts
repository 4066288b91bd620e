import { activeSlots } from '@/lib/plane/credentials/credential-slots';
import type { JsonPath } from '@/lib/plane/json/json-path';
import { DESCRIPTION_ANNOTATION, DISPLAY_NAME_ANNOTATION } from '@/lib/plane/model/annotations';
import { withoutSecret } from '@/lib/plane/model/redact';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import { z } from '@/lib/zod';
import type { Draft, DraftProblem } from './draft';
import { credentialOf } from './new-draft';

/** The object that an answer of the API server is about, where that is a Secret; without it, the plane. */
export interface AnsweredSecret {
  readonly namespace: string;
  readonly name: string;
}

/**
 * The field of the draft that a field of the API server's answer stands for, such as `spec.gateway.publicVirtualHost`,
 * `metadata.annotations[openchoreo.dev/display-name]` or, of a Secret, `data[ca.crt]`. Empty when it stands for none.
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

/** `spec.hosts[0].name` and `metadata.labels[a.b/c]` taken apart; an index becomes a number. */
function segmentsOf(apiField: string): (string | number)[] {
  return [...apiField.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)].map(([whole, bracketed]) => {
    if (bracketed === undefined) return whole;
    const inner = bracketed.replace(/^"|"$/g, '');
    return /^\d+$/.test(inner) ? Number(inner) : inner;
  });
}

function metadataPath(field: string | number | undefined, name: string | number | undefined): JsonPath {
  if (field === 'name' || field === 'namespace') return [field];
  if (field !== 'annotations') return [];
  if (name === DISPLAY_NAME_ANNOTATION) return ['displayName'];
  return name === DESCRIPTION_ANNOTATION ? ['description'] : [];
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
 * The problems that an API server's Status tells of, each at the field of the draft that it belongs to. Values that it
 * quotes of credentials are left out. Empty when it is no Status.
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
    message: `The API server refuses this: ${textOf(message, secret !== undefined || path[0] === 'credentials')}`,
  });
  const unknownFields = (message: string) =>
    [...message.matchAll(/unknown field "([^"]+)"/g)].map(([, field = '']) =>
      problem(draftPathOf(field, draft, kind, secret), `it knows no field ${field}.`),
    );
  const causes = (read.details?.causes ?? [])
    .filter(({ message }) => !message?.startsWith(NOT_CHECKED))
    .flatMap(({ field = '', message = '' }) => {
      // Of a patch, the cause is the patch as a whole, and only its message names the fields.
      const unknown = unknownFields(message);
      return unknown.length > 0 ? unknown : [problem(draftPathOf(field, draft, kind, secret), message)];
    });
  if (causes.length > 0) return causes;
  const message = read.message ?? '';
  const unknown = unknownFields(message);
  if (unknown.length > 0) return unknown;
  return message === '' ? [] : [problem([], message)];
}

/** Said beside other causes, of rules that wait until those are mended. */
const NOT_CHECKED = 'some validation rules were not checked';

/** A quoted value, as Go writes it, or an object after "Invalid value". */
const QUOTED_VALUE =
  /(Invalid value|Unsupported value|Duplicate value): ("(?:[^"\\]|\\.)*"|\{.*?\}|[^\s:]+)(: )?/g;

/**
 * The message without what repeats the field or its value: a value stands in the input already, and that of a
 * credential must not come back at all.
 */
function textOf(message: string, isSecret: boolean): string {
  const short = message
    .replace(QUOTED_VALUE, '')
    .replace(/(must be of type \w+): "\w+"$/, '$1')
    .replace(/^Required value$/, 'a value is required')
    .replace(/^spec(\.[\w[\]]+)* in body /, '')
    .trim();
  const text = withoutSecret(isSecret ? short.replace(/"(?:[^"\\]|\\.)*"/g, '"…"') : short);
  if (text === '') return 'the value is invalid.';
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
