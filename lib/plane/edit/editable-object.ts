import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import { withValueAt } from '@/lib/plane/json/json-path';
import { REFRESHED_AT_ANNOTATION } from '@/lib/plane/model/annotations';
import type { Plane } from '@/lib/plane/model/plane';
import { planeKey } from '@/lib/plane/model/plane-path';

/** The state of a plane that an edit begins with. */
export interface EditBase {
  /** Whose state it is. A plane that was made anew under the same name is another one. */
  readonly uid: string;
  /** The plane's name to people, as `planeKey` makes it: what outlives its being deleted and made anew. */
  readonly planeKey: string;
  readonly resourceVersion: string;
  /** Counts the changes of the spec, those of masked secrets included. */
  readonly generation: number;
  /** What of the resource can be edited, in its own structure: labels, annotations and spec, secrets masked. */
  readonly object: JsonObject;
}

/** What can be edited of a plane that was read. The time of the last refresh is left out: it says nothing about the plane. */
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

/** The object in the resource's structure; groups of metadata that are empty are left out. */
export function editableObject(labels: JsonObject, annotations: JsonObject, spec: JsonObject): JsonObject {
  const metadata = {
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
    ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
  };
  return { ...(Object.keys(metadata).length > 0 ? { metadata } : {}), spec };
}

/** The spec of an edited object; empty where it has none, or something else in its place. */
export function specIn(object: JsonObject): JsonObject {
  return isJsonObject(object.spec) ? object.spec : {};
}

/** The text of an annotation; empty where there is none. */
export function annotationIn(object: JsonObject, name: string): string {
  const { metadata } = object;
  const annotations = isJsonObject(metadata) ? metadata.annotations : undefined;
  const text = isJsonObject(annotations) && Object.hasOwn(annotations, name) ? annotations[name] : undefined;
  return typeof text === 'string' ? text : '';
}

/** The object with the text of an annotation; an empty one takes the annotation away. */
export function withAnnotation(object: JsonObject, name: string, text: string): JsonObject {
  const changed = withValueAt(object, ['metadata', 'annotations', name], text === '' ? undefined : text);
  return withoutEmptyMetadata(changed);
}

/** An empty group is none: it must not look like a difference. */
function withoutEmptyMetadata(object: JsonObject): JsonObject {
  const { metadata } = object;
  if (!isJsonObject(metadata)) return object;
  const kept = Object.entries(metadata).filter(
    ([, group]) => !isJsonObject(group) || Object.keys(group).length > 0,
  );
  return withValueAt(object, ['metadata'], kept.length > 0 ? Object.fromEntries(kept) : undefined);
}
