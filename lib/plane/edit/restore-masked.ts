import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import type { JsonPath } from '@/lib/plane/json/json-path';
import { MASK } from '@/lib/plane/json/mask';
import { fieldOf, sameJson, setField } from '@/lib/plane/json/merge-patch';

/** A place in what was sent that cannot be written, and a sentence for whoever sent it. */
export interface MaskProblem {
  readonly path: JsonPath;
  readonly message: string;
}

/** An object as it is stored, and as it was shown. */
export interface StoredObject {
  readonly raw: JsonObject;
  /** By `redactObject`. */
  readonly redacted: JsonObject;
}

export type RestoredPatch =
  | {
      /** Null: nothing is left to change. */
      readonly patch: JsonObject | null;
    }
  | { readonly problems: readonly MaskProblem[] };

/**
 * Makes a merge patch that was made from a redacted object fit for the stored one: a mask that stands where a secret is
 * stored keeps that secret. Outside lists that means not to mention it. A list is replaced whole, so there the secret
 * itself is put back: of the item that is the same but for its secrets, of the one with the same name, or of the one in the same place when
 * nothing else of the list was changed. A mask anywhere else is a problem, never a value.
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

  /** A part of the patch, whose fields are merged into what is stored. Null: nothing of it is left. */
  merged(patch: JsonObject, stored: StoredValue, path: JsonPath): JsonObject | null {
    const restored: JsonObject = {};
    for (const [name, value] of Object.entries(patch)) {
      const there = childOf(stored, name);
      const at = [...path, name];
      if (value === MASK && there.redacted === MASK) continue;
      if (isJsonObject(value) && isJsonObject(there.redacted)) {
        const inner = this.merged(value, there, at);
        if (inner || Object.keys(value).length === 0) setField(restored, name, inner ?? {});
      } else setField(restored, name, this.whole(value, there, at));
    }
    return Object.keys(restored).length > 0 ? restored : null;
  }

  /** A value that takes the place of what is stored. */
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
      const there: StoredValue = { raw: raw[source], redacted: shown[source] };
      if (sameJson(item, there.redacted) && there.raw !== undefined) return there.raw;
      return this.whole(item, there, at);
    });
  }

  private problem(path: JsonPath, value: Json, message: string): Json {
    this.problems.push({ path, message });
    return value;
  }
}

const NOTHING_STORED = `No secret is stored here, so “${MASK}” keeps none: enter the value itself.`;
const WITHIN_TEXT = `“${MASK}” stands within a longer text: enter the value as a whole, or leave the mask alone to keep what is stored.`;
const WHICH_ITEM =
  'It cannot be told which stored secret is meant here, as this list was changed in more than one place: enter the secret again, or change one item at a time.';

/** The index of the stored item whose secrets an item of the new list means to keep; null when that cannot be told. */
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
    // Several look alike with different secrets: only their places tell them apart, so none may be missing or moved.
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

/** The path of the first mask in a value. */
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
