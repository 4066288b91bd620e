const MAY_DIFFER = /[\r\\\u0080-\uffff]|\p{Cc}\[/u;
/** What nobody sees, such as a zero-width space or a soft hyphen within a name, and the colours of a terminal. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]+|\p{Cc}\[[\d;]{0,16}m/gu;
/** A quote within JSON that is a text of JSON, however often. The search doesn't start again at each backslash. */
const ESCAPED_QUOTE = /(?<!\\)\\+(["'])/g;
/** Line breaks other than `\n`. */
const LINE_BREAK = /\r\n?|[\u0085\u2028\u2029]/g;
/** Blanks and full-width characters. Only these, because normalising all of Unicode may take more than linear time. */
const WIDE = /[\u00a0\u2000-\u200a\u202f\u205f\u3000\ufe50-\ufe6b\uff01-\uff5e]+/g;

/**
 * Returns a text with ordinary line breaks, blanks, quotes and separators, and without what is invisible, so that each
 * rule needs only one form of them.
 */
export function plainForm(text: string): string {
  if (!MAY_DIFFER.test(text)) return text;
  return text
    .replace(INVISIBLE, '')
    .replace(ESCAPED_QUOTE, '$1')
    .replace(LINE_BREAK, '\n')
    .replace(WIDE, (run) => run.normalize('NFKC'));
}

/** Returns a name without what nobody sees in it. */
export function visibleName(name: string): string {
  return MAY_DIFFER.test(name) ? name.replace(INVISIBLE, '') : name;
}

const MAY_ESCAPE = /[%\\&]/;
const ESCAPE =
  /(?:%[\da-f]{2})+|\\u\{?([\da-f]{4})\}?|\\x([\da-f]{2})|&#x([\da-f]{1,5});|&#(\d{1,6});|&(quot|apos|lt|gt|amp|colon|equals);|\\([nrt])/gi;
const ENTITIES: Readonly<Record<string, string>> = {
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  amp: '&',
  colon: ':',
  equals: '=',
};

/** Returns a text without escapes of URLs, JSON and XML, or null if it has none. */
export function unescapedForm(text: string): string | null {
  if (!MAY_ESCAPE.test(text)) return null;
  const form = text.replace(ESCAPE, unescaped);
  return form === text ? null : form;
}

function unescaped(
  sequence: string,
  json?: string,
  byte?: string,
  xmlHex?: string,
  xml?: string,
  entity?: string,
  blank?: string,
): string {
  if (sequence.startsWith('%')) return percentDecoded(sequence);
  if (entity !== undefined) return ENTITIES[entity.toLowerCase()] ?? sequence;
  if (blank !== undefined) return blank === 't' ? '\t' : '\n';
  const hex = json ?? byte ?? xmlHex;
  const code = hex === undefined ? Number(xml) : Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : sequence;
}

function percentDecoded(escapes: string): string {
  try {
    return decodeURIComponent(escapes);
  } catch {
    return escapes;
  }
}
