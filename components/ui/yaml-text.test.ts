import { expect, test } from 'vitest';
import { yamlTokens } from './yaml-text';

const types = (line: string) => yamlTokens(line)[0]?.map((token) => `${token.type}:${token.text}`);

test.each([
  ['kind: DataPlane', ['key:kind', 'mark::', 'plain: ', 'string:DataPlane']],
  ['  port: 8443 # https', ['mark:  ', 'key:port', 'mark::', 'plain: ', 'literal:8443', 'comment: # https']],
  ['  - name: "a: b"', ['mark:  - ', 'key:name', 'mark::', 'plain: ', 'string:"a: b"']],
  ['- true', ['mark:- ', 'literal:true']],
  ['a: # b', ['key:a', 'mark::', 'comment: # b']],
  ['a: "b" c', ['key:a', 'mark::', 'plain: ', 'string:"b" c']],
  ["a: 'b''c'  # d", ['key:a', 'mark::', 'plain: ', "string:'b''c'", 'comment:  # d']],
  ['a: b#c', ['key:a', 'mark::', 'plain: ', 'string:b#c']],
  ['openchoreo.dev/x: y', ['key:openchoreo.dev/x', 'mark::', 'plain: ', 'string:y']],
])('splits into typed tokens: %s', (line, expected) => {
  expect(types(line)).toEqual(expected);
});

test('text in a block stays text, even where it looks like keys', () => {
  const [, inside, after] = yamlTokens('value: |\n  a: b\nkind: X\n');
  expect(inside).toEqual([{ type: 'string', text: '  a: b' }]);
  expect(after?.[0]).toEqual({ type: 'key', text: 'kind' });
});

test('the tokens of a line add up to the line', () => {
  const yaml = 'a:\n  - b: c   # d\n  -\n    "e": |-\n      f\n\n  - {x: 1}\n  - [y]\n# z\n...\n: odd\n';
  const rejoined = yamlTokens(yaml).map((line) => line.map((token) => token.text).join(''));
  expect(rejoined.join('\n')).toBe(yaml.trimEnd());
});

// A pattern that tried every blank took minutes for these, also on the server.
test.each([
  `a: x${' '.repeat(250_000)}x`,
  `a: "x"${' '.repeat(250_000)}x`,
  `- ${'"\\'.repeat(100_000)}`,
  `${'- '.repeat(100_000)}x`,
])('takes linear time for a long line', (line) => {
  expect(yamlTokens(line)).toHaveLength(1);
});
