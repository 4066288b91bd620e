import { yamlLanguage } from '@codemirror/lang-yaml';

type YamlTree = ReturnType<typeof yamlLanguage.parser.parse>;
type YamlNode = YamlTree['topNode'];

/** Keys that lead to a field; numbers are places in lists. */
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
  /** The group that a key would be part of, or the field whose value is meant. */
  readonly path: YamlPath;
  readonly at: 'key' | 'value';
  /** What has been typed of it, and where that begins. */
  readonly word: string;
  readonly from: number;
  /** How far a key is indented, in blanks. */
  readonly column: number;
}

/** Makes a key of what is being typed, so that the tree has a node at the cursor, also after a blank. */
const PLACEHOLDER = 'x:';

/** The keys of a text in block YAML, also while it is half typed. */
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
 * The place of a cursor, decided by the text before it: while somebody types, what follows is seldom valid.
 *
 * @returns null where neither a key nor a plain value can be: within a comment, quotes, a block scalar or a flow
 *   collection, after a tag, right after a colon, and where the indentation matches nothing above
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
  // What the placeholder made a key is a value if another key precedes it on its line.
  if (field && key && key.to > lineFrom) {
    return { path: pathOf(field, readable), at: 'value', word, from, column: key.from - lineFrom };
  }
  return { path: pathOf(pair, readable).slice(0, -1), at: 'key', word, from, column: from - lineFrom };
}

/**
 * Parses a text with the editor's grammar, although it may be half typed. The editor's own tree doesn't serve here: to it
 * a word without a colon and the key on the next line are one text of two lines, and all that follows is lost. So such
 * words are blanked, which moves no position.
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

/** Plain texts on lines of their own: keys without a colon yet, or values, which lead to no key. */
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
  // The parser also skips single letters, and colons of keys that it took for part of a longer text.
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

/** False within a flow collection, and where the parser had to guess to go on, since the indentation matches nothing. */
function isWellPlaced(node: YamlNode): boolean {
  for (let at: YamlNode | null = node; at; at = at.parent) {
    const before = at.prevSibling;
    if (at.name === 'FlowMapping' || at.name === 'FlowSequence') return false;
    if (before?.type.isError && before.from === before.to) return false;
  }
  return true;
}

/** The pair whose value the mapping of a pair is, tags and anchors aside; null for an item of a list and at the top. */
function fieldAround(pair: YamlNode): YamlNode | null {
  let around = pair.parent?.parent ?? null;
  while (around?.name === 'Tagged' || around?.name === 'Anchored') around = around.parent;
  return around?.name === 'Pair' ? around : null;
}

/** The keys and places in lists that lead to a node, its own included. A word without a colon isn't a key. */
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
