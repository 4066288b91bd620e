import { stringify } from 'yaml';
import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { REGISTRATION_ANNOTATION } from '@/lib/plane/model/annotations';

/** Objects as one YAML file, in the order in which they are to be applied. Lines are never folded. */
export function manifestYaml(objects: readonly JsonObject[]): string {
  return objects.map((object) => stringify(object, { lineWidth: 0 })).join('---\n');
}

/** An object for git, without the annotation by which Planeboard knows a retry of its own. */
export function withoutRegistration(object: JsonObject): JsonObject {
  const { metadata } = object;
  if (!isJsonObject(metadata) || !isJsonObject(metadata.annotations)) return object;
  const { [REGISTRATION_ANNOTATION]: _, ...annotations } = metadata.annotations;
  const { annotations: __, ...rest } = metadata;
  const kept = Object.keys(annotations).length > 0 ? { ...rest, annotations } : rest;
  return { ...object, metadata: kept };
}
