import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import type { JsonPath } from '@/lib/plane/json/json-path';
import { fieldOf, sameJson, setField } from '@/lib/plane/json/merge-patch';
import { MASK } from '@/lib/plane/masking/mask';

/** A path in the request that can't be written, and a sentence for its sender. */
export interface MaskProblem {
  readonly path: JsonPath;
  readonly message: string;
}

/** An object as stored and as shown. */
export interface StoredObject {
  readonly raw: JsonObject;
  /** As returned by `redactObject`. */
  readonly redacted: JsonObject;
}

export type RestoredPatch =
  | {
      /** Null if nothing is left to change. */
      readonly patch: JsonObject | null;
    }
  | { readonly problems: readonly MaskProblem[] };

/**
 * Adapts a merge patch of a redacted object to the stored object: a mask in the place of a stored secret keeps that
 * secret. Outside lists, the patch then leaves the field out. A list is replaced whole, so it gets the secret itself
 * back: from the item that is the same but for its secrets, from the one with the same name, or from the one at the
 * same index if nothing else in the list changed. A mask in any other place is a problem, never a value.
 */
export function restoreMasked(patch: JsonObject, stored: StoredObject): RestoredPatch {
  const restorer = new MaskRestorer();
  const restored = restorer.merged(patch, stored, []);
  return restorer.problems.length > 0 ? { problems: restorer.problems } : { patch: restored };
}

interface StoredValue {
  readonly raw: Json | undefined;
  readonly redacted: Json | undefined;
}

class MaskRestorer {
  readonly problems: MaskProblem[] = [];

  /** Restores a part of the patch that is merged into the stored object. Returns null if nothing of it is left. */
  merged(patch: JsonObject, stored: StoredValue, path: JsonPath): JsonObject | null {
    const restored: JsonObject = {};
    for (const [name, value] of Object.entries(patch)) {
      const storedChild = childOf(stored, name);
      const at = [...path, name];
      if (value === MASK && storedChild.redacted === MASK) continue;
      if (isJsonObject(value) && isJsonObject(storedChild.redacted)) {
        const inner = this.merged(value, storedChild, at);
        if (inner || Object.keys(value).length === 0) setField(restored, name, inner ?? {});
      } else setField(restored, name, this.whole(value, storedChild, at));
    }
    return Object.keys(restored).length > 0 ? restored : null;
  }

  /** Restores a value that replaces the stored one. */
  private whole(value: Json, stored: StoredValue, path: JsonPath): Json {
    if (Array.isArray(value)) return this.list(value, stored, path);
    if (isJsonObject(value)) {
      const restored: JsonObject = {};
      for (const [name, child] of Object.entries(value))
        setField(restored, name, this.whole(child, childOf(stored, name), [...path, name]));
      return restored;
    }
    if (value === MASK) {
      if (stored.redacted === MASK && stored.raw !== undefined) return stored.raw;
      return this.problem(path, value, NOTHING_STORED);
    }
    return typeof value === 'string' && value.includes(MASK) ? this.problem(path, value, WITHIN_TEXT) : value;
  }

  private list(items: readonly Json[], stored: StoredValue, path: JsonPath): Json[] {
    const shown = Array.isArray(stored.redacted) ? stored.redacted : [];
    const raw = Array.isArray(stored.raw) ? stored.raw : [];
    return items.map((item, index) => {
      const at = [...path, index];
      if (!holdsMask(item)) return item;
      const source = sourceOf(items, index, shown, raw);
      if (source === null) return this.problem(maskWithin(item, at), item, WHICH_ITEM);
      const storedChild: StoredValue = { raw: raw[source], redacted: shown[source] };
      if (sameJson(item, storedChild.redacted) && storedChild.raw !== undefined) return storedChild.raw;
      return this.whole(item, storedChild, at);
    });
  }

  private problem(path: JsonPath, value: Json, message: string): Json {
    this.problems.push({ path, message });
    return value;
  }
}

const NOTHING_STORED = `No secret is stored here for "${MASK}" to keep. Enter the value.`;
const WITHIN_TEXT = `"${MASK}" is part of a longer text. Enter the whole value, or only the mask to keep the stored value.`;
const WHICH_ITEM =
  'The stored secret of this item is ambiguous, because the list was changed in more than one place. Enter the secret again, or change one item at a time.';

/** Returns the index of the stored item whose secrets an item of the new list keeps, or null if it's ambiguous. */
function sourceOf(
  items: readonly Json[],
  index: number,
  shown: readonly Json[],
  raw: readonly Json[],
): number | null {
  const item = items[index];
  const equal = indexesWhere(shown, (one) => sameJson(one, item));
  const [first] = equal;
  if (first !== undefined) {
    if (equal.every((one) => sameJson(raw[one], raw[first]))) return first;
    // Several items look the same but have different secrets. Only their indexes identify them, so none may be
    // missing or moved.
    const places = indexesWhere(items, (one) => sameJson(one, item));
    return places.join() === equal.join() ? index : null;
  }
  const sameName = (one: Json) => hasSameName(one, item);
  const named = indexesWhere(shown, sameName);
  if (named.length === 1 && indexesWhere(items, sameName).length === 1) return named[0] ?? null;
  if (named.length > 0 || items.length !== shown.length) return null;
  return items.every((one, place) => place === index || sameJson(one, shown[place])) ? index : null;
}

function hasSameName(a: Json | undefined, b: Json | undefined): boolean {
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const name = fieldOf(a, 'name');
  return typeof name === 'string' && name !== MASK && name === fieldOf(b, 'name');
}

function indexesWhere(items: readonly Json[], matches: (item: Json) => boolean): number[] {
  return items.flatMap((item, index) => (matches(item) ? [index] : []));
}

function holdsMask(value: Json): boolean {
  if (Array.isArray(value)) return value.some(holdsMask);
  if (isJsonObject(value)) return Object.values(value).some(holdsMask);
  return typeof value === 'string' && value.includes(MASK);
}

/** Returns the path of the first mask in a value. */
function maskWithin(value: Json, path: JsonPath): JsonPath {
  const children: [string | number, Json][] = Array.isArray(value)
    ? [...value.entries()]
    : isJsonObject(value)
      ? Object.entries(value)
      : [];
  const [name, child] = children.find(([, one]) => holdsMask(one)) ?? [];
  return name === undefined || child === undefined ? path : maskWithin(child, [...path, name]);
}

function childOf(stored: StoredValue, name: string): StoredValue {
  return {
    raw: isJsonObject(stored.raw) ? fieldOf(stored.raw, name) : undefined,
    redacted: isJsonObject(stored.redacted) ? fieldOf(stored.redacted, name) : undefined,
  };
}
