import { finishedReplacements } from '@/lib/plane/credentials/replacement-record';
import { exactJson } from '@/lib/plane/json/exact-json';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { isCopyOfResource } from '@/lib/plane/masking/opaque-annotation';
import { REPLACED_ANNOTATION } from '@/lib/plane/model/annotations';
import { MAINTENANCE_REASON_ANNOTATION, MAINTENANCE_UNTIL_ANNOTATION } from '@/lib/plane/model/maintenance';
import type { Plane } from '@/lib/plane/model/plane';
import { PLANE_TEXT_FIELDS, PLANE_TEXTS, planeTextField } from '@/lib/plane/model/plane-texts';
import { cutText } from '@/lib/plane/model/shown-text';

/** The path of a field in a resource, from its top: `['spec', 'planeID']`. A list is one field. */
export type FieldPath = readonly string[];

/** A field of a plane whose changes a history reports. */
export interface TracedField {
  readonly path: FieldPath;
  /** Its value as JSON, secrets included. It must not be kept. */
  readonly json: string;
}

/** More fields than any release has. A larger spec counts as the fields directly below it. */
const MAX_FIELDS = 150;
const MAX_DEPTH = 12;
const MAX_NAME_LENGTH = 128;
/** Longer annotations are data of tools. */
const MAX_ANNOTATION_LENGTH = 4096;
const OWN_PREFIX = 'planeboard.openchoreo.dev/';

/** The top of a path that isn't in the plane's resource, but in a Secret that it refers to. */
const SECRET = 'secret';
/** Stands for the slot of the agent CA, which has another id in each release. */
export const AGENT_CA_SLOT = 'agent-ca';

/**
 * Returns the path of a credential in a Secret.
 *
 * @param secret as `<namespace>/<name>`
 * @param slot the id of the credential's slot
 */
export function secretPath(secret: string, key: string, slot: string): FieldPath {
  return [SECRET, secret, key, slot];
}

/** Returns the parts of such a path; null for a path in the resource. */
export function secretOf([top, secret = '', key = '', slot = '']: FieldPath) {
  return top === SECRET ? { secret, key, slot } : null;
}

/** Returns the fields of a row that people change. Their values are public. */
export function rowFields(plane: Plane): TracedField[] {
  const { labels, maintenance } = plane;
  const annotations = {
    ...Object.fromEntries(PLANE_TEXT_FIELDS.map((field) => [PLANE_TEXTS[field].annotation, plane[field]])),
    [MAINTENANCE_UNTIL_ANNOTATION]: maintenance?.until,
    [MAINTENANCE_REASON_ANNOTATION]: maintenance?.reason,
  };
  const found: TracedField[] = [];
  for (const [name, json] of Object.entries(annotations))
    if (json !== undefined) found.push({ path: ['metadata', 'annotations', name], json });
  for (const [name, json] of Object.entries(labels)) found.push({ path: ['metadata', 'labels', name], json });
  return found;
}

/**
 * Returns the annotations that a row doesn't have, except those in which tools keep data or copies of the resource.
 * More than `MAX_FIELDS` are all data. Never throws.
 *
 * @param raw the resource as the API server serves it
 */
export function annotationFields(raw: unknown): TracedField[] {
  const metadata = isJsonObject(raw) && isJsonObject(raw.metadata) ? raw.metadata : {};
  const annotations = isJsonObject(metadata.annotations) ? metadata.annotations : {};
  const found = replacedFields(annotations);
  const others = Object.entries(annotations);
  if (others.length > MAX_FIELDS) return found;
  for (const [name, value] of others) {
    if (typeof value === 'string' && value.length <= MAX_ANNOTATION_LENGTH && !isTracedOtherwise(name))
      found.push({ path: ['metadata', 'annotations', cutText(name, MAX_NAME_LENGTH)], json: value });
  }
  return found;
}

/** Planeboard's own annotations are texts and maintenance, which the row has, and notes on what it does. */
function isTracedOtherwise(name: string): boolean {
  return planeTextField(name) !== undefined || name.startsWith(OWN_PREFIX) || isCopyOfResource(name);
}

/** How a credential changed, in the path of its record, if the certificates before the last replacement were added again. */
export const RESTORED = 'restore';

/**
 * Returns a field for each slot whose credential was replaced, and how, because the material itself may be in a Secret.
 */
function replacedFields({ [REPLACED_ANNOTATION]: text }: JsonObject): TracedField[] {
  if (typeof text !== 'string') return [];
  return Object.entries(finishedReplacements({ [REPLACED_ANNOTATION]: text })).map(([slot, record]) => ({
    path: [
      'metadata',
      'annotations',
      REPLACED_ANNOTATION,
      cutText(slot, MAX_NAME_LENGTH),
      record.restored ? RESTORED : record.action,
    ],
    json: exactJson(record),
  }));
}

/**
 * Returns the fields of a spec. Never throws.
 *
 * @param raw the resource as the API server serves it
 */
export function specFields(raw: unknown): TracedField[] {
  const spec = isJsonObject(raw) ? raw.spec : undefined;
  if (spec === undefined || spec === null) return [];
  for (const depth of [MAX_DEPTH, 1]) {
    const fields = leavesOf(spec, ['spec'], depth, []);
    if (fields.length <= MAX_FIELDS) return fields;
  }
  return [{ path: ['spec'], json: jsonOf(spec) }];
}

function leavesOf(value: unknown, path: FieldPath, depth: number, found: TracedField[]): TracedField[] {
  if (!isJsonObject(value) || depth === 0 || Object.keys(value).length === 0) {
    found.push({ path, json: jsonOf(value) });
    return found;
  }
  for (const [name, child] of Object.entries(value)) {
    if (found.length > MAX_FIELDS) break;
    leavesOf(child, [...path, cutText(name, MAX_NAME_LENGTH)], depth - 1, found);
  }
  return found;
}

/** Returns a value as JSON; of one that is nested too deeply to be walked, only that. */
function jsonOf(value: unknown): string {
  try {
    return exactJson(value);
  } catch (error) {
    if (error instanceof RangeError) return 'nested too deeply';
    throw error;
  }
}
