import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { helmValue, shellQuote } from './shell-commands';

/** Returns how a shell reads a text placed as one word after `printf`. */
function readByShell(shell: string, word: string): string {
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

describe('shellQuote', () => {
  test.each(HOSTILE)('makes one word that bash reads as %j', (text) => {
    expect(readByShell('bash', shellQuote(text))).toBe(text);
  });

  test('leaves text that needs no quotes alone', () => {
    expect(shellQuote('my-cluster.example.com:8443/ws')).toBe('my-cluster.example.com:8443/ws');
  });

  test('makes a word of an empty text', () => {
    expect(shellQuote('')).toBe("''");
  });

  test.each(HOSTILE)('shows no invisible characters in %j', (text) => {
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
