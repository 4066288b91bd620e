import { expect, test } from 'vitest';
import { descriptionProblem, displayNameProblem } from './display-name';

test.each([
  ['Production Europe', null],
  ['', null],
  ['東京 本番 🗼', null],
  ['a'.repeat(200), null],
  [` ${'a'.repeat(200)}\n`, null],
  ['a'.repeat(201), 'Use at most 200 characters; these are 201.'],
  ['a\0b', 'A display name is one line of text, without control characters.'],
  ['ring \x07', 'A display name is one line of text, without control characters.'],
  ['two\nlines', 'A display name is one line of text, without control characters.'],
])('the display name %j: %s', (text, problem) => {
  expect(displayNameProblem(text)).toBe(problem);
});

test.each([
  ['Two lines,\n\tand a tab.\r\n', null],
  ['a'.repeat(4000), null],
  ['a'.repeat(4001), 'Use at most 4000 characters; these are 4001.'],
  ['a\x1bb', 'A description is text, without control characters.'],
  ['a\x85b', 'A description is text, without control characters.'],
])('the description %j: %s', (text, problem) => {
  expect(descriptionProblem(text)).toBe(problem);
});
