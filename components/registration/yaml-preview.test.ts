import { describe, expect, it } from 'vitest';
import { changedLines } from './yaml-preview';

function changed(before: string, after: string): string {
  const lines = [...after];
  return lines.slice(...changedLines([...before], lines)).join('');
}

describe('changedLines', () => {
  it.each([
    ['abc', 'abc', ''],
    ['abc', 'axc', 'x'],
    ['abc', 'abxc', 'x'],
    ['abc', 'ac', ''],
    ['', 'ab', 'ab'],
    ['ab', '', ''],
    ['aab', 'aaab', 'a'],
    ['abc', 'xyz', 'xyz'],
  ])('from %j to %j are %j', (before, after, expected) => {
    expect(changed(before, after)).toBe(expected);
  });
});
