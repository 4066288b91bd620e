import { stringify } from 'yaml';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import type { JsonPath } from '@/lib/plane/json/json-path';
import { MASK } from '@/lib/plane/json/mask';
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

/**
 * The fields that an edit changes, as YAML in the shape of the whole resource: to be put into the source that the plane
 * is kept in. What is taken away stands above as comments, since a manifest cannot say it. Secrets are left out.
 */
export function gitPatch(
  { apiVersion, kind, namespace, name }: ResourceName,
  changes: ObjectChanges,
): string {
  const { labels, annotations, spec } = changes;
  const removed: JsonPath[] = [];
  const given: JsonObject = {
    metadata: { ...(labels ? { labels } : {}), ...(annotations ? { annotations } : {}) },
    ...(spec ? { spec } : {}),
  };
  const set = withoutNulls(given, [], removed);
  const shown = redactObject(set).object as JsonObject;
  const { metadata, spec: newSpec } = shown;
  const manifest = {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(isJsonObject(metadata) ? metadata : {}),
    },
    ...(isJsonObject(newSpec) ? { spec: newSpec } : {}),
  };
  const comments = removed.map((path) => `# Take away: ${path.join('.')}\n`).join('');
  return comments + stringify(manifest, { lineWidth: 0 }).replaceAll(MASK, PLACEHOLDER);
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
