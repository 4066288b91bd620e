import { join } from 'node:path';
import { expect, test } from 'vitest';
import { trackedFiles } from './changed-files';
import { namedSpecs, specsOfChanges, unusedFolders } from './specs-of-changes';

const root = join(import.meta.dirname, '..', '..');
const files = trackedFiles(root);

test('a change of one surface runs the specs of that surface', () => {
  expect(specsOfChanges(['components/wall-setup/wall-setup-screen.tsx'])).toEqual(['e2e/wall-setup']);
  expect(specsOfChanges(['lib/plane/deletion/consequences.ts', 'README.md'])).toEqual(['e2e/plane']);
});

test('a change that every surface uses runs all specs', () => {
  for (const file of [
    'components/ui/button.tsx',
    'lib/client/api/queries.ts',
    'package-lock.json',
    'proxy.ts',
  ])
    expect(specsOfChanges(['docs/findings.md', file]), file).toBe('all');
});

test('a changed spec runs alone, and a file beside specs runs its folder', () => {
  expect(specsOfChanges(['e2e/fleet/list.spec.ts'])).toEqual(['e2e/fleet/list.spec.ts']);
  expect(specsOfChanges(['e2e/plane/expect-finding.ts', 'e2e/plane/edit.spec.ts'])).toEqual(['e2e/plane']);
});

test('documentation and unit tests run no specs', () => {
  expect(specsOfChanges(['docs/architecture.md', 'lib/plane/model/plane.test.ts'])).toEqual([]);
});

test('the map names only folders that exist', () => {
  expect(unusedFolders(files)).toEqual([]);
  for (const spec of namedSpecs())
    expect(
      files.some((file) => file.startsWith(`${spec}/`)),
      spec,
    ).toBe(true);
});
