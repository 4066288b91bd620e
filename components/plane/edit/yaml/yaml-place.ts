/** A key of block YAML, where it stands in the text. */
export interface YamlKey {
  /** With the key's own name at its end. Numbers are places in lists. */
  readonly path: readonly (string | number)[];
  readonly from: number;
  readonly to: number;
}

/** Where a cursor is, as far as what can be written there goes. */
export interface YamlPlace {
  /** The group that a key would be part of, or the field whose value is meant. */
  readonly path: readonly (string | number)[];
  readonly at: 'key' | 'value';
  /** What has been typed of it, and where that begins. */
  readonly word: string;
  readonly from: number;
  /** How far a key is indented, in blanks. */
  readonly column: number;
}

interface Level {
  readonly column: number;
  readonly segment: string | number;
}

/** A key, plain or in quotes, and what follows it. */
const KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#"'[\]{}&*!|>%@`-][^#]*?|-[^\s#][^#]*?)\s*:(?=\s|$)(.*)$/;
const DASHES = /^( *)((?:- +)*)(.*)$/;
const BLOCK = /^\s*[|>][-+0-9]*\s*(?:#.*)?$/;

/**
 * The keys of a text in block YAML, found by indentation alone: while somebody types, the text is seldom valid. Flow
 * collections and the lines of block scalars have no keys here.
 */
export function yamlKeys(text: string): YamlKey[] {
  const reader = new BlockReader();
  return linesOf(text).flatMap(({ line, from }) => reader.read(line, from) ?? []);
}

/** Where the cursor is; null: within a comment, a block scalar or a flow collection. */
export function yamlPlaceAt(text: string, cursor: number): YamlPlace | null {
  const reader = new BlockReader();
  for (const { line, from } of linesOf(text)) {
    if (cursor > from + line.length) {
      reader.read(line, from);
      continue;
    }
    return reader.placeIn(line.slice(0, cursor - from), from);
  }
  return null;
}

function linesOf(text: string): { line: string; from: number }[] {
  let from = 0;
  return text.split('\n').map((line) => {
    const start = from;
    from += line.length + 1;
    return { line, from: start };
  });
}

class BlockReader {
  private levels: Level[] = [];
  /** The indentation of the key whose block scalar is being read. */
  private blockColumn: number | null = null;

  /** Takes in a line; null when no key is in it. */
  read(line: string, lineFrom: number): YamlKey | null {
    if (this.isWithinBlock(line) || /^\s*(?:#|$)/.test(line)) return null;
    const { column, rest } = this.takeDashes(line);
    const key = KEY.exec(rest);
    if (!key) {
      if (BLOCK.test(rest)) this.blockColumn = column - 1;
      return null;
    }
    const [, written = '', value = ''] = key;
    this.enter({ column, segment: unquoted(written) }, false);
    if (BLOCK.test(value)) this.blockColumn = column;
    const from = lineFrom + column;
    return { path: this.levels.map(({ segment }) => segment), from, to: from + written.length };
  }

  /** @param typed the line up to the cursor */
  placeIn(typed: string, lineFrom: number): YamlPlace | null {
    if (this.isWithinBlock(typed) && typed.trim() !== '') return null;
    const { column, rest } = this.takeDashes(typed);
    const key = KEY.exec(rest);
    if (key) {
      const [, written = '', value = ''] = key;
      const word = value.trimStart();
      // A comment, or a flow collection, or text in quotes, which nothing is known about.
      if (/^[#[{]/.test(word) || /\s#/.test(value)) return null;
      this.enter({ column, segment: unquoted(written) }, false);
      return { ...this.place('value', word, lineFrom + typed.length - word.length), column };
    }
    if (/[#:"'[\]{}]/.test(rest)) return null;
    this.leave(column, false);
    return { ...this.place('key', rest, lineFrom + column), column };
  }

  private place(at: YamlPlace['at'], word: string, from: number): Omit<YamlPlace, 'column'> {
    return { path: this.levels.map(({ segment }) => segment), at, word, from };
  }

  private isWithinBlock(line: string): boolean {
    if (this.blockColumn === null) return false;
    const indent = line.search(/\S/);
    if (indent < 0 || indent > this.blockColumn) return true;
    this.blockColumn = null;
    return false;
  }

  /** Enters the list items that a line begins with. */
  private takeDashes(line: string): { column: number; rest: string } {
    const [, indent = '', dashes = '', rest = ''] = DASHES.exec(line) ?? [];
    let column = indent.length;
    for (const dash of dashes.match(/- +/g) ?? []) {
      this.enterItem(column);
      column += dash.length;
    }
    return { column, rest };
  }

  private enterItem(column: number): void {
    const last = this.levels.find((level) => level.column === column && typeof level.segment === 'number');
    const index = typeof last?.segment === 'number' ? last.segment + 1 : 0;
    this.enter({ column, segment: index }, true);
  }

  private enter(level: Level, isItem: boolean): void {
    this.leave(level.column, isItem);
    this.levels.push(level);
  }

  /** A list may stand under its key without being indented, so an item leaves only items of its own column. */
  private leave(column: number, isItem: boolean): void {
    this.levels = this.levels.filter(
      (level) =>
        level.column < column || (isItem && level.column === column && typeof level.segment === 'string'),
    );
  }
}

function unquoted(key: string): string {
  const quote = key[0];
  return (quote === '"' || quote === "'") && key.endsWith(quote) ? key.slice(1, -1) : key.trimEnd();
}
