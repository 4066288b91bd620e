import { exactJson } from './exact-json';
import { isJsonObject, type Json, type JsonObject } from './json';
import { fitsLiteral, yamlKey, yamlScalar } from './yaml-scalar';

export interface YamlStyle {
  /** Comments by the path of the value, joined with dots. Each is one line. */
  readonly comments?: Readonly<Record<string, string>>;
  /** Whether to quote every text except names. */
  readonly quoted?: boolean;
}

/**
 * Returns a JSON value as YAML that kubectl, helm and every YAML 1.1 or 1.2 parser read as the same value. Lines are
 * never folded. Texts of several lines are literal blocks. The result ends with a line break.
 */
export function yamlText(value: Json, style: YamlStyle = {}): string {
  const lines = linesOf(value, style, []);
  // At the top, a literal block has no collection around it that indents it.
  const isBlock = typeof value === 'string' && lines.length > 1;
  return `${(isBlock ? hanging(lines, '') : lines).join('\n')}\n`;
}

/** Returns several JSON values as one file of YAML documents. */
export function yamlDocuments(values: readonly Json[]): string {
  return values.map((value) => yamlText(value)).join('---\n');
}

/** The lines of a value; what follows the first line of a text isn't indented yet. */
function linesOf(value: Json, style: YamlStyle, path: readonly string[]): string[] {
  if (typeof value === 'string') return textLines(value, style);
  if (Array.isArray(value)) {
    if (value.length === 0) return ['[]'];
    return value.flatMap((item) => hanging(linesOf(item, style, path), '- '));
  }
  if (!isJsonObject(value)) return [exactJson(value)];
  const entries = Object.entries(value);
  if (entries.length === 0) return ['{}'];
  return entries.flatMap(([name, child]) => entryLines(name, child, style, [...path, name]));
}

function entryLines(name: string, value: Json, style: YamlStyle, path: readonly string[]): string[] {
  const place = path.join('.');
  const comment = Object.hasOwn(style.comments ?? {}, place) ? style.comments?.[place] : undefined;
  const lines = linesOf(value, style, path);
  const key = yamlKey(name).split('\n');
  return [
    ...(comment === undefined ? [] : [`# ${comment}`]),
    ...key.slice(0, -1),
    ...(isFilled(value)
      ? [key.at(-1) ?? '', ...lines.map(indented)]
      : hanging(lines, `${key.at(-1) ?? ''} `)),
  ];
}

function textLines(text: string, { quoted = false }: YamlStyle): string[] {
  if (quoted || !fitsLiteral(text)) return [yamlScalar(text, quoted)];
  const chomping = !text.endsWith('\n') ? '-' : text.endsWith('\n\n') ? '+' : '';
  return [`|${chomping}`, ...text.replace(/\n$/, '').split('\n')];
}

function isFilled(value: Json): value is Json[] | JsonObject {
  return Array.isArray(value) ? value.length > 0 : isJsonObject(value) && Object.keys(value).length > 0;
}

function hanging([first = '', ...others]: readonly string[], before: string): string[] {
  return [before + first, ...others.map(indented)];
}

function indented(line: string): string {
  return line === '' ? '' : `  ${line}`;
}
