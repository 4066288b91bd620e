import type { JsonPath } from '@/lib/plane/json/json-path';
import { childNode, type SchemaNode } from '@/lib/plane/schema/schema-node';

/** Characters that look like a space or like nothing, but are part of a YAML key. Emoji have variation selectors. */
const INVISIBLE = /(?![ \t\r\n]|[\uFE00-\uFE0F])[\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/u;
const NAMES: Readonly<Record<string, string>> = {
  '\u00A0': 'a no-break space',
  '\u200B': 'a zero-width space',
  '\uFEFF': 'a byte order mark',
};

/** Places of a field beyond this number don't help to find the right one. */
const MAX_PLACES = 3;
const MAX_DEPTH = 8;

/**
 * Returns what to do about a field that isn't in the schema, as a sentence; null if nothing similar is known: an
 * invisible character in its name, a name that is spelled almost the same, or the place where the field belongs.
 *
 * @param root the schema of the whole edited object
 * @param path the path of the unknown field
 */
export function unknownFieldHint(root: SchemaNode, path: JsonPath): string | null {
  const name = String(path.at(-1));
  const invisible = invisibleHint(name);
  if (invisible !== null) return invisible;
  const similar = similarHint(root, path, name);
  return foreignHint(name, similar) ?? similar;
}

/** Says which character only looks like one of a field's name. */
function foreignHint(name: string, similar: string | null): string | null {
  const character = /[^\x20-\x7E]/u.exec(name)?.[0];
  if (character === undefined || similar === null) return null;
  return `${similar} It contains ${character} (${codeOf(character)}), which only looks alike.`;
}

function similarHint(root: SchemaNode, path: JsonPath, name: string): string | null {
  const siblings = Object.keys(nodeAt(root, path.slice(0, -1))?.properties ?? {});
  const sameName = siblings.find((sibling) => sibling.toLowerCase() === name.toLowerCase());
  if (sameName !== undefined) return `Did you mean ${sameName}?`;
  const places = placesOf(root, name, []).map((place) => place.join('.'));
  const parent = path.slice(0, -1).join('.');
  const others = places.filter((place) => place !== parent);
  const [place] = others;
  if (place !== undefined && others.length <= MAX_PLACES) return placeHint(name, others, root);
  const similar = siblings.find((sibling) => isSimilar(name, sibling));
  if (similar !== undefined) return `Did you mean ${similar}?`;
  const elsewhere = similarPlace(root, name, []);
  return elsewhere === null ? null : `Did you mean ${elsewhere.join('.')}?`;
}

/** Says which invisible character a text contains, and what to do; null if it contains none. */
export function invisibleHint(text: string): string | null {
  const character = INVISIBLE.exec(text)?.[0];
  if (character === undefined) return null;
  const code = codeOf(character);
  const name = NAMES[character] ?? 'an invisible character';
  return /\p{Z}/u.test(character)
    ? `It contains ${name} (${code}), which isn't a space in YAML. Replace it with a normal space.`
    : `It contains ${name} (${code}). Remove it.`;
}

/** Returns a name as it looks, in quotes if that's nothing. */
export function visibleName(name: string): string {
  return name.replace(new RegExp(INVISIBLE, 'gu'), '').trim() || '""';
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function placeHint(name: string, places: readonly string[], root: SchemaNode): string {
  const [only = ''] = places;
  const exact = nameAt(root, only, name);
  if (places.length > 1) return `It belongs in ${places.join(' or ')}. Check its indentation.`;
  return exact === name
    ? `It belongs in ${only}. Check its indentation.`
    : `Did you mean ${exact}? It belongs in ${only}.`;
}

/** Returns the field's own spelling in a group, whatever the case of the name. */
function nameAt(root: SchemaNode, place: string, name: string): string {
  const node = nodeAt(root, place === '' ? [] : place.split('.'));
  const names = Object.keys(node?.properties ?? {});
  return names.find((one) => one.toLowerCase() === name.toLowerCase()) ?? name;
}

function nodeAt(root: SchemaNode, path: JsonPath): SchemaNode | undefined {
  let node: SchemaNode | undefined = root;
  for (const segment of path) node = typeof segment === 'number' ? node?.items : childNode(node, segment);
  return node;
}

/** Returns the groups that have a field of this name, in any case. */
function placesOf(node: SchemaNode, name: string, path: readonly string[]): (readonly string[])[] {
  if (path.length > MAX_DEPTH) return [];
  return Object.entries(node.properties ?? {}).flatMap(([child, schema]) => [
    ...(child.toLowerCase() === name.toLowerCase() ? [path] : []),
    ...placesOf(schema, name, [...path, child]),
  ]);
}

/** Returns the path of the only field below the top level with a similar name; null if there isn't exactly one. */
function similarPlace(node: SchemaNode, name: string, path: readonly string[]): readonly string[] | null {
  const found: (readonly string[])[] = [];
  const search = (group: SchemaNode, at: readonly string[]) => {
    if (at.length > MAX_DEPTH) return;
    for (const [child, schema] of Object.entries(group.properties ?? {})) {
      if (isSimilar(name, child)) found.push([...at, child]);
      search(schema, [...at, child]);
    }
  };
  search(node, path);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Whether two names differ by a typo: one or, in long names, two characters. */
function isSimilar(a: string, b: string): boolean {
  const longest = Math.max(a.length, b.length);
  if (longest < 4) return false;
  return distance(a.toLowerCase(), b.toLowerCase()) <= (longest >= 7 ? 2 : 1);
}

/** Returns the number of characters to insert, remove or replace, or of neighbours to swap. */
function distance(a: string, b: string): number {
  let older: number[] = [];
  let previous = [...Array(b.length + 1).keys()];
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      let best = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) best = Math.min(best, (older[column - 2] ?? 0) + 1);
      current.push(best);
    }
    older = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
