import { expect, test } from 'vitest';
import { problemOf } from './use-latest-answer';

const reading = { data: undefined, error: null, failureReason: null };
const failed = { ...reading, failureReason: new Error('Timed out.') };

test('the problem of the last read stays until the next one ends', () => {
  expect(problemOf(reading, null)).toBeNull();
  expect(problemOf(failed, null)).toBe('Timed out.');
  expect(problemOf(reading, 'Timed out.')).toBe('Timed out.');
  expect(problemOf({ ...reading, data: {} }, 'Timed out.')).toBeNull();
});
