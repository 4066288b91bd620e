import { expect, test } from 'vitest';
import { descriptionProblem, displayNameProblem } from './display-name';

test.each([
  ['Production Europe', null],
  ['', null],
  ['東京 本番 🗼', null],
  ['a'.repeat(200), null],
  [` ${'a'.repeat(200)}\n`, null],
  ['a'.repeat(201), 'Use at most 200 characters; this has 201.'],
  ['a\0b', 'Use a single line without control characters.'],
  ['ring \x07', 'Use a single line without control characters.'],
  ['two\nlines', 'Use a single line without control characters.'],
])('the display name %j: %s', (text, problem) => {
  expect(displayNameProblem(text)).toBe(problem);
});

test.each([
  ['Two lines,\n\tand a tab.\r\n', null],
  ['a'.repeat(4000), null],
  ['a'.repeat(4001), 'Use at most 4000 characters; this has 4001.'],
  ['a\x1bb', 'Use text without control characters.'],
  ['a\x85b', 'Use text without control characters.'],
])('the description %j: %s', (text, problem) => {
  expect(descriptionProblem(text)).toBe(problem);
});
