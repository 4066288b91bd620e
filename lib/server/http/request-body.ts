import 'server-only';
import type { z } from '@/lib/zod';
import { ProblemError } from './problem';

/** Half a megabyte holds every draft with its bundles; whoever sends more means harm or is mistaken. */
export const MAX_BODY_BYTES = 512 * 1024;
/** Deeper than any resource; a text of nothing but brackets would exhaust the stack of whatever walks it. */
const MAX_DEPTH = 64;
const MAX_ERRORS = 50;

/**
 * The JSON body of a request, read no further than the limit and parsed with the contract's schema.
 *
 * @throws ProblemError `too-large`; `bad-request` when it is no JSON; `invalid-field` with the paths that do not fit, or of
 *   a field `__proto__`
 */
export async function readJsonBody<T>(
  request: Request,
  schema: z.ZodType<T>,
  limitBytes: number = MAX_BODY_BYTES,
): Promise<T> {
  const body = parseJson(await readText(request, limitBytes));
  refuseProto(body);
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const errors = read.error.issues.slice(0, MAX_ERRORS).map(({ path, message }) => ({
    path: path.map((segment) => (typeof segment === 'number' ? segment : String(segment))),
    message,
  }));
  throw new ProblemError('invalid-field', 'The request has not the form that is asked for.', { errors });
}

async function readText(request: Request, limitBytes: number): Promise<string> {
  const tooLarge = () =>
    new ProblemError('too-large', `A request may hold ${Math.round(limitBytes / 1024)} KB at the most.`);
  if (Number(request.headers.get('content-length')) > limitBytes) throw tooLarge();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  let text = '';
  try {
    // A length that was promised proves nothing, so what comes is counted.
    for await (const chunk of request.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > limitBytes) throw tooLarge();
      text += decoder.decode(chunk, { stream: true });
    }
    return text + decoder.decode();
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError('bad-request', 'The request could not be read as UTF-8 text.');
  }
}

function parseJson(text: string): unknown {
  if (isTooDeep(text)) throw new ProblemError('bad-request', 'The JSON is nested too deeply.');
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text.
    throw new ProblemError('bad-request', 'The request is no JSON.');
  }
}

/**
 * A field of the name `__proto__` is one that no parser in the way keeps: it would be gone in silence.
 *
 * @throws ProblemError `invalid-field`
 */
function refuseProto(body: unknown): void {
  const path = protoPath(body, []);
  if (path === null) return;
  const message = 'No field can have the name __proto__.';
  throw new ProblemError('invalid-field', message, { errors: [{ path, message }] });
}

/** Where a field `__proto__` stands; null: nowhere. What is walked is no deeper than `MAX_DEPTH`. */
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
