import { isJsonObject, type Json, type JsonObject } from './json';

/** Whether a text may have an integer that a JavaScript number can't hold. Most texts have none, and are read fast. */
const MAY_HAVE_LARGE = /[:[,\s]-?\d{16,}|^-?\d{16,}/;
/** In valid JSON: a string, with the colon after a name; or an integer of 16 to 40 digits. Longer ones stay rounded. */
const STRING_OR_LARGE = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|(?<![\d.eE+-])-?\d{16,40}(?![\d.eE])/g;
/** Marks an integer that is passed through `JSON.parse` as a text. A text that begins with it gets a second one. */
const MARK = '\ue0f0';
const BEGINS_WITH_MARK = /^"(?:\ue0f0|\\ue0f0)/i;

/**
 * Parses JSON like `JSON.parse`, except that an integer beyond 2^53 becomes a bigint instead of another integer nearby.
 *
 * @throws SyntaxError
 */
export function parseExactJson(text: string): unknown {
  // First, because the search below takes quadratic time for a text whose strings don't end.
  const rounded: unknown = JSON.parse(text);
  if (!MAY_HAVE_LARGE.test(text)) return rounded;
  let hasLarge = false;
  const marked = text.replace(STRING_OR_LARGE, (token, colon: string | undefined) => {
    if (!token.startsWith('"')) {
      hasLarge = true;
      return `"${MARK}${token}"`;
    }
    return colon === undefined && BEGINS_WITH_MARK.test(token) ? `"${MARK}${token.slice(1)}` : token;
  });
  if (!hasLarge) return rounded;
  return withoutMarks(JSON.parse(marked));
}

/** Replaces marked texts. Without recursion, because a resource may be nested more deeply than the stack allows. */
function withoutMarks(value: unknown): unknown {
  const root = { value };
  const open: object[] = [root];
  for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
    for (const [name, child] of Object.entries(parent)) {
      if (typeof child === 'object' && child !== null) open.push(child);
      else if (typeof child === 'string' && child.startsWith(MARK))
        Object.defineProperty(parent, name, { value: unmarked(child.slice(MARK.length)) });
    }
  }
  return root.value;
}

function unmarked(text: string): string | number | bigint {
  return text.startsWith(MARK) ? text : exactInteger(BigInt(text));
}

/** Writes JSON like `JSON.stringify`, and bigints as the integers they are. Fields that are undefined are left out. */
export function exactJson(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map((item) => exactJson(item ?? null)).join(',')}]`;
  if (!isJsonObject(value) || typeof (value as { toJSON?: unknown }).toJSON === 'function')
    return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, child]) => child !== undefined);
  return `{${fields.map(([name, child]) => `${JSON.stringify(name)}:${exactJson(child)}`).join(',')}}`;
}

/** Returns a value with every bigint that a number can hold as a number. */
export function withExactIntegers(value: Json): Json {
  if (typeof value === 'bigint') return exactInteger(value);
  if (Array.isArray(value)) return value.map(withExactIntegers);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => [name, withExactIntegers(child)]),
  ) as JsonObject;
}

function exactInteger(integer: bigint): number | bigint {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : integer;
}
