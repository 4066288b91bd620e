/**
 * Parses an exported CSV as tests need it: by the names of its header. Fields may be quoted, but contain no line
 * breaks.
 */
export function readCsv(text: string): Record<string, string>[] {
  const rows = text
    .trimEnd()
    .split('\r\n')
    .map((line) => [...line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g)].map(([, field = '']) => field))
    .map((fields) => fields.map((field) => field.replace(/^"(.*)"$/s, '$1').replaceAll('""', '"')));
  const [header = [], ...body] = rows;
  return body.map((fields) => Object.fromEntries(header.map((name, index) => [name, fields[index] ?? ''])));
}
