import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import type { JsonPath } from '@/lib/plane/json/json-path';
import { changedPaths, mergePatchOf } from '@/lib/plane/json/merge-patch';
import type { MaskProblem } from './restore-masked';

/** What of a plane can be changed, as merge patches: a null takes a label, an annotation or a field away. */
export interface ObjectChanges {
  readonly labels?: Record<string, string | null>;
  readonly annotations?: Record<string, string | null>;
  readonly spec?: JsonObject;
}

export type EditedObject =
  | { readonly changes: ObjectChanges }
  | { readonly problems: readonly MaskProblem[] };

/**
 * What an edited resource changes, as it was written as YAML. Labels, annotations and spec can be changed; everything
 * else belongs to the API server or its controllers, and an edit of it is a problem rather than silently dropped.
 *
 * @param before the resource as it was shown, secrets masked
 * @param after what somebody made of it
 */
export function changesOfObject(before: JsonObject, after: JsonObject): EditedObject {
  const problems = changedPaths(before, after)
    .filter((path) => !isEditable(path))
    .map((path) => ({ path, message: fixedField(path) }));
  const names = ['labels', 'annotations'] as const;
  for (const name of names) {
    const given = groupIn(metadataOf(after), name);
    for (const [key, value] of Object.entries(given)) {
      if (typeof value === 'string' || value === null) continue;
      const message = `A value of ${name} is a text: write it in quotes.`;
      problems.push({ path: ['metadata', name, key], message });
    }
  }
  if (after.spec !== undefined && after.spec !== null && !isJsonObject(after.spec))
    problems.push({ path: ['spec'], message: 'Fields are meant here.' });
  if (problems.length > 0) return { problems };
  const texts = (name: (typeof names)[number]) =>
    mergePatchOf(groupIn(metadataOf(before), name), groupIn(metadataOf(after), name));
  const labels = texts('labels');
  const annotations = texts('annotations');
  const spec = mergePatchOf(groupIn(before, 'spec'), groupIn(after, 'spec'));
  return {
    changes: {
      ...(labels ? { labels: onlyTexts(labels) } : {}),
      ...(annotations ? { annotations: onlyTexts(annotations) } : {}),
      ...(spec ? { spec } : {}),
    },
  };
}

function isEditable([top, second]: JsonPath): boolean {
  if (top === 'spec') return true;
  return top === 'metadata' && (second === undefined || second === 'labels' || second === 'annotations');
}

function fixedField(path: JsonPath): string {
  const name = path.join('.');
  const [top, second] = path;
  if (top === 'status') return 'The status is written by the controllers: it cannot be changed here.';
  if (second === 'finalizers')
    return 'Finalizers are not changed here: removing one can leave things behind.';
  if (second === 'name' || second === 'namespace' || top === 'kind' || top === 'apiVersion')
    return `${name} says which resource this is: it cannot be changed.`;
  return `${name} is kept by the API server: it cannot be changed here.`;
}

function metadataOf(object: JsonObject): JsonObject {
  return groupIn(object, 'metadata');
}

function groupIn(object: JsonObject, name: string): JsonObject {
  const group = Object.hasOwn(object, name) ? object[name] : undefined;
  return isJsonObject(group) ? group : {};
}

function onlyTexts(patch: JsonObject): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(patch).filter(
      (entry): entry is [string, string | null] => typeof entry[1] === 'string' || entry[1] === null,
    ),
  );
}
