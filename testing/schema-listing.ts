import type { CustomResourceDefinition } from '@/demo/crds/definition';
import type { JsonSchema } from '@/demo/crds/schema';

/**
 * Definitions as text, to be compared and read: a line for each kind (`Kind (scope, plural, singular, short names)`),
 * below it one for each field: path, `!` where it is required, type, and its constraints sorted by name.
 */
export function listingOf(crds: readonly CustomResourceDefinition[]): string {
  const kinds = crds.map((crd) => {
    const { kind, plural, singular, shortNames } = crd.spec.names;
    const heading = `${kind} (${crd.spec.scope}, ${plural}, ${singular}, ${shortNames?.join(',') ?? '-'})`;
    const root = crd.spec.versions[0].schema.openAPIV3Schema.properties ?? {};
    const fields = ['spec', 'status'].flatMap((name) => {
      const schema = root[name];
      return schema ? fieldLines(name, schema, false) : [];
    });
    return [heading, ...fields].join('\n');
  });
  return `${kinds.join('\n\n')}\n`;
}

function fieldLines(path: string, schema: JsonSchema, isRequired: boolean): string[] {
  const { type, description: _text, properties, required, items, ...constraints } = schema;
  const details = Object.entries(constraints)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ` ${name}=${JSON.stringify(sorted(value))}`);
  const below = Object.entries(properties ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, child]) => fieldLines(`${path}.${name}`, child, required?.includes(name) === true));
  return [
    `  ${path}${isRequired ? '!' : ''} ${type}${details.join('')}`,
    ...below,
    ...(items ? fieldLines(`${path}[]`, items, false) : []),
  ];
}

/** Objects with their keys in one order, so that equal constraints read equal. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
