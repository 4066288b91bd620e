import { describe, expect, it } from 'vitest';
import { isUnparsed, unparsed } from '@/lib/plane/schema/unparsed';
import { freeFormText, freeFormValue } from './free-form-value';

describe('the value of a free-form text', () => {
  it.each([
    ['', undefined],
    ['  \n', undefined],
    ['8080', 8080],
    ['9007199254740993', 9007199254740993n],
    ['"8080"', '8080'],
    ['50%', '50%'],
    ['true', true],
    ['null', null],
    ['a: 1\nb: [x, y]', { a: 1, b: ['x', 'y'] }],
    ['{"a": {"b": null}}', { a: { b: null } }],
    ['2026-11-21', '2026-11-21'],
    ['%YAML 1.1\n---\na: 2026-11-21', { a: '2026-11-21' }],
  ])('for %j is %s', (text, value) => {
    expect(freeFormValue(text)).toEqual(value);
  });

  it.each([
    ['a: [1'],
    ['a: 1\n  b: 2'],
    ['.inf'],
    ['a: 1\na: 2'],
    ['1: a\n"1": b'],
    ['{"planeboard:unparsed": "x"}'],
    ['a: *nobody'],
    ['a: !!binary aGk='],
    ['!!set { a, b }'],
    ['!!timestamp 2026-11-21'],
    ['a: !tls x'],
    ['null: a'],
    ['? [a, b]\n: c'],
    ['a: { __proto__: 1 }'],
  ])('keeps the invalid text %j', (text) => {
    const value = freeFormValue(text);
    expect(isUnparsed(value)).toBe(true);
    expect(freeFormText(value)).toBe(text);
  });
});

describe('the text of a value', () => {
  it.each([
    [8080],
    [9007199254740993n],
    [{ a: [9007199254740993n] }],
    ['8080'],
    ['50%'],
    [true],
    [null],
    [{ a: { b: [1, 'x'] } }],
    [[1, 2]],
    ['multi\nline: text'],
  ])('parses back to %o', (value) => {
    expect(freeFormValue(freeFormText(value))).toEqual(value);
  });

  it("is empty without a value, and the typed text for a text that didn't parse", () => {
    expect(freeFormText(undefined)).toBe('');
    expect(freeFormText(unparsed('a: [1'))).toBe('a: [1');
  });
});
