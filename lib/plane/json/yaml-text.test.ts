import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import scalars from '@/testing/plane/kubectl-scalars.json';
import type { Json } from './json';
import { yamlDocuments, yamlText } from './yaml-text';

const TRICKY = [...scalars.otherThanText, ...scalars.text, `${'x'.repeat(1100)}`, `a: ${'b'.repeat(1100)}`];

/** Reads YAML as 1.1, which kubectl and helm use, and as 1.2, which most other tools use. */
function readings(yaml: string): unknown[] {
  return [
    parse(yaml, { version: '1.1', schema: 'yaml-1.1', merge: true }),
    parse(yaml, { version: '1.2', schema: 'core' }),
  ];
}

/** Collections that hold a text as a value, as a name and as an item, at several depths. */
function around(text: string): Json[] {
  return [
    text,
    { value: text, after: 1 },
    { [text]: 'value', after: 'x' },
    [text, [text, [text]]],
    { list: [{ [text]: text, b: text }, text], [text]: { [text]: [text, {}, []] } },
  ];
}

describe('a text in YAML', () => {
  test.each(scalars.otherThanText)("isn't plain if kubectl reads it as something else: %j", (text) => {
    expect(yamlText({ v: text })).not.toBe(`v: ${text}\n`);
    expect(yamlText({ [text]: 'v' })).not.toBe(`${text}: v\n`);
  });

  test.each([...new Set(TRICKY)])('is the same for YAML 1.1 and 1.2: %j', (text) => {
    for (const value of around(text))
      for (const style of [{}, { quoted: true }])
        expect(readings(yamlText(value, style))).toEqual([value, value]);
  });

  test('is the same for any combination of tricky characters', () => {
    const parts = [
      ...'0179_+-.:eExXbBoOyYnN~<=#&*!|>\'"%@`,?[]{}\\/ \t\n',
      ...'\r\u0085\u2028\u2029\ufeff\u007f\u0000\u00a0é😀',
      ...['no', 'off', 'null', '0x', '0b', '0o', '.inf', ': ', ' #', '- ', '\n\n', '\n  '],
    ];
    let state = 20;
    const next = (below: number) => {
      state = (state * 48271) % 2147483647;
      return state % below;
    };
    for (let round = 0; round < 4000; round += 1) {
      const text = Array.from({ length: 1 + next(6) }, () => parts[next(parts.length)]).join('');
      const value = { [text]: text, list: [text, { [text]: [text] }] };
      expect(readings(yamlText(value)), JSON.stringify(text)).toEqual([value, value]);
    }
  });

  test.each([
    'prod',
    'https://gateway.example.com:8443/ws',
    '<hidden by Planeboard>',
    'Größe',
    '1h30m',
    'two words',
  ])('stays plain if nothing else reads it differently: %s', (text) => {
    expect(yamlText({ v: text })).toBe(`v: ${text}\n`);
  });

  test.each([
    ['a\nb\n', '|\n  a\n  b\n'],
    ['a\n\nb', '|-\n  a\n\n  b\n'],
    ['a\n\n', '|+\n  a\n\n'],
  ])('of several lines is a literal block: %j', (text, block) => {
    expect(yamlText({ v: text })).toBe(`v: ${block}`);
  });

  test.each([
    ['\u0085', '"\\u0085"'],
    ['a\u2028b', '"a\\u2028b"'],
    ['\ufeffa', '"\\ufeffa"'],
    ['\ud800', '"\ufffd"'],
    ['\\ud800 \ud800', '"\\\\ud800 \ufffd"'],
  ])('escapes what YAML would read as a line break or reject: %j', (text, scalar) => {
    expect(yamlText(text)).toBe(`${scalar}\n`);
  });
});

describe('other values in YAML', () => {
  test.each<Json>([
    {},
    [],
    null,
    true,
    false,
    0,
    -1.5,
    1e21,
    1e-7,
    [[]],
    [{}],
    { a: {}, b: [], c: [[1, 2], { d: null }] },
  ])('are the same for YAML 1.1 and 1.2: %j', (value) => {
    expect(readings(yamlText(value))).toEqual([value, value]);
  });

  test('have the comments of their style, and no others', () => {
    const comments = { 'a.b': 'About b.' };
    expect(yamlText({ a: { b: 'no', constructor: 1 } }, { comments, quoted: true })).toBe(
      'a:\n  # About b.\n  b: "no"\n  constructor: 1\n',
    );
  });

  test('are separate documents of one file', () => {
    expect(yamlDocuments([{ a: 'x\n\n' }, { b: 1 }])).toBe('a: |+\n  x\n\n---\nb: 1\n');
  });
});
