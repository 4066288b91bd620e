import { isJsonObject } from '@/lib/plane/json/json';
import { childNode, type SchemaNode } from '@/lib/plane/schema/schema-node';
import { resourceMetadata } from './resource-metadata';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** More than this is another kind of trouble, and anybody may write an annotation. */
const MAX_PATHS = 50;
const MAX_DEPTH = 32;

/**
 * The fields that somebody applied and this release's schema does not have: the API server pruned them silently, unless
 * the write asked for strict validation, so the resource lacks what its author believes to be there. Read from what
 * `kubectl apply` remembers of its last run; only the paths, never a value. Of a dropped group the group alone is told.
 *
 * @param raw the resource as the API server serves it
 * @param schema of the whole kind; undefined: not known, then nothing is told
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
    // An object without a word on its fields holds anything, and what is there has not been dropped.
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
