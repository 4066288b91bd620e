import { expect, test } from 'vitest';
import { NO_FACTS } from '@/lib/plane/health/health-facts';
import type { Json, JsonObject } from '@/lib/plane/json/json';
import { encodeColumn, type TableColumn } from '@/lib/plane/json/json-table';
import { planeArguments } from '@/lib/plane/model/shell-commands';
import { aPlane } from '@/testing/plane/plane-fixture';
import { tablePlanes } from './table-planes';

const row = (name: string, changes: object = {}) =>
  JSON.parse(
    JSON.stringify({
      ...aPlane({ name, uid: `uid-${name}`, labels: { region: 'eu' } }),
      facts: NO_FACTS,
      health: { state: 'healthy', reasons: [] },
      nextChangeAtMs: null,
      ...changes,
    }),
  ) as JsonObject;

const table = (rows: readonly JsonObject[]): TableColumn =>
  JSON.parse(JSON.stringify(encodeColumn(rows as Json[]))) as TableColumn;

test.each([[[]], [[row('one')]], [[row('one'), row('two', { namespace: undefined }), row('three')]]])(
  'planes are read as they were written: %#',
  (rows) => {
    const planes = tablePlanes(table(rows));
    expect(planes.map((plane) => ({ ...plane }))).toEqual(rows);
    expect(JSON.parse(JSON.stringify(planes))).toEqual(rows);
    for (const [index, plane] of planes.entries()) {
      expect(plane.name).toBe(rows[index]?.name);
      expect(plane.namespace).toBe(rows[index]?.namespace);
    }
  },
);

test('an object of a plane stays the same object', () => {
  const [plane] = tablePlanes(table([row('one'), row('two')]));
  expect(plane?.labels).toBe(plane?.labels);
  expect(plane?.facts).toBe(plane?.facts);
});

test('a plane can be taken apart like any object', () => {
  const [plane] = tablePlanes(table([row('one'), row('two', { namespace: undefined })]));
  if (!plane) throw new Error('A plane was expected.');
  const { name, ...rest } = plane;
  expect([name, rest.uid, 'namespace' in plane, Object.keys(rest).includes('name')]).toEqual([
    'one',
    'uid-one',
    true,
    false,
  ]);
  expect(planeArguments(plane)).toBe('dataplanes.openchoreo.dev one -n acme');
});

test('anything else than objects is no table of planes', () => {
  expect(() => tablePlanes(encodeColumn(['a', 'b']))).toThrow(TypeError);
});
