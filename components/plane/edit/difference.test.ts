import { describe, expect, test } from 'vitest';
import { differenceOf } from './difference';

const TEN = Array.from({ length: 10 }, (_, index) => `line ${index + 1}\n`).join('');

describe('the difference of two texts', () => {
  test('is empty when they are equal', () => {
    expect(differenceOf(TEN, TEN)).toEqual([]);
  });

  test('shows each change with three unchanged lines around it', () => {
    const lines = differenceOf(TEN, TEN.replace('line 6', 'LINE 6'));
    expect(lines.map((line) => (line.kind === 'skipped' ? line.count : `${line.kind} ${line.text}`))).toEqual(
      [
        2,
        'same line 3',
        'same line 4',
        'same line 5',
        'removed line 6',
        'added LINE 6',
        'same line 7',
        'same line 8',
        'same line 9',
        1,
      ],
    );
    expect(lines[4]).toMatchObject({ before: 6, after: null });
    expect(lines[6]).toMatchObject({ before: 7, after: 7 });
  });

  test('counts the unchanged lines between two changes', () => {
    const long = TEN + TEN.replaceAll('line', 'later');
    const changed = long.replace('line 1\n', 'line 0\nline 1\n').replace('later 9\n', '');
    const lines = differenceOf(long, changed);
    expect(lines.map((line) => (line.kind === 'skipped' ? line.count : line.kind))).toEqual([
      'added',
      'same',
      'same',
      'same',
      12,
      'same',
      'same',
      'same',
      'removed',
      'same',
    ]);
    expect(lines.at(-2)).toMatchObject({ before: 19, after: null, text: 'later 9' });
    expect(lines.at(-1)).toMatchObject({ before: 20, after: 20, text: 'later 10' });
  });

  test.each([
    ['', 'a\n', ['added a']],
    ['a\n', '', ['removed a']],
    ['a\nb', 'a\nc', ['same a', 'removed b', 'added c']],
    ['-a\n', '+a\n', ['removed -a', 'added +a']],
  ])('lists the changed lines from %j to %j', (before, after, expected) => {
    expect(
      differenceOf(before, after).map((line) => ('text' in line ? `${line.kind} ${line.text}` : '')),
    ).toEqual(expected);
  });
});
