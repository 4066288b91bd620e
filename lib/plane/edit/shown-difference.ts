import type { JsonObject } from '@/lib/plane/json/json';
import { type JsonPath, valueAt, withValueAt } from '@/lib/plane/json/json-path';
import { sameJson } from '@/lib/plane/json/merge-patch';
import { MASK } from '@/lib/plane/masking/mask';
import { redactObject } from '@/lib/plane/masking/redact';

/** Marks a secret that a change replaces. Two plain masks would make it look unchanged. */
export const CHANGED_MASK = `${MASK} (changed)`;

/** A resource before and after a change, ready to be shown side by side. */
export interface ShownDifference {
  readonly before: JsonObject;
  readonly after: JsonObject;
}

/** Metadata that the API server maintains and that is part of no change. */
const KEPT_BY_SERVER = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'selfLink',
  'finalizers',
];

/**
 * Returns both states without status, bookkeeping and secrets. Marks a masked or hidden value that differs from the
 * earlier one, without revealing it.
 */
export function shownDifference(before: unknown, after: unknown): ShownDifference {
  const old = redactObject(before, 'describe');
  const wanted = redactObject(after, 'describe');
  let marked = withoutServersPart(wanted.object as JsonObject);
  for (const path of wanted.masked) {
    const earlier = rawAt(before, path);
    if (earlier === undefined || sameJson(earlier, rawAt(after, path))) continue;
    if (valueAt(marked, path) === MASK) marked = withValueAt(marked, path, CHANGED_MASK);
  }
  for (const { name } of wanted.hidden) {
    const path = ['metadata', 'annotations', name];
    const earlier = rawAt(before, path);
    if (earlier === undefined || earlier === rawAt(after, path)) continue;
    marked = withValueAt(marked, path, `${String(valueAt(marked, path))} (changed)`);
  }
  return { before: withoutServersPart(old.object as JsonObject), after: marked };
}

function rawAt(object: unknown, path: JsonPath) {
  return valueAt(object as JsonObject, path);
}

function withoutServersPart({ status: _status, ...object }: JsonObject): JsonObject {
  let shown: JsonObject = object;
  for (const name of KEPT_BY_SERVER) shown = withValueAt(shown, ['metadata', name], undefined);
  return shown;
}
