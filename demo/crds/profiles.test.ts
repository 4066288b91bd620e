import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CustomResourceDefinition } from './kind-definition';
import { crdsOf, RELEASES } from './profiles';
import type { JsonSchema } from './schema';

/** Sorts the fields of each kind, so their order in the files doesn't matter. */
function byKind(listing: string): Record<string, string[]> {
  const kinds = listing
    .trim()
    .split('\n\n')
    .map((block) => block.split('\n'));
  return Object.fromEntries(kinds.map(([heading = '', ...fields]) => [heading, fields.sort()]));
}

describe.each(RELEASES)('the definitions of release %s', (release) => {
  test('have exactly the fields and constraints of that release', () => {
    const expected = readFileSync(join(import.meta.dirname, 'expected', `${release}.txt`), 'utf8');
    expect(byKind(listingOf(crdsOf(release)))).toEqual(byKind(expected));
  });

  test('have a status subresource for every kind', () => {
    // Without it, the API server would drop the status that controllers write.
    for (const crd of crdsOf(release)) {
      expect(crd.spec.versions[0].subresources).toEqual({ status: {} });
    }
  });
});

/**
 * Returns definitions as readable text. Each kind has a heading, `Kind (scope, plural, singular, short names)`, and a
 * line for each field: path, `!` if required, type, and the constraints sorted by name.
 */
function listingOf(crds: readonly CustomResourceDefinition[]): string {
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

/** Sorts the keys of objects, so equal constraints have equal texts. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
