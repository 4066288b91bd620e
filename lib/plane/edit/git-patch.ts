import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import { type JsonPath, withValueAt } from '@/lib/plane/json/json-path';
import { fieldOf, setField } from '@/lib/plane/json/merge-patch';
import { redactObject } from '@/lib/plane/model/redact';
import type { ObjectChanges } from './object-changes';

/** What names the resource in a manifest. */
export interface ResourceName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string | undefined;
  readonly name: string;
}

/** In a file for git, where a secret has to be put by whoever commits it. */
const PLACEHOLDER = '<not shown: put the secret here>';

/** A change to put into the source that a plane is managed from. */
export interface GitPatch {
  /** The fields that are set, in the structure of the whole resource; a placeholder for each secret. */
  readonly manifest: JsonObject;
  /** The fields that are removed, which a manifest can't say. */
  readonly removed: readonly JsonPath[];
}

/** The fields that an edit changes, for the source that the plane is managed from. */
export function gitPatch(
  { apiVersion, kind, namespace, name }: ResourceName,
  { labels, annotations, spec }: ObjectChanges,
): GitPatch {
  const removed: JsonPath[] = [];
  const given: JsonObject = {
    metadata: { ...(labels ? { labels } : {}), ...(annotations ? { annotations } : {}) },
    ...(spec ? { spec } : {}),
  };
  const redacted = redactObject(withoutNulls(given, [], removed));
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

/** The part of a merge patch that sets something; the paths of what it takes away are added to `removed`. */
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
