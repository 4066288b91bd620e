import { expect, test } from 'vitest';
import { MASK } from '@/lib/plane/masking/mask';
import { shownMessage, shownText } from './shown-text';

const MAX = 200;
/** Puts a text so that the row's end cuts it in two. */
const atTheCut = (text: string) => `${'x '.repeat(MAX / 2 - 4)}${text}`;

test.each([
  ['a password', 'password=hunter2 and more'],
  ['the password of a URL', `https://app:${'h'.repeat(300)}@db/`],
  ['a token', `eyJ${'a'.repeat(60)}.${'b'.repeat(900)}.${'c'.repeat(80)}`],
  ['a token with a long header', `eyJ${'a'.repeat(9000)}.${'b'.repeat(20)}.sig`],
  ['a variable whose name follows', `{"value":"${'h'.repeat(300)}","name":"password", "password":"x"}`],
])('masks %s that the end of the row cuts in two', (_what, secret) => {
  expect(shownText(atTheCut(secret), MAX)).toBe(MASK);
  expect(shownMessage(atTheCut(secret), MAX)).toBe(MASK);
});

test('searches no further than a secret of the shown part reaches', () => {
  const text = `${'x '.repeat(5000)}password=hunter2`;
  expect(shownText(text, MAX)).toBe(`${'x '.repeat(MAX).slice(0, MAX - 1)}…`);
});
