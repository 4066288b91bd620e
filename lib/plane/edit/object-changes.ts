import { isJsonObject, type JsonObject } from '@/lib/plane/json/json';
import type { JsonPath } from '@/lib/plane/json/json-path';
import { changedPaths, mergePatchOf } from '@/lib/plane/json/merge-patch';
import type { MaskProblem } from './restore-masked';

/** The editable parts of a plane as merge patches. A null removes a label, an annotation or a field. */
export interface ObjectChanges {
  readonly labels?: Record<string, string | null>;
  readonly annotations?: Record<string, string | null>;
  readonly spec?: JsonObject;
}

export type EditedObject =
  | { readonly changes: ObjectChanges }
  | { readonly problems: readonly MaskProblem[] };

/**
 * Returns the changes of a resource edited as YAML. Labels, annotations and spec can be changed. The API server or
 * its controllers own everything else, and an edit there is reported as a problem instead of being dropped silently.
 *
 * @param before the resource as shown, secrets masked
 * @param after the edited resource
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
      const remedy =
        isJsonObject(value) || Array.isArray(value) ? 'Check its indentation' : 'Put this value in quotes';
      const message = `Values of ${name} must be text. ${remedy}.`;
      problems.push({ path: ['metadata', name, key], message });
    }
  }
  if (after.spec !== undefined && after.spec !== null && !isJsonObject(after.spec))
    problems.push({ path: ['spec'], message: 'The spec must be an object.' });
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
  if (top === 'status') return "The controllers write the status. You can't change it here.";
  if (second === 'finalizers')
    return "You can't change finalizers here. Removing one can leave resources behind.";
  if (second === 'name' || second === 'namespace' || top === 'kind' || top === 'apiVersion')
    return `${name} identifies the resource. You can't change it.`;
  return `The API server manages ${name}. You can't change it here.`;
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
