import { describe, expect, test } from 'vitest';
import { yamlKeys, yamlPlaceAt } from './yaml-place';

/** The place of the cursor, marked with a bar in the text: "key in spec.gateway: po". */
function placeIn(marked: string): string | null {
  const place = yamlPlaceAt(marked.replace('|', ''), marked.indexOf('|'));
  return place && `${place.at} in ${place.path.join('.')}: ${place.word}`;
}

function keysOf(text: string): string[] {
  return yamlKeys(text).map(({ path }) => path.join('.'));
}

describe('the place of a cursor', () => {
  test.each([
    ['a key before its fields', 'spec:\n  ga|\n    port: 1\n', 'key in spec: ga'],
    ['a key before its siblings', 'spec:\n  ga|\n  mode: open\n', 'key in spec: ga'],
    ['a key being edited', 'spec:\n  ga|teway:\n    port: 1\n', 'key in spec: ga'],
    ['a key after another without a colon', 'spec:\n  mo\n  ga|', 'key in spec: ga'],
    ['a key after one letter', 'spec:\n  mode: a\n  m\n  ga|', 'key in spec: ga'],
    ['a group under a key without a colon', 'spec:\n  mo\n  gateway:\n    po|', 'key in spec.gateway: po'],
    ['a word at the top of the text', 'sp|\nmetadata:\n  labels:\n', 'key in : sp'],
    [
      'a key after a word and a comment',
      'spec:\nmo\n  # comment\n  gateway:\n    |',
      'key in spec.gateway: ',
    ],
    ['a key under a plain value', 'spec:\n  mode: open\n    po|', 'key in spec.mode: po'],
    ['a key under an anchor', 'spec: &a\n  mo|', 'key in spec: mo'],
    ['a value of several words', 'spec:\n  mode: op en|', 'value in spec.mode: op en'],
    ['a value in a list', 'spec:\n  mirrors:\n    - url: a|', 'value in spec.mirrors.0.url: a'],
    ['a second item in a list of lists', 'a:\n  - - b\n    - c: 1\n      d|', 'key in a.0.1: d'],
  ])('is found: %s', (_what, marked, place) => {
    expect(placeIn(marked)).toBe(place);
  });

  test.each([
    ['a comment after a value', 'spec:\n  mode: open # no|'],
    ['a quoted text', 'spec:\n  mode: "op|"'],
    ['a flow mapping', 'spec: {mo|}'],
    ['a flow sequence', 'spec:\n  hosts: [a, b|'],
    ['a block scalar', 'spec:\n  ca: |\n    a: '.replace('|', '>').concat('|')],
    ['the header of a block scalar', 'spec:\n  ca: >|'],
    ['the end of a key', 'spec:\n  mode:|'],
    ['an indentation between two groups', 'spec:\n  gateway:\n    port: 1\n   |'],
    ['the column of a list’s dashes', 'spec:\n  mirrors:\n    - url: a\n    |'],
    ['a value after a tag', 'spec:\n  mode: !!str op|'],
    ['an anchor', 'spec:\n  mode: &an|'],
  ])('is null at %s', (_what, marked) => {
    expect(placeIn(marked)).toBeNull();
  });
});

describe('the keys of a half-typed text', () => {
  test.each([
    ['a word before a key', 'spec:\n  ga\n  mode: open\n', ['spec', 'spec.mode']],
    ['a letter between keys', 'spec:\n  a: 1\n  g\n  mode: open\n', ['spec', 'spec.a', 'spec.mode']],
    ['a word at the end', 'spec:\n  mode: open\n  ga', ['spec', 'spec.mode']],
    ['words at the top', 'me\nta\nspec:\n  mode: open\n', ['spec', 'spec.mode']],
    [
      'a word before a list',
      'spec:\n  hosts:\n    po\n    - url: a\n',
      ['spec', 'spec.hosts', 'spec.hosts.0.url'],
    ],
  ])('are those with a colon: %s', (_what, text, keys) => {
    expect(keysOf(text)).toEqual(keys);
  });

  test('exclude keys with an unmatched indentation and keys in flow collections', () => {
    expect(keysOf('spec:\n    a: 1\n  b: 2\nmetadata: {labels: {c: d}}\n')).toEqual([
      'spec',
      'spec.a',
      'metadata',
    ]);
  });
});
