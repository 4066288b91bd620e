import { describe, expect, test } from 'vitest';
import { exactJson, parseExactJson, withExactIntegers } from './exact-json';
import type { Json } from './json';
import { applyMergePatch, mergePatchOf } from './merge-patch';
import { yamlText } from './yaml-text';

const LARGE = 9007199254740993n;

describe('JSON', () => {
  test.each<[string, unknown]>([
    ['9007199254740993', LARGE],
    ['-9223372036854775808', -9223372036854775808n],
    ['18446744073709551616', 18446744073709551616n],
    [' [9007199254740993,9007199254740991 , 1]', [LARGE, 9007199254740991, 1]],
    ['{"a":{"b":9007199254740993}}', { a: { b: LARGE } }],
    ['{"9007199254740993":"9007199254740993"}', { '9007199254740993': '9007199254740993' }],
    ['{"a":"\\":9007199254740993","b": 9007199254740993}', { a: '":9007199254740993', b: LARGE }],
    [
      '[1.12345678901234567890, 1e-17, 9007199254740993e20, 1]',
      [1.1234567890123457, 1e-17, 9.007199254740993e35, 1],
    ],
    [
      '[9007199254740993, "\ue0f01", "\\ue0f02", "\\uE0F0\ue0f0"]',
      [LARGE, '\ue0f01', '\ue0f02', '\ue0f0\ue0f0'],
    ],
    ['{"\ue0f01": 9007199254740993}', { '\ue0f01': LARGE }],
    ['[9007199254740993, null, true, ""]', [LARGE, null, true, '']],
  ])('keeps every integer of %s', (text, value) => {
    expect(parseExactJson(text)).toEqual(value);
    expect(parseExactJson(exactJson(value))).toEqual(value);
  });

  test.each(['{', '[9007199254740993', '[01234567890123456789', '"9007199254740993'])(
    'throws for %s',
    (text) => {
      expect(() => parseExactJson(text)).toThrow(SyntaxError);
    },
  );

  test('is parsed in linear time, also when its strings do not end or its numbers are absurdly long', () => {
    const open = `[9007199254740993,"${'\\"'.repeat(250_000)}`;
    expect(() => parseExactJson(open)).toThrow(SyntaxError);
    expect(parseExactJson(`${open}",1]`)).toEqual([LARGE, '"'.repeat(250_000), 1]);
    expect(parseExactJson(`[${'9'.repeat(500_000)},${'1'.repeat(500_000)}e5, 1]`)).toEqual([
      Infinity,
      Infinity,
      1,
    ]);
  });

  test('is parsed exactly however deeply it is nested', () => {
    const depth = 9000;
    let value = parseExactJson(`${'{"a":['.repeat(depth)}9007199254740993${']}'.repeat(depth)}`);
    for (let level = 0; level < depth; level += 1) value = (value as { a: unknown[] }).a[0];
    expect(value).toBe(LARGE);
  });

  test.each<Json>([null, 1, 'a', [], {}, { a: [1, { b: null }] }, '\u2028"\\'])(
    'is written like JSON.stringify: %j',
    (value) => {
      expect(exactJson(value)).toBe(JSON.stringify(value));
    },
  );

  test('leaves out undefined fields, and has null for undefined items', () => {
    expect(exactJson({ a: undefined, b: [undefined, 1] })).toBe('{"b":[null,1]}');
    expect(exactJson(undefined)).toBe('null');
  });
});

test('a large integer stays the same in a patch of the list around it, and in YAML', () => {
  const stored = parseExactJson('{"list":[{"id":9007199254740993,"name":"a"}]}') as { [name: string]: Json };
  const patch = mergePatchOf(stored, { list: [{ id: LARGE, name: 'b' }] });
  expect(exactJson(patch)).toBe('{"list":[{"id":9007199254740993,"name":"b"}]}');
  expect(applyMergePatch(stored, patch ?? {})).toEqual({ list: [{ id: LARGE, name: 'b' }] });
  expect(mergePatchOf(stored, { list: [{ id: LARGE, name: 'a' }] })).toBeNull();
  expect(yamlText(stored)).toBe('list:\n  - id: 9007199254740993\n    name: a\n');
});

test('a bigint that a number can hold becomes a number', () => {
  expect(withExactIntegers({ a: [1n, LARGE, 'x', null] })).toEqual({ a: [1, LARGE, 'x', null] });
});
