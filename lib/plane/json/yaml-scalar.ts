/** Words that YAML 1.1 or 1.2 reads as a boolean, as null, as a number or as a merge, in lower case. */
const WORDS = new Set(['<<', 'y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null', 'nan', 'inf']);

/** The first characters of a plain text: no indicator of YAML, no sign, and nothing that begins a number. */
const PLAIN_START = /^[^-?:,[\]{}#&*!|>'"%@`+._~=0-9\s]/;

/**
 * What remains of numbers and times of every YAML version: `0b11`, `0x1F`, `0o7`, `1_000`, `6:30:00`, `1e3`,
 * `2026-01-01T00:00:00Z`. A text of these characters only is quoted even if it is neither, such as `10.0.0.1`.
 */
const LIKE_A_NUMBER = /^[0-9a-f_.:+\-xotz ]*$/i;

/** What ends a plain text, or begins a comment. */
const ENDS_PLAIN = /: |:$| #|[\t\n]| $/;

/**
 * Characters that YAML can only contain escaped: line breaks of YAML 1.1 that aren't line breaks in JSON, controls,
 * noncharacters, half of a surrogate pair.
 */
const NEVER_RAW =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must be found.
  /[\0-\x08\x0B-\x1F\x7F-\x9F\u2028\u2029\uFEFF\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;
const ESCAPED = /[\x7F-\x9F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g;
/** JSON writes half of a surrogate pair like this. YAML and UTF-8 can't express it. */
const HALF_PAIR = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/gi;

/** A parser ends a key without a question mark after 1,024 characters. */
const MAX_SIMPLE_KEY_CHARS = 1000;

/**
 * Returns a text as a YAML scalar on one line. It is quoted unless every parser reads it as a text: kubectl reads YAML
 * 1.1, where `no` is a boolean and `010` is 8. Others also read `6:30` as a number.
 *
 * @param quoted whether to quote every text
 */
export function yamlScalar(text: string, quoted = false): string {
  return !quoted && isPlain(text) ? text : quotedScalar(text);
}

/** Returns a name of an object as a YAML key, with its colon. */
export function yamlKey(name: string, quoted = false): string {
  const key = yamlScalar(name, quoted);
  return key.length > MAX_SIMPLE_KEY_CHARS ? `? ${key}\n:` : `${key}:`;
}

/** Returns whether a text of several lines can be written as a literal block (`|`). */
export function fitsLiteral(text: string): boolean {
  return /^\S.*\n/.test(text) && !/\n[ \t]+(?:\n|$)/.test(text) && !NEVER_RAW.test(text);
}

function isPlain(text: string): boolean {
  if (NEVER_RAW.test(text) || ENDS_PLAIN.test(text) || WORDS.has(text.toLowerCase())) return false;
  if (/^e?[0-9]/i.test(text)) return !LIKE_A_NUMBER.test(text);
  return PLAIN_START.test(text);
}

function quotedScalar(text: string): string {
  return JSON.stringify(text)
    .replace(HALF_PAIR, '$1\uFFFD')
    .replace(ESCAPED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
