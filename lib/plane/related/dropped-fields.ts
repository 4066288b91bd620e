import { isJsonObject } from '@/lib/plane/json/json';
import { childNode, type SchemaNode } from '@/lib/plane/schema/schema-node';
import { resourceMetadata } from './resource-metadata';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** A resource with more dropped fields has other problems, and anyone with write access may set the annotation. */
const MAX_PATHS = 50;
const MAX_DEPTH = 32;

/**
 * Returns the fields that were applied but that this release's schema lacks. The API server prunes them silently
 * unless the write requests strict validation, so the resource lacks what its author expects.
 *
 * Compares the annotation that `kubectl apply` stored in its last run. Returns only paths, never a value, and only
 * the group of a dropped group.
 *
 * @param raw the resource as the API server serves it
 * @param schema the schema of the whole kind; if undefined, nothing is reported
 * @returns paths such as `spec.clusterAgent.clientCA.secretRef` and `spec.list[].field`
 */
export function droppedFields(raw: unknown, schema: SchemaNode | undefined): string[] {
  const text = resourceMetadata(raw).annotations[LAST_APPLIED];
  const spec = childNode(schema, 'spec');
  if (text === undefined || !spec) return [];
  const applied = parse(text);
  if (!isJsonObject(applied) || !isJsonObject(applied.spec)) return [];
  const paths = new Set<string>();
  collect(applied.spec, isJsonObject(raw) ? raw.spec : undefined, spec, 'spec', paths, 0);
  return [...paths];
}

function collect(
  applied: unknown,
  live: unknown,
  node: SchemaNode,
  path: string,
  paths: Set<string>,
  depth: number,
): void {
  if (depth > MAX_DEPTH || paths.size >= MAX_PATHS) return;
  if (Array.isArray(applied)) {
    const items = Array.isArray(live) ? live : [];
    const { items: itemNode } = node;
    if (!itemNode) return;
    for (const [index, item] of applied.entries())
      collect(item, items[index], itemNode, `${path}[]`, paths, depth + 1);
    return;
  }
  if (!isJsonObject(applied) || node.type !== 'object') return;
  for (const [name, value] of Object.entries(applied)) {
    const child = childNode(node, name) ?? node.additionalProperties;
    const liveValue = isJsonObject(live) && Object.hasOwn(live, name) ? live[name] : undefined;
    if (child) collect(value, liveValue, child, `${path}.${name}`, paths, depth + 1);
    // An object without declared fields accepts anything, and a field that is present wasn't dropped.
    else if (node.properties && liveValue === undefined && value !== null && paths.size < MAX_PATHS)
      paths.add(`${path}.${name}`);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
