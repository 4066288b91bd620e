import { describe, expect, it } from 'vitest';
import { mapOfRows, repeatedNames, rowsOfMap } from './map-rows';

describe('the lines of a free-form map', () => {
  it('keep the order of the map and convert back to it', () => {
    const map = { zone: 'a', app: 'b' };
    expect(rowsOfMap(map)).toEqual([
      { name: 'zone', value: 'a' },
      { name: 'app', value: 'b' },
    ]);
    expect(mapOfRows(rowsOfMap(map))).toEqual(map);
  });

  it('are ignored when empty, but a value without a name is kept for validation', () => {
    expect(mapOfRows([{ name: '', value: '' }])).toEqual({});
    expect(mapOfRows([{ name: '', value: 'x' }])).toEqual({ '': 'x' });
  });

  it('never overwrite an earlier line with the same name', () => {
    const rows = [
      { name: 'app', value: 'first' },
      { name: 'app', value: 'second' },
    ];
    expect(mapOfRows(rows)).toEqual({ app: 'first' });
    expect(repeatedNames(rows)).toEqual(['app']);
  });

  it('may have the name of an inherited object property', () => {
    const map = mapOfRows([{ name: 'constructor', value: 'x' }]);
    expect(Object.entries(map)).toEqual([['constructor', 'x']]);
  });
});
