import { expect, it } from 'vitest';
import { lowerFirst } from './lower-first';

it.each([
  ['Ingress from outside', 'ingress from outside'],
  ['HTTPS listener', 'HTTPS listener'],
  ['CA of the API server', 'CA of the API server'],
  ['', ''],
])('%j within a sentence is %j', (label, words) => {
  expect(lowerFirst(label)).toBe(words);
});
