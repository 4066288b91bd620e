import { expect, test } from 'vitest';
import { exactJson } from '@/lib/plane/json/exact-json';
import scalars from '@/testing/plane/kubectl-scalars.json';
import { objectYaml, parseEdited } from './edited-yaml';
import { differentReadings } from './yaml-readings';

const warned = (text: string) =>
  differentReadings(text).map(({ from, to, message }) => [text.slice(from, to), message] as const);

test.each([
  ['a: no\n', 'no', 'kubectl reads no as false, and this page as text. Put it in quotes: "no".'],
  ['a: Off\n', 'Off', 'kubectl reads Off as false'],
  ['a: 1_000\n', '1_000', 'kubectl reads 1_000 as 1000, and this page as text'],
  ['a: 0b11\n', '0b11', 'kubectl reads 0b11 as 3'],
  ['a: -0o7\n', '-0o7', 'kubectl reads -0o7 as -7, and this page as text.'],
  ['a: 010\n', '010', 'kubectl reads 010 as 8, and this page as 10.'],
  [
    'a: 09007199254740993\n',
    '09007199254740993',
    'kubectl reads 09007199254740993 as 9007199254740992, and this page as 9007199254740993.',
  ],
  ['a: 1e400_0\nb: .5_0\n', '.5_0', 'kubectl reads .5_0 as 0.5, and this page as text.'],
  ['<<: {}\n', '<<', 'kubectl reads << as a merge, and this page as text.'],
  ['on: x\n', 'on', 'kubectl reads on as true'],
  ['a:\n  - b: yes # why\n', 'yes', 'kubectl reads yes as true'],
])('warns about %j at the value that kubectl reads otherwise', (text, value, message) => {
  const found = warned(text);
  expect(found.map(([at]) => at)).toEqual([value]);
  expect(found[0]?.[1]).toContain(message);
});

test.each([
  'a: "no"\n',
  "a: 'off'\n",
  'a: true\n',
  'a: 12\n',
  'a: 08\n',
  'a: +1\n',
  'a: 1e3\n',
  'a: !!str 010\n',
  'a: 1.5\n',
  'a: null\n',
  'a: 10.0.0.1\n',
  'a: 6:30\n',
  'a: 2026-03-10\n',
  'a: 2026-03-10T10:00:00Z\n',
  'a: 0o7\n',
  'a: |\n  no\n',
])('has nothing to say about %j', (text) => {
  expect(warned(text)).toEqual([]);
});

const plain = (texts: readonly string[]) => texts.filter((text) => /^[\w.:+~-]+(?<!:)$/.test(text));

test.each(plain(scalars.text))('never says that kubectl reads %j as something else than text', (text) => {
  for (const [, message] of warned(`a: ${text}\n`))
    expect(message).toContain(`kubectl reads ${text} as text`);
});

test.each(plain(scalars.otherThanText))('never says that kubectl reads %j as text', (text) => {
  for (const [, message] of warned(`a: ${text}\n`)) expect(message).not.toContain(' as text, and');
});

test.each(scalars.readings.filter(([text]) => plain([text ?? '']).length > 0))(
  'warns about %j exactly if kubectl reads something else: %s',
  (text = '', json = '') => {
    // As this page saves it.
    const saved = exactJson(parseEdited(`a: ${text}\n`).object?.a);
    const messages = warned(`a: ${text}\n`).map(([, message]) => message);
    // This page saves zero without its sign, which no integer has.
    const isSame = saved === json || (saved === '0' && json === '-0');
    expect(messages).toEqual(
      isSame
        ? []
        : [expect.stringContaining(`kubectl reads ${text} as ${json.startsWith('"') ? 'text' : json}, `)],
    );
  },
);

test('compares with YAML 1.2 whatever the header says', () => {
  expect(warned('%YAML 1.1\n---\na: 2020-01-01\nb: 1:30\n')).toEqual([]);
});

test('has nothing to say about what this page writes', () => {
  const values = [
    'no',
    'y',
    '0o7',
    '1_000',
    '6:30',
    '2026-03-10',
    '010',
    '~',
    '<<',
    'null',
    'on',
    '1e3',
    '.5',
  ];
  const object = Object.fromEntries(values.map((value) => [value, value]));
  expect(warned(objectYaml({ spec: { ...object, list: values } }))).toEqual([]);
});
