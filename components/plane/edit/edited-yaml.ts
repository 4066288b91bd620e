import {
  type Document,
  type ErrorCode,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml';
import { haveSameName } from '@/components/fields/yaml-names';
import { invisibleHint } from '@/lib/plane/edit/unknown-field';
import { withExactIntegers } from '@/lib/plane/json/exact-json';
import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';
import type { JsonPath } from '@/lib/plane/json/json-path';
import { yamlText } from '@/lib/plane/json/yaml-text';
import { asSentence } from '@/lib/plane/model/text';

/** A range of a text, in characters from its beginning. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

export interface TextProblem extends TextRange {
  readonly message: string;
}

export interface EditedYaml {
  /** Null: the text isn't a single valid object. */
  readonly object: JsonObject | null;
  readonly problems: readonly TextProblem[];
  /** The range of a field's value, or of the nearest enclosing field that the text has. */
  readonly rangeOf: (path: JsonPath) => TextRange;
}

/** Formats an object as YAML for the editor. Never folds lines. */
export function objectYaml(object: JsonObject): string {
  return yamlText(object);
}

/** Parses edited YAML: a single document with an object of plain JSON values. */
export function parseEdited(text: string): EditedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    prettyErrors: false,
    lineCounter: lines,
    uniqueKeys: haveSameName,
    intAsBigInt: true,
    // Even after `%YAML 1.1`, whose dates JSON doesn't have.
    schema: 'core',
    // Otherwise, `!!binary` and others become values that JSON doesn't have.
    resolveKnownTags: false,
  });
  const rangeOf = (path: JsonPath) => rangeIn(document, path, text.length);
  const unknownTags = document.warnings.filter(({ code }) => code === 'TAG_RESOLVE_FAILED');
  const problems = [...document.errors, ...unknownTags].map(({ code, message, pos: [from, to] }) => ({
    from: Math.min(from, text.length),
    to: Math.min(Math.max(to, from + 1), text.length),
    message: invisibleIn(text, from) ?? MESSAGES[code] ?? asSentence(message),
  }));
  problems.push(...keyProblems(document));
  if (problems.length > 0) return { object: null, problems, rangeOf };
  const whole = { from: 0, to: text.length };
  const value = plainValue(document);
  if (value === undefined)
    return {
      object: null,
      problems: [{ ...whole, message: 'The aliases expand too far. Use fewer aliases.' }],
      rangeOf,
    };
  if (value === null) return { object: {}, problems: [], rangeOf };
  if (!isJsonObject(value))
    return {
      object: null,
      problems: [{ ...whole, message: 'The YAML must be an object with the fields metadata and spec.' }],
      rangeOf,
    };
  const odd = oddPath(value, []);
  if (odd === null) return { object: value, problems: [], rangeOf };
  return {
    object: null,
    problems: [{ ...rangeOf(odd), message: "JSON doesn't support this number." }],
    rangeOf,
  };
}

/** Says that the line of a problem, or the one before, contains an invisible character; null if neither does. */
function invisibleIn(text: string, position: number): string | null {
  const lines = text.slice(0, position).split('\n').slice(-2);
  const rest = /^[^\n]*/.exec(text.slice(position))?.[0] ?? '';
  const hint = invisibleHint(`${lines.join('\n')}${rest}`);
  return hint === null ? null : `This line can't be read. ${hint}`;
}

/** Names that YAML has and JSON lacks: `? [a, b]`, `null:`, `.inf:`. */
function keyProblems(document: Document): TextProblem[] {
  const problems: TextProblem[] = [];
  visit(document, {
    Pair: (_, { key }) => {
      const name = isScalar(key) ? key.value : undefined;
      if (typeof name === 'string' || typeof name === 'bigint' || typeof name === 'boolean') return;
      if (!isNode(key) || !key.range || (typeof name === 'number' && Number.isFinite(name))) return;
      problems.push({
        from: key.range[0],
        to: Math.max(key.range[1], key.range[0]),
        message: 'A field name must be text. Put it in quotes.',
      });
    },
  });
  return problems;
}

function plainValue(document: Document): Json | undefined {
  try {
    return withExactIntegers(document.toJS({ maxAliasCount: 50 }) as Json);
  } catch {
    return undefined;
  }
}

/** The path of the first number that YAML has and JSON lacks, such as `.inf` or `.nan`; null if there is none. */
function oddPath(value: Json, path: JsonPath): JsonPath | null {
  if (typeof value === 'number') return Number.isFinite(value) ? null : path;
  const children: [string | number, Json][] = Array.isArray(value)
    ? [...value.entries()]
    : isJsonObject(value)
      ? Object.entries(value)
      : [];
  for (const [name, child] of children) {
    const odd = oddPath(child, [...path, name]);
    if (odd) return odd;
  }
  return null;
}

function rangeIn(document: Document, path: JsonPath, length: number): TextRange {
  let node: unknown = document.contents;
  let range: TextRange = { from: 0, to: Math.min(length, 1) };
  for (const segment of path) {
    if (!isCollection(node)) break;
    const pair: unknown = isMap(node)
      ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(segment))
      : null;
    node = isPair(pair) ? pair.value : node.get(segment, true);
    const shown = isPair(pair) && (isCollection(node) || !isNode(node) || !node.range) ? pair.key : node;
    if (!isNode(shown) || !shown.range) break;
    range = { from: shown.range[0], to: Math.max(shown.range[1], shown.range[0]) };
  }
  return range;
}

/** Messages for users, in place of the library's messages for programmers. */
const MESSAGES: Partial<Record<ErrorCode, string>> = {
  MULTIPLE_DOCS: 'Only one document is allowed. Remove the line --- and everything after it.',
  DUPLICATE_KEY: 'Duplicate field. Keep only one.',
  TAB_AS_INDENT: "YAML can't be indented with tabs. Use spaces.",
  MULTILINE_IMPLICIT_KEY: 'A field name must be on one line and end with a colon.',
  BLOCK_AS_IMPLICIT_KEY: "The indentation doesn't match the lines around it, or there is an extra colon.",
  BAD_INDENT: "The indentation doesn't match the lines around it.",
  BAD_DQ_ESCAPE: 'Invalid escape in double quotes. Write \\\\ for a backslash.',
  BAD_ALIAS: "Anchors (&) and aliases (*) need a name that doesn't end in a colon.",
  ALIAS_PROPS: "An alias (*) can't have an anchor or a tag.",
  BAD_PROP_ORDER: 'Put anchors and tags after the dash, question mark or colon.',
  TAG_RESOLVE_FAILED: 'Unknown tag (!). Remove it.',
  BAD_COLLECTION_TYPE: "This tag (!) doesn't match the value after it. Remove it.",
};
