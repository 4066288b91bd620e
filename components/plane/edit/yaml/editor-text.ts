const KEY_OF_GROUP = /^ *(?:- +)*[^#]*:\s*(?:[|>][-+0-9]*)?\s*(?:#.*)?$/;

/** The indentation of the line after a line of YAML, in spaces; deeper if the line opens a group or a block. */
export function indentAfter(line: string): number {
  const content = /^ *(?:- +)*/.exec(line)?.[0].length ?? 0;
  return KEY_OF_GROUP.test(line) ? content + 2 : content;
}

/** A range of a text and the text that replaces it. */
export interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** The replacement that turns `before` into `after`, without their common start and end; null if they are equal. */
export function replacementOf(before: string, after: string): Replacement | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let tail = 0;
  while (tail < shorter - from && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return { from, to: before.length - tail, insert: after.slice(from, after.length - tail) };
}
