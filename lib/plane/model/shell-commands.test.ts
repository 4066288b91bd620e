import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { helmValue, shellQuote } from './shell-commands';

/** What a shell makes of a text that stands as one word behind `printf`. */
function asShellsReadIt(shell: string, word: string): string {
  return execFileSync(shell, ['-c', `printf %s ${word}`], { encoding: 'utf8' });
}

const HOSTILE = [
  'plain-1.example_com:8443/ws',
  'kind-my cluster',
  "it's",
  '$(touch /tmp/never)`id`',
  '"; rm -rf / #',
  'a\\b',
  'a\nb; id',
  '!history',
  '*',
  '~',
  '=ls',
  '-n',
  'arn:aws:eks:eu-west-1:1234:cluster/prod',
  'ünïcode-集群',
  'turned\u202etxt',
  'escape\u001b[2J',
];

describe('shellQuote makes one word that bash reads as the text', () => {
  test.each(HOSTILE)('%j', (text) => {
    expect(asShellsReadIt('bash', shellQuote(text))).toBe(text);
  });

  test('and leaves alone what needs no quotes', () => {
    expect(shellQuote('my-cluster.example.com:8443/ws')).toBe('my-cluster.example.com:8443/ws');
  });

  test('an empty text is still a word', () => {
    expect(shellQuote('')).toBe("''");
  });

  test.each(HOSTILE)('and shows nothing that hides itself: %j', (text) => {
    expect(shellQuote(text)).not.toMatch(/\p{C}/u);
  });
});

describe('helmValue keeps a value whole in --set', () => {
  test.each([
    ['wss://gateway.example.com:8443/ws', 'wss://gateway.example.com:8443/ws'],
    ['a,b=c', 'a\\,b=c'],
    ['{a}', '\\{a\\}'],
    ['a\\b', 'a\\\\b'],
  ])('%j', (text, written) => {
    expect(helmValue(text)).toBe(written);
  });
});
