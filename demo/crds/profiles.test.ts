import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listingOf } from '@/testing/schema-listing';
import { crdsOf, RELEASES } from './profiles';

/** Fields sorted, so that the order in which they are written down does not matter. */
function byKind(listing: string): Record<string, string[]> {
  const kinds = listing
    .trim()
    .split('\n\n')
    .map((block) => block.split('\n'));
  return Object.fromEntries(kinds.map(([heading = '', ...fields]) => [heading, fields.sort()]));
}

describe.each(RELEASES)('the definitions of release %s', (release) => {
  test('have exactly the fields and constraints that the release has', () => {
    const expected = readFileSync(join(import.meta.dirname, 'expected', `${release}.txt`), 'utf8');
    expect(byKind(listingOf(crdsOf(release)))).toEqual(byKind(expected));
  });

  test('have a status subresource for every kind, or the API server would drop what controllers write', () => {
    for (const crd of crdsOf(release)) {
      expect(crd.spec.versions[0].subresources).toEqual({ status: {} });
    }
  });
});
