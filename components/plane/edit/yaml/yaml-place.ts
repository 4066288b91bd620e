import { yamlLanguage } from '@codemirror/lang-yaml';

type YamlTree = ReturnType<typeof yamlLanguage.parser.parse>;
type YamlNode = YamlTree['topNode'];

/** The keys that lead to a field; numbers are list indexes. */
type YamlPath = readonly (string | number)[];

/** A key of block YAML and its range in the text. */
export interface YamlKey {
  /** Ends with the key's own name. */
  readonly path: YamlPath;
  readonly from: number;
  readonly to: number;
}

/** What can be written at a cursor. */
export interface YamlPlace {
  /** The group for a key at the cursor, or the field for a value. */
  readonly path: YamlPath;
  readonly at: 'key' | 'value';
  /** The word before the cursor, and its start. */
  readonly word: string;
  readonly from: number;
  /** The indentation of the key, in spaces. */
  readonly column: number;
}

/** Turns the word at the cursor into a key, which gives the tree a node there, even after a space. */
const PLACEHOLDER = 'x:';

/** The keys of a text in block YAML, which may be half typed. */
export function yamlKeys(text: string): YamlKey[] {
  const { tree, readable } = read(text);
  const keys: YamlKey[] = [];
  tree.iterate({
    enter({ name, node }) {
      if (name === 'Key' && hasColon(node) && isWellPlaced(node)) {
        keys.push({ path: pathOf(node, readable), from: node.from, to: node.to });
      }
    },
  });
  return keys;
}

/**
 * The place of a cursor, derived only from the text before it: while you type, the text after it is seldom valid.
 *
 * @returns null where neither a key nor a plain value can be: within a comment, quotes, a block scalar or a flow
 *   collection, after a tag, right after a colon, and where the indentation doesn't match any line above
 */
export function yamlPlaceAt(text: string, cursor: number): YamlPlace | null {
  const { tree, readable } = read(text.slice(0, cursor) + PLACEHOLDER);
  const typed = tree.resolveInner(cursor, 1);
  const pair = typed.parent?.name === 'Key' ? typed.parent.parent : null;
  if (typed.name !== 'Literal' || !pair || !isWellPlaced(typed)) return null;

  const { from } = typed;
  const word = text.slice(from, cursor);
  if (word.includes(':')) return null;
  const lineFrom = lineStart(text, cursor);
  const field = fieldAround(pair);
  const key = field?.getChild('Key');
  // The placeholder turns values into keys too: with another key before it on its line, the word is a value.
  if (field && key && key.to > lineFrom) {
    return { path: pathOf(field, readable), at: 'value', word, from, column: key.from - lineFrom };
  }
  return { path: pathOf(pair, readable).slice(0, -1), at: 'key', word, from, column: from - lineFrom };
}

/**
 * Parses a text, which may be half typed, with the editor's grammar. The editor's own tree is of no use here: it
 * reads a word without a colon and the key on the next line as one text, and loses everything after it. So such words
 * are replaced by spaces, which keeps all positions.
 */
function read(text: string): { readonly tree: YamlTree; readonly readable: string } {
  const tree = yamlLanguage.parser.parse(text);
  const unfinished = unfinishedWords(tree, text);
  return unfinished.length === 0 ? { tree, readable: text } : read(withBlanks(text, unfinished));
}

interface TextRange {
  readonly from: number;
  readonly to: number;
}

/** Plain texts on their own lines: keys that have no colon yet, or values, which contain no keys. */
function unfinishedWords(tree: YamlTree, text: string): TextRange[] {
  const words: TextRange[] = [];
  const skipped: TextRange[] = [];
  tree.iterate({
    enter({ name, from, to, type }) {
      if (type.isError && text.slice(from, to).trim() !== '') skipped.push({ from, to });
      if (name !== 'Literal') return;
      const isKey = text[to] === ':';
      const lastLine = lineStart(text, to);
      if (isKey && lastLine > from) words.push({ from, to: lastLine });
      else if (!isKey && text.slice(lineStart(text, from), from).trim() === '') words.push({ from, to });
    },
  });
  // The parser also skips single letters, and colons of keys that it read as part of a longer text.
  return words.length > 0 ? words : skipped;
}

function lineStart(text: string, position: number): number {
  return text.lastIndexOf('\n', position - 1) + 1;
}

function withBlanks(text: string, ranges: readonly TextRange[]): string {
  return ranges.reduce(
    (left, { from, to }) =>
      left.slice(0, from) + left.slice(from, to).replace(/[^\n]/g, ' ') + left.slice(to),
    text,
  );
}

/**
 * False within a flow collection, and where the parser had to guess because the indentation matches no line above.
 */
function isWellPlaced(node: YamlNode): boolean {
  for (let at: YamlNode | null = node; at; at = at.parent) {
    const before = at.prevSibling;
    if (at.name === 'FlowMapping' || at.name === 'FlowSequence') return false;
    if (before?.type.isError && before.from === before.to) return false;
  }
  return true;
}

/**
 * The pair whose value is the mapping around a pair, ignoring tags and anchors; null in a list item and at the top.
 */
function fieldAround(pair: YamlNode): YamlNode | null {
  let around = pair.parent?.parent ?? null;
  while (around?.name === 'Tagged' || around?.name === 'Anchored') around = around.parent;
  return around?.name === 'Pair' ? around : null;
}

/** The keys and list indexes that lead to a node, its own included. A word without a colon isn't a key. */
function pathOf(node: YamlNode, text: string): YamlPath {
  const path: (string | number)[] = [];
  for (let at: YamlNode | null = node; at; at = at.parent) {
    const key = at.name === 'Pair' ? at.getChild('Key') : null;
    if (key && hasColon(key)) path.unshift(unquoted(text.slice(key.from, key.to)));
    if (at.name === 'Item') path.unshift(placeInList(at));
  }
  return path;
}

function placeInList(item: YamlNode): number {
  const items = item.parent?.getChildren('Item') ?? [];
  return items.findIndex(({ from }) => from === item.from);
}

function hasColon(key: YamlNode): boolean {
  return key.nextSibling?.name === ':';
}

function unquoted(key: string): string {
  const quote = key[0];
  return (quote === '"' || quote === "'") && key.endsWith(quote) ? key.slice(1, -1) : key;
}
