import { describe, expect, test } from 'vitest';
import { matchesPattern } from './linear-pattern';

describe('matchesPattern', () => {
  test.each([
    ['^z\\d$', 'z1', true],
    ['^z\\d$', 'z', false],
    ['^(a|aa)+$', 'aaa', true],
    ['^([a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$', `${'a'.repeat(63)}.`.repeat(4), false],
    ['\\.example\\.com$', 'www.example.com', true],
    ['^\\p{Lu}', 'Éa', true],
    ['^\\p{Lu}', 'éa', false],
  ])('matches %s against %s as RE2 does', (pattern, text, expected) => {
    expect(matchesPattern(pattern, text)).toBe(expected);
  });

  // With an engine that backtracks, none of these ends.
  test.each(['^(a|aa)+$', '^(a+)+$', '(a*)*b', '^(a|a?)+$', '^(a*a*a*a*a*)*b$', '(.*,){12}x'])(
    'takes linear time for %s',
    (pattern) => {
      expect(matchesPattern(pattern, `${'a'.repeat(4000)}!`)).toBe(false);
    },
  );

  test.each([
    ['a pattern that RE2 rejects', '^(?=a)b', 'c'],
    ['a pattern that repeats too often', '((a{0,100}){0,100}){0,100}', 'c'],
    ['a pattern that nests too deeply', '(a'.repeat(480), 'c'],
    ['a long pattern', 'a'.repeat(2000), 'c'],
    ['many repetitions of a long text', '^(((a?){30}){30})+$', `${'a'.repeat(4000)}!`],
    ['a long text', '^a$', 'c'.repeat(5000)],
  ])('leaves %s to the API server', (_what, pattern, text) => {
    expect(matchesPattern(pattern, text)).toBe(true);
  });
});
