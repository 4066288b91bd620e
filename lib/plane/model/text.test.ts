import { expect, test } from 'vitest';
import { asSentence, capital, joinList, joinSome, lowerFirst } from './text';

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
