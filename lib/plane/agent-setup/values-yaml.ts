import { isJsonObject, type Json, type JsonObject } from '@/lib/plane/json/json';

/** Comments of a values file, by the path of the value joined with dots. Each is one line. */
export type ValueComments = Readonly<Record<string, string>>;

/**
 * Returns a values file for helm. Texts are quoted, so none is read as another type: a planeID such as `007` or `null`
 * stays a text.
 */
export function valuesYaml(values: JsonObject, comments: ValueComments): string {
  return `${linesOf(values, comments, [], '').join('\n')}\n`;
}

function linesOf(
  values: JsonObject,
  comments: ValueComments,
  path: readonly string[],
  indent: string,
): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const here = [...path, name];
    const comment = comments[here.join('.')];
    return [
      ...(comment === undefined ? [] : [`${indent}# ${comment}`]),
      ...entryLines(name, value, comments, here, indent),
    ];
  });
}

function entryLines(
  name: string,
  value: Json | undefined,
  comments: ValueComments,
  path: readonly string[],
  indent: string,
): string[] {
  if (isJsonObject(value)) return [`${indent}${name}:`, ...linesOf(value, comments, path, `${indent}  `)];
  if (!Array.isArray(value)) return [`${indent}${name}: ${JSON.stringify(value)}`];
  return [`${indent}${name}:`, ...value.flatMap((item) => itemLines(item, comments, path, indent))];
}

function itemLines(item: Json, comments: ValueComments, path: readonly string[], indent: string): string[] {
  if (!isJsonObject(item)) return [`${indent}  - ${JSON.stringify(item)}`];
  const [first = '', ...others] = linesOf(item, comments, path, `${indent}    `);
  return [`${indent}  - ${first.trimStart()}`, ...others];
}
