import { isJsonObject } from '@/lib/plane/json/json';
import { childNode, type SchemaNode } from './schema-node';

/**
 * Returns the paths of values that are the schema's defaults, such as `['spec', 'gateway', 'publicHTTPPort']`. The API
 * server writes defaults into resources, so nothing in the resource tells them from values that someone chose.
 *
 * @param root the schema of the whole resource
 */
export function defaultPaths(spec: unknown, root: SchemaNode | undefined): string[][] {
  return pathsBelow(spec, childNode(root, 'spec'), ['spec']);
}

function pathsBelow(value: unknown, node: SchemaNode | undefined, path: readonly string[]): string[][] {
  if (node === undefined) return [];
  if (!isJsonObject(value)) return isDefault(value, node) ? [[...path]] : [];
  return Object.entries(value).flatMap(([name, child]) =>
    pathsBelow(child, childNode(node, name), [...path, name]),
  );
}

/** Whether a text, a number or a Boolean is the field's default. */
function isDefault(value: unknown, { default: filledIn }: SchemaNode): boolean {
  if (filledIn === undefined || filledIn === null || typeof filledIn === 'object') return false;
  // Whole numbers of the API server may be bigints.
  return value === filledIn || (isNumber(value) && isNumber(filledIn) && String(value) === String(filledIn));
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}
