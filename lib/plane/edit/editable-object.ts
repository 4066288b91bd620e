import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { withValueAt } from '@/lib/plane/json/json-path';
import { REFRESHED_AT_ANNOTATION } from '@/lib/plane/model/annotations';
import type { Plane } from '@/lib/plane/model/plane';
import { planeKey } from '@/lib/plane/model/plane-path';

/** The state of a plane that an edit starts from. */
export interface EditBase {
  /** The plane's uid. A plane recreated under the same name has another one. */
  readonly uid: string;
  /** The plane's key from `planeKey`. It survives deleting and recreating the plane. */
  readonly planeKey: string;
  readonly resourceVersion: string;
  /** Counts changes of the spec, including those of masked secrets. */
  readonly generation: number;
  /** The editable part of the resource in its own structure: labels, annotations and spec, secrets masked. */
  readonly object: JsonObject;
}

/**
 * Returns the editable part of a plane. Leaves out the time of the last refresh, which says nothing about the plane.
 */
export function editBaseOf({
  plane,
  annotations,
  spec,
}: {
  readonly plane: Plane;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec?: unknown;
}): EditBase {
  const { [REFRESHED_AT_ANNOTATION]: _refreshedAt, ...own } = annotations;
  return {
    uid: plane.uid,
    planeKey: planeKey(plane),
    resourceVersion: plane.resourceVersion,
    generation: plane.generation,
    object: editableObject(plane.labels, own, isJsonObject(spec) ? spec : {}),
  };
}

/** Assembles the object in the resource's structure, without empty metadata groups. */
function editableObject(labels: JsonObject, annotations: JsonObject, spec: JsonObject): JsonObject {
  const metadata = {
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
    ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
  };
  return { ...(Object.keys(metadata).length > 0 ? { metadata } : {}), spec };
}

/** Returns the spec of an edited object, or an empty object if the spec is missing or isn't an object. */
export function specIn(object: JsonObject): JsonObject {
  return isJsonObject(object.spec) ? object.spec : {};
}

/** Returns the text of an annotation, or an empty text. */
export function annotationIn(object: JsonObject, name: string): string {
  const { metadata } = object;
  const annotations = isJsonObject(metadata) ? metadata.annotations : undefined;
  const text = isJsonObject(annotations) && Object.hasOwn(annotations, name) ? annotations[name] : undefined;
  return typeof text === 'string' ? text : '';
}

/** Returns the object with the text of an annotation. An empty text removes the annotation. */
export function withAnnotation(object: JsonObject, name: string, text: string): JsonObject {
  const changed = withValueAt(object, ['metadata', 'annotations', name], text === '' ? undefined : text);
  return withoutEmptyMetadata(changed);
}

/** Returns the labels of an edited object whose values are texts. */
export function labelsIn(object: JsonObject): Readonly<Record<string, string>> {
  const { metadata } = object;
  const labels = isJsonObject(metadata) ? metadata.labels : undefined;
  return Object.fromEntries(
    Object.entries(isJsonObject(labels) ? labels : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** Returns the object with other labels. */
export function withLabels(object: JsonObject, labels: Readonly<Record<string, string>>): JsonObject {
  return withoutEmptyMetadata(withValueAt(object, ['metadata', 'labels'], { ...labels }));
}

/** Removes empty groups, which would otherwise look like a difference. */
function withoutEmptyMetadata(object: JsonObject): JsonObject {
  const { metadata } = object;
  if (!isJsonObject(metadata)) return object;
  const groups = Object.entries(metadata).filter(
    ([, group]) => !isJsonObject(group) || Object.keys(group).length > 0,
  );
  return withValueAt(object, ['metadata'], groups.length > 0 ? Object.fromEntries(groups) : undefined);
}
