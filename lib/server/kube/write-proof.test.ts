import { describe, expect, test } from 'vitest';
import { fieldsNotStored } from './write-proof';

describe('fieldsNotStored compares', () => {
  test.each([
    ['equal objects', { a: 1, b: { c: 'x' } }, { a: 1, b: { c: 'x' } }, []],
    ['an object with added defaults', { a: 1, kind: 'default' }, { a: 1 }, []],
    ['a list with added defaults', { ports: [{ port: 1, protocol: 'TCP' }] }, { ports: [{ port: 1 }] }, []],
    ['another value', { a: { b: 2, c: 3 } }, { a: { b: 1, c: 3 } }, [['a', 'b']]],
    [
      'a missing field',
      {},
      { a: { b: 1, c: 2 } },
      [
        ['a', 'b'],
        ['a', 'c'],
      ],
    ],
    ['a field that was to be removed', { a: 1 }, { a: null }, [['a']]],
    ['a removed field', {}, { a: null }, []],
    ['a longer list', { list: [1, 2] }, { list: [1] }, [['list']]],
    ['a list in another order', { list: [2, 1] }, { list: [1, 2] }, [['list']]],
    ['an object in place of a list', { list: {} }, { list: [] }, [['list']]],
    ['a text in place of an object', { a: 'x' }, { a: {} }, [['a']]],
    ['a dropped empty group', {}, { group: {} }, []],
    ['a field of the prototype', {}, { constructor: 'x' }, [['constructor']]],
    ['another resourceVersion', {}, { metadata: { resourceVersion: '1' } }, []],
  ])('%s', (_, found, patch, expected) => {
    expect(fieldsNotStored(found, patch)).toEqual(expected);
  });
});
