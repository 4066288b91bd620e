import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { credentialSlots } from '@/lib/plane/credentials/credential-slots';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { type JsonPath, samePath, valueAt } from '@/lib/plane/json/json-path';
import { MASK } from '@/lib/plane/masking/mask';
import { labelProblems } from '@/lib/plane/model/label-problems';
import { PLANE_TEXT_FIELDS, PLANE_TEXTS } from '@/lib/plane/model/plane-texts';
import type { DraftProblem } from '@/lib/plane/registration/draft';
import { withoutRepeats } from '@/lib/plane/registration/without-repeats';
import { type InstalledKind, specSchema } from '@/lib/plane/schema/installed-kind';
import { childNode, type SchemaNode } from '@/lib/plane/schema/schema-node';
import { annotationIn, labelsIn } from './editable-object';
import { changesOfObject } from './object-changes';
import type { MaskProblem } from './restore-masked';
import { unknownFieldHint, visibleName } from './unknown-field';

/** Returns the schema of the editable part of a kind's resource. */
export function editableSchema(kind: InstalledKind): SchemaNode {
  const texts: SchemaNode = { type: 'object', additionalProperties: { type: 'string' } };
  return {
    type: 'object',
    properties: {
      metadata: { type: 'object', properties: { labels: texts, annotations: texts } },
      spec: { ...specSchema(kind), required: true },
    },
  };
}

/**
 * Returns all problems of an edited object, with the resource's paths. Of a field that the object itself can't have, the
 * form's rules know less, so only the object's problem is returned.
 *
 * @param before the stored object
 * @param ofForm the problems of the edit by the form's rules, with paths of its draft
 */
export function editedObjectProblems(
  before: JsonObject,
  object: JsonObject,
  ofForm: readonly DraftProblem[],
  kind: InstalledKind,
): DraftProblem[] {
  const ofObject = objectProblems(before, object, kind);
  const others = resourceProblems(ofForm, kind).filter(
    (problem) => !ofObject.some(({ path }) => samePath(path, problem.path)),
  );
  return withoutRepeats([...ofObject, ...others]);
}

/**
 * Returns what can't be written in an edited object, beyond the rules of its fields. Paths are the resource's.
 *
 * @param before the stored object
 */
export function objectProblems(before: JsonObject, object: JsonObject, kind: InstalledKind): DraftProblem[] {
  const edited = changesOfObject(before, object);
  const schema = editableSchema(kind);
  const fixed = ('problems' in edited ? edited.problems : []).map((problem) =>
    unknownOrFixed(schema, problem),
  );
  const ofLabels = labelProblems(labelsIn(object), labelsIn(before)).map(
    ({ key, severity, message }): DraftProblem => ({ path: ['metadata', 'labels', key], severity, message }),
  );
  return [
    ...textProblems(before, object),
    ...ofLabels.filter(({ path }) => isChangedLabel(before, object, String(path[2]))),
    ...withoutRepeats(fixed.map(({ path, message }) => ({ path, severity: 'error', message }))),
    ...unknownFields(schema, schema, object, []).filter(
      (problem) => !fixed.some(({ path }) => samePath(path, problem.path)),
    ),
  ];
}

/** Returns what is wrong with the plane's texts. Only what changes is judged. */
function textProblems(before: JsonObject, object: JsonObject): DraftProblem[] {
  return PLANE_TEXT_FIELDS.flatMap((field): DraftProblem[] => {
    const { annotation, problem } = PLANE_TEXTS[field];
    const text = annotationIn(object, annotation);
    const message = text === annotationIn(before, annotation) ? null : problem(text);
    return message === null
      ? []
      : [{ path: ['metadata', 'annotations', annotation], severity: 'error', message }];
  });
}

/** What is stored was accepted, so only what changes is judged. */
function isChangedLabel(before: JsonObject, object: JsonObject, key: string): boolean {
  const [stored, edited] = [labelsIn(before), labelsIn(object)];
  return !Object.hasOwn(stored, key) || stored[key] !== edited[key];
}

/** Translates the paths of a form draft's problems into the resource's paths. */
function resourceProblems(problems: readonly DraftProblem[], kind: InstalledKind): DraftProblem[] {
  const slots = credentialSlots(kind);
  return problems.map((problem) => ({ ...problem, path: resourcePath(problem.path, slots) }));
}

function resourcePath(path: JsonPath, slots: readonly CredentialSlot[]): JsonPath {
  const [part, slotId, field] = path;
  if (part !== 'credentials') return path;
  const slot = slots.find(({ id }) => id === slotId);
  if (!slot) return ['spec'];
  const { refField } = slot;
  if (refField === null) return ['spec', ...slot.path];
  if (field === 'text') return ['spec', ...slot.path, 'value'];
  return ['spec', ...slot.path, ...(field === undefined || field === 'source' ? [] : [refField, field])];
}

/** Fields of a resource and of its metadata that no schema lists, because the API server maintains them. */
const RESOURCE_FIELDS = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'status']);
const METADATA_FIELDS = new Set([
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'finalizers',
  'ownerReferences',
  'managedFields',
  'selfLink',
]);

/** Returns the problem of a field that can't be changed, or of one that no resource has: at its own path. */
function unknownOrFixed(schema: SchemaNode, problem: MaskProblem): MaskProblem {
  const [top, second] = problem.path;
  if (!RESOURCE_FIELDS.has(String(top))) return unknownField(schema, problem.path.slice(0, 1));
  if (top !== 'metadata' || second === undefined || METADATA_FIELDS.has(String(second))) return problem;
  return unknownField(schema, problem.path.slice(0, 2));
}

function unknownField(schema: SchemaNode, path: JsonPath): MaskProblem {
  const hint = unknownFieldHint(schema, path);
  const name = (path[0] === 'spec' ? path.slice(1) : path).join('.');
  const message = `Unknown field ${visibleName(name)}. This installation's API doesn't define it.`;
  return { path, message: hint === null ? message : `${message} ${hint}` };
}

function unknownFields(
  root: SchemaNode,
  node: SchemaNode,
  value: Json | undefined,
  path: JsonPath,
): DraftProblem[] {
  if (Array.isArray(value)) {
    const { items } = node;
    return items ? value.flatMap((item, index) => unknownFields(root, items, item, [...path, index])) : [];
  }
  if (!isJsonObject(value) || node.type !== 'object') return [];
  return Object.entries(value).flatMap(([name, child]) => {
    const known = childNode(node, name) ?? node.additionalProperties;
    const at = [...path, name];
    if (known) return unknownFields(root, known, child, at);
    // Unknown metadata fields are already reported as problems of the change.
    if (path[0] !== 'spec') return [];
    return [{ ...unknownField(root, at), severity: 'error' as const }];
  });
}

/** Returns the ids of the slots whose secret is stored inline and shown as the mask. */
export function inlineSecrets(object: JsonObject, kind: InstalledKind): ReadonlySet<string> {
  const isInline = ({ path, refField }: CredentialSlot) =>
    valueAt(object, ['spec', ...path, ...(refField === null ? [] : ['value'])]) === MASK;
  return new Set(
    credentialSlots(kind)
      .filter(isInline)
      .map(({ id }) => id),
  );
}
