import type { Credential, SpecDraft } from '@/lib/plane/credentials/credential';
import { type ActiveSlot, activeSlots, isPresent } from '@/lib/plane/credentials/credential-slots';
import { writtenMaterial } from '@/lib/plane/credentials/written-material';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import type { JsonPath } from '@/lib/plane/json/json-path';
import { setField } from '@/lib/plane/json/merge-patch';
import { numberOf } from '@/lib/plane/schema/check-value';
import { expectsHostOrUrl } from '@/lib/plane/schema/field-kind';
import { orderedFields } from '@/lib/plane/schema/field-text';
import { type InstalledKind, specSchema } from '@/lib/plane/schema/installed-kind';
import { childNode, type SchemaNode, schemaAt } from '@/lib/plane/schema/schema-node';
import { isUnparsed } from '@/lib/plane/schema/unparsed';
import { credentialOf } from './new-draft';

/**
 * Returns the spec that a draft writes: the schema's fields that the draft fills in. Omits empty texts, lists and
 * optional groups, and the part for the connection that wasn't chosen. Each credential is in its place as a value or
 * a reference, never both.
 */
export function specOf(draft: SpecDraft, kind: InstalledKind): JsonObject {
  const slots = new Map(activeSlots(kind, draft).map((slot) => [slot.id, slot]));
  return new SpecBuilder(draft, kind, slots).fields(specSchema(kind), draft.spec, []);
}

/** Returns whether a slot is written: required ones always, others when they have input. */
export function isFilledIn(slot: ActiveSlot, credential: Credential): boolean {
  if (slot.required) return true;
  return credential.source === 'existing-secret' ? credential.name !== '' : credential.text.trim() !== '';
}

class SpecBuilder {
  constructor(
    private readonly draft: SpecDraft,
    private readonly kind: InstalledKind,
    private readonly slots: ReadonlyMap<string, ActiveSlot>,
  ) {}

  fields(node: SchemaNode, value: Json | undefined, path: readonly string[]): JsonObject {
    const object: JsonObject = {};
    for (const [name, child] of orderedFields(Object.entries(node.properties ?? {}))) {
      const given = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
      const built = this.part(child, given, [...path, name]);
      if (built !== undefined) setField(object, name, built);
    }
    return object;
  }

  /** Builds a field outside lists and maps, where credentials and parts of the connection can occur. */
  private part(node: SchemaNode, value: Json | undefined, path: readonly string[]): Json | undefined {
    const slot = this.slots.get(path.join('.'));
    if (slot) return this.credential(slot);
    if (node.type !== 'object' || node.additionalProperties) return plainValue(node, value, path);
    if (!isPresent(this.kind, this.draft, path)) return undefined;
    const isAgent = path.length === 1 && path[0] === 'agent' && schemaAt(node, ['enabled']);
    const object = this.fields(node, isAgent ? { ...asObject(value), enabled: true } : value, path);
    const isMarker = Object.keys(node.properties ?? {}).length === 0;
    return node.required || isMarker || hasContent(node, object) ? object : undefined;
  }

  private credential(slot: ActiveSlot): Json | undefined {
    const credential = credentialOf(this.draft, slot, this.kind);
    if (!isFilledIn(slot, credential)) return undefined;
    const text = writtenMaterial(slot, credential.text);
    if (slot.refField === null) return text === '' ? undefined : text;
    if (credential.source === 'inline') return text === '' ? {} : { value: text };
    const { namespace, name, key } = credential;
    const reference = Object.entries({ name, namespace, key }).filter(([, part]) => part !== '');
    return { [slot.refField]: Object.fromEntries(reference) };
  }
}

/** Returns whether anything is filled in. A required group is part of the spec even while it is empty. */
function hasContent(node: SchemaNode, object: JsonObject): boolean {
  return Object.entries(object).some(([name, value]) => {
    const child = childNode(node, name);
    const isEmptyGroup = child?.required === true && isJsonObject(value) && !child.additionalProperties;
    return !isEmptyGroup || hasContent(child, value);
  });
}

function asObject(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** Returns a value without credentials in the schema's form, or undefined to omit it. */
function plainValue(node: SchemaNode, value: Json | undefined, path: JsonPath): Json | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (node.type === 'any') return isUnparsed(value) ? undefined : value;
  if (node.type === 'array') return listValue(node, value, path);
  if (node.type === 'object') return objectValue(node, value, path);
  if (typeof value === 'object') return undefined;
  if (typeof value !== 'string') return value;
  if (value.trim() === '') return undefined;
  if (node.type === 'integer' || node.type === 'number') return numberOf(value) ?? value;
  return expectsHostOrUrl(node, path) ? value.trim() || undefined : value;
}

function listValue(node: SchemaNode, value: Json, path: JsonPath): Json | undefined {
  if (!Array.isArray(value)) return undefined;
  const item = node.items ?? { type: 'any' };
  const items = value
    .map((one, index) => plainValue(item, one, [...path, index]))
    .filter((one): one is Json => one !== undefined);
  return items.length > 0 ? items : undefined;
}

function objectValue(node: SchemaNode, value: Json, path: JsonPath): Json | undefined {
  if (!isJsonObject(value)) return undefined;
  const { additionalProperties: values, properties = {} } = node;
  const entries = Object.entries(value).flatMap(([name, given]): [string, Json][] => {
    const child = Object.hasOwn(properties, name) ? properties[name] : values;
    const built = child && plainValue(child, given, [...path, name]);
    // The value of a label or annotation may be empty.
    if (built === undefined) return values?.type === 'string' && given === '' ? [[name, '']] : [];
    return [[name, built]];
  });
  return entries.length > 0 || node.required ? Object.fromEntries(entries) : undefined;
}
