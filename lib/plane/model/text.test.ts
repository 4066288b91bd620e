import { describe, expect, test } from 'vitest';
import { asSentence, capital, joinList, joinSome, lowerFirst, visibleText } from './text';

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
])('joins %j as %j', (items, text) => {
  expect(joinList(items)).toBe(text);
});

test('joins alternatives with "or"', () => {
  expect(joinList(['a', 'b', 'c'], 'or')).toBe('a, b or c');
});

test.each([
  [['a', 'b', 'c'], 'a, b and c'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
])('names the first three of %j: %j', (items, text) => {
  expect(joinSome(items)).toBe(text);
});

test.each([
  ['connection refused', 'connection refused.'],
  [' Try again! ', 'Try again!'],
  ['', ''],
])('turns %j into the sentence %j', (message, sentence) => {
  expect(asSentence(message)).toBe(sentence);
});

test('capital changes only the first letter', () => {
  expect(capital('the DataPlane prod')).toBe('The DataPlane prod');
  expect(capital('')).toBe('');
});

test.each([
  ['External ingress', 'external ingress'],
  ['HTTPS listener', 'HTTPS listener'],
  ['API server CA', 'API server CA'],
  ['', ''],
])('writes %j within a sentence as %j', (label, text) => {
  expect(lowerFirst(label)).toBe(text);
});

describe('visibleText', () => {
  test.each<[string, string]>([
    ['a plain text', 'Production, Tokyo'],
    ['right-to-left letters', 'הייצור'],
    ['joined letters', 'می\u200Cخواهم'],
    ['a joined emoji', '👩\u200D🚀 crew'],
    ['lines and tabs', 'one\n\ttwo'],
    ['surrounding blanks', ' a '],
  ])('keeps %s', (_, text) => {
    expect(visibleText(text)).toBe(text);
  });

  test.each<[string, string]>([
    ['an override', '\u202Eexample drol\u202C'],
    ['an isolate', '\u2066example drol\u2069'],
    ['an embedding', '\u202Aexample\u202B drol\u202D'],
    ['controls', '\u0000example\u0007 drol\u009B\u007F'],
  ])('removes %s', (_, text) => {
    expect(visibleText(text)).toBe('example drol');
  });

  test.each<[string, string]>([
    ['an empty text', ''],
    ['blanks', ' \t\n\u00A0\u3000'],
    ['zero-width blanks', '\u200B\u200B\uFEFF'],
    ['marks and joiners', '\u200E\u200F\u200D\u2060\u00AD\uFE0F'],
    ['fillers', '\u3164\u115F\u2800'],
    ['only a direction', '\u202E\u202C'],
  ])('returns undefined for %s', (_, text) => {
    expect(visibleText(text)).toBeUndefined();
  });

  test('returns undefined for undefined', () => {
    expect(visibleText(undefined)).toBeUndefined();
  });
});
