import { expect, test } from 'vitest';
import { ago } from '@/testing/plane/plane-fixture';
import type { ShownEntry } from './connection-change';
import { overwrittenFields } from './saved-fields';

const PLANE_ID = ['spec', 'planeID'];
const HOST = ['spec', 'gateway', 'host'];
const FLUX = 'Flux (kustomize-controller)';

/** A write; `undoes` is the version whose change it takes back. */
function wrote(version: number, by: string, paths: string[][], undoes?: number): ShownEntry {
  return {
    at: ago(-version * 1000),
    write: {
      resourceVersion: String(version),
      by,
      fields: paths.map((path) => ({ path, change: 'changed' })),
      ...(undoes === undefined ? {} : { takesBack: { resourceVersion: String(undoes), by: 'you' } }),
      wasConnected: true,
    },
  };
}
const SAVE = wrote(5, 'you', [PLANE_ID, HOST]);
const overwritten = (...later: ShownEntry[]) =>
  overwrittenFields([...later.toReversed(), SAVE, wrote(4, 'jane', [PLANE_ID])], '5');

test('a save that nobody wrote over is intact', () => {
  expect(overwritten()).toEqual([]);
  expect(overwritten(wrote(6, 'jane', [['metadata', 'labels', 'team']]))).toEqual([]);
  expect(overwrittenFields([wrote(6, 'jane', [PLANE_ID])], '5')).toEqual([]);
});

test('a revert names its author, its time and the fields', () => {
  expect(overwritten(wrote(6, FLUX, [PLANE_ID, HOST], 5))).toEqual([
    { at: ago(-6000), by: FLUX, fields: [PLANE_ID, HOST], isRevert: true },
  ]);
});

test('another value is no revert, and each field is told by its last write', () => {
  expect(overwritten(wrote(6, FLUX, [PLANE_ID], 5), wrote(7, 'jane', [HOST]))).toEqual([
    { at: ago(-6000), by: FLUX, fields: [PLANE_ID], isRevert: true },
    { at: ago(-7000), by: 'jane', fields: [HOST], isRevert: false },
  ]);
});

test('fields that were reverted and then saved again are intact', () => {
  expect(overwritten(wrote(6, FLUX, [PLANE_ID], 5), wrote(7, 'you', [PLANE_ID], 6))).toEqual([]);
});

test('fields that are reverted and saved again and again are intact after a save', () => {
  const twice = [
    wrote(6, FLUX, [PLANE_ID], 5),
    wrote(7, 'you', [PLANE_ID], 6),
    wrote(8, FLUX, [PLANE_ID], 7),
  ];
  expect(overwritten(...twice)).toMatchObject([{ at: ago(-8000), isRevert: true }]);
  expect(overwritten(...twice, wrote(9, 'you', [PLANE_ID], 8))).toEqual([]);
});

test('a write that takes back another one than the save is no revert of it', () => {
  const other = [wrote(6, 'jane', [PLANE_ID]), wrote(7, 'joe', [PLANE_ID])];
  expect(overwritten(...other, wrote(8, FLUX, [PLANE_ID], 7))).toMatchObject([{ by: FLUX, isRevert: false }]);
});

test('a group that was written as a whole covers the fields within it', () => {
  expect(overwritten(wrote(6, FLUX, [['spec', 'gateway']]))).toMatchObject([{ fields: [HOST] }]);
});
