import { describe, expect, test } from 'vitest';
import { asSentence, capital, joinList, joinSome, lowerFirst, visibleText } from './text';

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
])('%j is joined as %j', (items, text) => {
  expect(joinList(items)).toBe(text);
});

test('a list of alternatives is joined with "or"', () => {
  expect(joinList(['a', 'b', 'c'], 'or')).toBe('a, b or c');
});

test.each([
  [['a', 'b', 'c'], 'a, b and c'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
])('of %j the first three are named', (items, text) => {
  expect(joinSome(items)).toBe(text);
});

test.each([
  ['connection refused', 'connection refused.'],
  [' Try again! ', 'Try again!'],
  ['', ''],
])('%j becomes the sentence %j', (message, sentence) => {
  expect(asSentence(message)).toBe(sentence);
});

test('capital changes the first letter only', () => {
  expect(capital('the DataPlane prod')).toBe('The DataPlane prod');
  expect(capital('')).toBe('');
});

test.each([
  ['Ingress from outside', 'ingress from outside'],
  ['HTTPS listener', 'HTTPS listener'],
  ['CA of the API server', 'CA of the API server'],
  ['', ''],
])('%j within a sentence is %j', (label, text) => {
  expect(lowerFirst(label)).toBe(text);
});

describe('visibleText', () => {
  test.each<[string, string]>([
    ['plain', 'Production, Tokyo'],
    ['letters from right to left', 'הייצור'],
    ['joined letters', 'می\u200Cخواهم'],
    ['a joined emoji', '👩\u200D🚀 crew'],
    ['lines and tabs', 'one\n\ttwo'],
    ['blanks at its ends', ' a '],
  ])('A text with %s is left as it is', (_, text) => {
    expect(visibleText(text)).toBe(text);
  });

  test.each<[string, string]>([
    ['an override', '\u202Eexample drol\u202C'],
    ['an isolate', '\u2066example drol\u2069'],
    ['an embedding', '\u202Aexample\u202B drol\u202D'],
    ['controls', '\u0000example\u0007 drol\u009B\u007F'],
  ])('%s is taken out, so that the text reads as it is written', (_, text) => {
    expect(visibleText(text)).toBe('example drol');
  });

  test.each<[string, string]>([
    ['nothing', ''],
    ['blanks', ' \t\n\u00A0\u3000'],
    ['blanks without width', '\u200B\u200B\uFEFF'],
    ['marks and joiners', '\u200E\u200F\u200D\u2060\u00AD\uFE0F'],
    ['fillers', '\u3164\u115F\u2800'],
    ['a direction alone', '\u202E\u202C'],
  ])('A text of %s is none', (_, text) => {
    expect(visibleText(text)).toBeUndefined();
  });

  test('No text is none', () => {
    expect(visibleText(undefined)).toBeUndefined();
  });
});
