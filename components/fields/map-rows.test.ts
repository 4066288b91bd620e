import { describe, expect, it } from 'vitest';
import { mapOfRows, repeatedNames, rowsOfMap } from './map-rows';

describe('lines of a free-form map', () => {
  it('keep the order of the map, and give it back', () => {
    const map = { zone: 'a', app: 'b' };
    expect(rowsOfMap(map)).toEqual([
      { name: 'zone', value: 'a' },
      { name: 'app', value: 'b' },
    ]);
    expect(mapOfRows(rowsOfMap(map))).toEqual(map);
  });

  it('without name and value are not there yet, but a value without a name is kept to be told about', () => {
    expect(mapOfRows([{ name: '', value: '' }])).toEqual({});
    expect(mapOfRows([{ name: '', value: 'x' }])).toEqual({ '': 'x' });
  });

  it('with the name of an earlier line wait: the earlier one is not overwritten while a longer name is typed', () => {
    const rows = [
      { name: 'app', value: 'first' },
      { name: 'app', value: 'second' },
    ];
    expect(mapOfRows(rows)).toEqual({ app: 'first' });
    expect(repeatedNames(rows)).toEqual(['app']);
  });

  it('named like a property that every object has are lines like any other', () => {
    const map = mapOfRows([{ name: 'constructor', value: 'x' }]);
    expect(Object.entries(map)).toEqual([['constructor', 'x']]);
  });
});
