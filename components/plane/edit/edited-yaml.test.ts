import { describe, expect, test } from 'vitest';
import { objectYaml, parseEdited } from './edited-yaml';

describe('edited YAML', () => {
  test('parses back to the written object', () => {
    const object = { metadata: { labels: { a: '1' } }, spec: { ports: [80, 443], on: true, text: 'a\nb\n' } };
    expect(parseEdited(objectYaml(object))).toMatchObject({ object, problems: [] });
  });

  test('keeps integers beyond 2^53', () => {
    const text = 'spec:\n  a: 9007199254740993\n  b: 1\n';
    const { object } = parseEdited(text);
    expect(object).toEqual({ spec: { a: 9007199254740993n, b: 1 } });
    expect(objectYaml(object ?? {})).toBe(text);
  });

  test.each([
    ['an open bracket', 'spec: ['],
    ['a duplicate key', 'a: 1\na: 2\n'],
    ['two documents', 'a: 1\n---\nb: 2\n'],
    ['a list', '- a\n'],
    ['a text', 'hello'],
    ['a number that JSON lacks', 'spec:\n  a: .inf\n'],
    ['a list as a name', 'spec:\n  ? [a, b]\n  : c\n'],
    ['null as a name', 'spec:\n  null: c\n'],
    ['no name', 'spec:\n  : c\n'],
    ['a number that JSON lacks as a name', '.inf: c\n'],
    ['binary data', 'spec:\n  a: !!binary aGVsbG8=\n'],
    ['a set', 'spec:\n  a: !!set {x, y}\n'],
    ['an ordered map', 'spec:\n  a: !!omap [x: 1]\n'],
    ['an unknown tag', 'spec:\n  a: !secret x\n'],
  ])('is rejected with a position and a sentence: %s', (_what, text) => {
    const { object, problems } = parseEdited(text);
    expect(object).toBeNull();
    expect(problems).not.toEqual([]);
    for (const { from, to, message } of problems) {
      expect(from).toBeLessThanOrEqual(to);
      expect(to).toBeLessThanOrEqual(text.length);
      expect(message).toMatch(/[.!?]$/);
    }
  });

  test.each([
    ['a: 1\n---\nb: 2\n', 'Only one document is allowed. Remove the line --- and everything after it.'],
    ['a: 1\na: 2\n', 'Duplicate field. Keep only one.'],
    ['a:\n\tb: 1\n', "YAML can't be indented with tabs. Use spaces."],
    ['a: "\\q"\n', 'Invalid escape in double quotes. Write \\\\ for a backslash.'],
  ])('is rejected with a message for users instead of the parser’s: %j', (text, message) => {
    expect(parseEdited(text).problems[0]?.message).toBe(message);
  });

  test.each(['spec:\n  a: 1\n \u00A0b: 2\n', 'spec:\n  planeID:\u00A0x\n  b: 1\n'])(
    'names a no-break space that makes a line unreadable: %j',
    (text) => {
      expect(parseEdited(text).problems[0]?.message).toBe(
        "This line can't be read. It contains a no-break space (U+00A0), which isn't a space in YAML. Replace it with a normal space.",
      );
    },
  );

  test('is YAML 1.2 whatever its header says', () => {
    expect(parseEdited('%YAML 1.1\n---\nspec:\n  a: 2020-01-01\n  b: 1:30\n  c: no\n').object).toEqual({
      spec: { a: '2020-01-01', b: '1:30', c: 'no' },
    });
  });

  test.each(['1: a\n"1": b\n', '"true": a\ntrue: b\n', '0x1: a\n"1": b\n'])(
    'reports two names that are the same in JSON: %j',
    (text) => {
      const { object, problems } = parseEdited(text);
      expect(object).toBeNull();
      expect(problems.map(({ message }) => message)).toEqual(['Duplicate field. Keep only one.']);
    },
  );

  test('without content is an empty object', () => {
    expect(parseEdited('# nothing\n').object).toEqual({});
  });

  test('is rejected when its aliases expand too far', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      'b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]',
      'c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]',
      'd: [*c, *c, *c, *c, *c, *c, *c, *c, *c]',
    ].join('\n');
    expect(parseEdited(bomb).object).toBeNull();
  });
});

describe('the range of a field', () => {
  const text = 'spec:\n  planeID: prod\n  gateway:\n    port: 80\n  hosts:\n    - a\n    - b\n';
  const { rangeOf } = parseEdited(text);
  test.each([
    [['spec', 'planeID'], 'prod'],
    [['spec', 'gateway', 'port'], '80'],
    [['spec', 'hosts', 1], 'b'],
    [['spec', 'gateway'], 'gateway'],
    [['spec', 'gateway', 'missing'], 'gateway'],
    [['spec', 'missing', 'deeper'], 'spec'],
  ])('%s is found at the text %s', (path, expected) => {
    const { from, to } = rangeOf(path);
    expect(text.slice(from, to)).toBe(expected);
  });
});
