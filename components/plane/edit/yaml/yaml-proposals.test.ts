import { describe, expect, test } from 'vitest';
import type { SchemaNode } from '@/lib/plane/schema/schema-node';
import { yamlKeys, yamlPlaceAt } from './yaml-place';
import { fieldInfo, proposalsAt } from './yaml-proposals';

const ROOT: SchemaNode = {
  type: 'object',
  properties: {
    metadata: {
      type: 'object',
      properties: { labels: { type: 'object', additionalProperties: { type: 'string' } } },
    },
    spec: {
      type: 'object',
      properties: {
        planeID: { type: 'string', required: true, description: 'Names the cluster.' },
        mode: { type: 'string', enum: ['open', 'closed'], default: 'open' },
        enabled: { type: 'boolean' },
        gateway: { type: 'object', properties: { port: { type: 'integer' }, host: { type: 'string' } } },
        mirrors: {
          type: 'array',
          items: { type: 'object', properties: { url: { type: 'string' }, name: { type: 'string' } } },
        },
      },
    },
  },
};

/** The text without the bar that marks the cursor, and the cursor's position. */
function at(marked: string): [text: string, cursor: number] {
  return [marked.replace('|', ''), marked.indexOf('|')];
}

function labels(marked: string): string[] | null {
  const found = proposalsAt(...at(marked), ROOT);
  return found ? found.proposals.map(({ label }) => label) : null;
}

describe('the proposals at the cursor', () => {
  test.each([
    ['the beginning of the text', '|', ['metadata', 'spec']],
    ['a word', 'spec:\n  pl|', ['planeID', 'mode', 'enabled', 'gateway', 'mirrors']],
    [
      'an empty line between existing keys',
      'spec:\n  planeID: a\n  |\n  mode: open\n',
      ['enabled', 'gateway', 'mirrors'],
    ],
    ['a line in a nested group', 'spec:\n  gateway:\n    |', ['port', 'host']],
    [
      'a line after a nested group',
      'spec:\n  gateway:\n    port: 1\n  |',
      ['planeID', 'mode', 'enabled', 'mirrors'],
    ],
    ['an item of a list', 'spec:\n  mirrors:\n    - url: a\n    - |', ['url', 'name']],
    ['the second line of an item', 'spec:\n  mirrors:\n    - url: a\n      |', ['name']],
    ['a list that is not indented', 'spec:\n  mirrors:\n  - url: a\n    |', ['name']],
    ['a field with allowed values', 'spec:\n  mode: |', ['open', 'closed']],
    ['a boolean field', 'spec:\n  enabled: t|', ['true', 'false']],
    ['a free-text field', 'spec:\n  planeID: |', null],
    ['an unknown field', 'spec:\n  other:\n    |', null],
    ['a comment', 'spec:\n  # |', null],
    ['a block of text', 'spec:\n  planeID: |-\n    text'.replace('|-', '>-').replace('text', 'te|'), null],
    ['labels, which have free names', 'metadata:\n  labels:\n    |', null],
  ])('match the schema at %s', (_what, marked, expected) => {
    expect(labels(marked)).toEqual(expected);
  });

  test('open the first line of a group and the first item of a list', () => {
    const found = proposalsAt(...at('spec:\n  |'), ROOT);
    const text = (label: string) => found?.proposals.find((proposal) => proposal.label === label)?.text;
    expect(text('planeID')).toBe('planeID: ');
    expect(text('gateway')).toBe('gateway:\n    ');
    expect(text('mirrors')).toBe('mirrors:\n    - ');
  });

  test('replace the word before the cursor', () => {
    expect(yamlPlaceAt(...at('spec:\n  gateway:\n    po|'))).toEqual({
      path: ['spec', 'gateway'],
      at: 'key',
      word: 'po',
      from: 'spec:\n  gateway:\n    '.length,
      column: 4,
    });
  });
});

describe('the keys of a text', () => {
  test('have paths and ranges, and exclude lines of block texts', () => {
    const text =
      'spec:\n  "a b": 1\n  ca: |\n    not: a key\n  mirrors:\n    - url: x\n      name: y\n    - url: z\n';
    expect(yamlKeys(text).map(({ path, from, to }) => `${path.join('.')} ${text.slice(from, to)}`)).toEqual([
      'spec spec',
      'spec.a b "a b"',
      'spec.ca ca',
      'spec.mirrors mirrors',
      'spec.mirrors.0.url url',
      'spec.mirrors.0.name name',
      'spec.mirrors.1.url url',
    ]);
  });

  test('have a type from the schema, or no help if the field is unknown', () => {
    expect(fieldInfo(ROOT, ['spec', 'gateway', 'port'])?.type).toBe('whole number');
    expect(fieldInfo(ROOT, ['spec', 'mode'])).toMatchObject({ type: 'one of open, closed' });
    expect(fieldInfo(ROOT, ['spec', 'other'])).toBeNull();
  });
});
