/** What kubectl reads in an unquoted YAML scalar. A bigint is an exact integer, and a number has a float's precision. */
export type KubectlValue = string | boolean | null | number | bigint;

const WORDS: ReadonlyMap<string, KubectlValue> = new Map<string, KubectlValue>([
  ...all(true, 'y Y yes Yes YES true True TRUE on On ON'),
  ...all(false, 'n N no No NO false False FALSE off Off OFF'),
  ...all(null, '~ null Null NULL'),
  ['', null],
  ...all(Number.POSITIVE_INFINITY, '.inf .Inf .INF +.inf +.Inf +.INF'),
  ...all(Number.NEGATIVE_INFINITY, '-.inf -.Inf -.INF'),
  ...all(Number.NaN, '.nan .NaN .NAN'),
]);

function all(value: KubectlValue, words: string): [string, KubectlValue][] {
  return words.split(' ').map((word): [string, KubectlValue] => [word, value]);
}

const INTEGER = /^[-+]?(?:0x[\da-f]+|0o[0-7]+|0b[01]+|0[0-7]*|[1-9]\d*)$/i;
/** One with a leading point keeps its underscores, which Go accepts between digits. */
const POINT_FIRST = /^\.\d+(?:_\d+)*(?:e[-+]?\d+(?:_\d+)*)?$/i;
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?$/i;

const MAX_INT64 = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;

/**
 * Reads an unquoted scalar without a tag as kubectl does, whose parser (sigs.k8s.io/yaml) reads YAML 1.1 with Go's
 * numbers: `010` is 8. What no 64-bit integer holds, such as `08` in Go's octal or 2^64, is a float.
 */
export function readByKubectl(source: string): KubectlValue {
  const word = WORDS.get(source);
  if (word !== undefined) return word;
  if (source.startsWith('.')) return POINT_FIRST.test(source) ? float(source) : source;
  if (!/^[-+\d]/.test(source)) return source;
  const plain = source.replaceAll('_', '');
  const integer = INTEGER.test(plain) ? integerOf(plain) : null;
  if (integer !== null) return integer;
  return FLOAT.test(plain) ? float(source) : source;
}

/** Returns null if no 64-bit integer holds it. A sign requires a signed one. */
function integerOf(plain: string): bigint | null {
  const digits = plain.replace(/^[-+]/, '').replace(/^0(?=\d)/, '0o');
  const value = plain.startsWith('-') ? -BigInt(digits) : BigInt(digits);
  const max = /^[-+]/.test(plain) ? MAX_INT64 : MAX_UINT64;
  return value >= -MAX_INT64 - 1n && value <= max ? value : null;
}

/** A number that no float holds is text. */
function float(source: string): number | string {
  const value = Number(source.replaceAll('_', ''));
  return Number.isFinite(value) ? value : source;
}
