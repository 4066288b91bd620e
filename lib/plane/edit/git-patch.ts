import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { type JsonPath, withValueAt } from '@/lib/plane/json/json-path';
import { fieldOf, setField } from '@/lib/plane/json/merge-patch';
import { redactObject } from '@/lib/plane/masking/redact';
import type { ObjectChanges } from './object-changes';

/** Identifies the resource in a manifest. */
export interface ResourceName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string | undefined;
  readonly name: string;
}

/** Replaces a secret in a file for git. The person who commits the file fills it in. */
const PLACEHOLDER = '<not shown: add the secret here>';

/** A change to apply to the source that a plane is managed from. */
export interface GitPatch {
  /** The fields to set, in the structure of the whole resource, with a placeholder for each secret. */
  readonly manifest: JsonObject;
  /** The fields to remove, which a manifest can't express. */
  readonly removed: readonly JsonPath[];
}

/** Returns an edit's changes for the source that the plane is managed from. */
export function gitPatch(
  { apiVersion, kind, namespace, name }: ResourceName,
  { labels, annotations, spec }: ObjectChanges,
): GitPatch {
  const removed: JsonPath[] = [];
  const given: JsonObject = {
    metadata: { ...(labels ? { labels } : {}), ...(annotations ? { annotations } : {}) },
    ...(spec ? { spec } : {}),
  };
  const redacted = redactObject(withoutNulls(given, [], removed), 'keep');
  const shown = redacted.masked.reduce<JsonObject>(
    (object, path) => withValueAt(object, path, PLACEHOLDER),
    redacted.object as JsonObject,
  );
  const { metadata, spec: newSpec } = shown;
  const manifest: JsonObject = {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(isJsonObject(metadata) ? metadata : {}),
    },
    ...(isJsonObject(newSpec) ? { spec: newSpec } : {}),
  };
  return { manifest, removed };
}

/** Returns the part of a merge patch that sets values, and adds the paths it removes to `removed`. */
function withoutNulls(patch: JsonObject, path: JsonPath, removed: JsonPath[]): JsonObject {
  const set: JsonObject = {};
  for (const name of Object.keys(patch)) {
    const value: Json | undefined = fieldOf(patch, name);
    const at = [...path, name];
    if (value === undefined) removed.push(at);
    else if (!isJsonObject(value)) setField(set, name, value);
    else {
      const inner = withoutNulls(value, at, removed);
      if (Object.keys(inner).length > 0 || Object.keys(value).length === 0) setField(set, name, inner);
    }
  }
  return set;
}
