import 'server-only';
import { parseExactJson } from '@/lib/plane/json/exact-json';
import type { z } from '@/lib/zod';
import { ProblemError } from './problem';

/** Half a megabyte holds every draft with its bundles. A larger request is an attack or a mistake. */
export const MAX_BODY_BYTES = 512 * 1024;
/** Deeper than any resource. Text made of brackets alone would exhaust the stack of code that walks it. */
const MAX_DEPTH = 64;
const MAX_ERRORS = 50;

/**
 * Reads the JSON body of a request, no further than the limit, and parses it with the contract's schema.
 *
 * @throws ProblemError `too-large`; `bad-request` when it isn't JSON; `invalid-field` with the paths of invalid
 * fields or of a field `__proto__`
 */
export async function readJsonBody<T>(
  request: Request,
  schema: z.ZodType<T>,
  limitBytes: number = MAX_BODY_BYTES,
): Promise<T> {
  const body = parseJson(await readTextBody(request, limitBytes));
  refuseProto(body);
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const errors = read.error.issues.slice(0, MAX_ERRORS).map(({ path, message }) => ({
    path: path.map((segment) => (typeof segment === 'number' ? segment : String(segment))),
    message,
  }));
  throw new ProblemError('invalid-field', "The request doesn't match the expected schema.", { errors });
}

/** Returns the error for a body above a limit. */
export function tooLarge(limitBytes: number): ProblemError {
  return new ProblemError(
    'too-large',
    `The request is too large. The limit is ${Math.round(limitBytes / 1024)} KB.`,
  );
}

/**
 * Reads the body of a request as text, no further than the limit.
 *
 * @throws ProblemError `too-large`; `bad-request` when it isn't UTF-8
 */
export async function readTextBody(request: Request, limitBytes: number): Promise<string> {
  if (Number(request.headers.get('content-length')) > limitBytes) throw tooLarge(limitBytes);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let text = '';
  try {
    // The Content-Length header proves nothing, so received bytes are counted.
    for await (const chunk of request.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > limitBytes) throw tooLarge(limitBytes);
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError('bad-request', "The request can't be read as UTF-8 text.");
  }
}

function parseJson(text: string): unknown {
  if (isTooDeep(text)) throw new ProblemError('bad-request', 'The JSON is nested too deeply.');
  try {
    return parseExactJson(text);
  } catch {
    // The parser's own message quotes the text.
    throw new ProblemError('bad-request', "The request isn't valid JSON.");
  }
}

/**
 * Rejects a field named `__proto__`: the parsers further on drop it silently.
 *
 * @throws ProblemError `invalid-field`
 */
function refuseProto(body: unknown): void {
  const path = protoPath(body, []);
  if (path === null) return;
  const message = "A field can't be named __proto__.";
  throw new ProblemError('invalid-field', message, { errors: [{ path, message }] });
}

/** Returns the path of a field `__proto__`; null: there is none. The value must be no deeper than `MAX_DEPTH`. */
function protoPath(value: unknown, path: readonly (string | number)[]): (string | number)[] | null {
  if (typeof value !== 'object' || value === null) return null;
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  for (const [name, child] of entries) {
    const found = name === '__proto__' ? [...path, name] : protoPath(child, [...path, name]);
    if (found !== null) return found;
  }
  return null;
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
}
