const KEY_OF_GROUP = /^ *(?:- +)*[^#]*:\s*(?:[|>][-+0-9]*)?\s*(?:#.*)?$/;

/** How far the line after a line of YAML is indented, in blanks: further where the line opens a group or a block. */
export function indentAfter(line: string): number {
  const content = /^ *(?:- +)*/.exec(line)?.[0].length ?? 0;
  return KEY_OF_GROUP.test(line) ? content + 2 : content;
}
