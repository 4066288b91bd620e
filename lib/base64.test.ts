import { describe, expect, test } from 'vitest';
import { fromBase64, toBase64 } from './base64';

test('encodes the UTF-8 bytes of a text', () => {
  expect(toBase64('a')).toBe('YQ==');
  expect(toBase64('é')).toBe('w6k=');
});

describe('decodes base64', () => {
  test.each([
    ['with padding', 'YWI=', 'ab'],
    ['without padding', 'YWJjZGU', 'abcde'],
    ['wrapped and indented', ' YWJj\r\n  ZGVm\n', 'abcdef'],
    ['byte by byte', 'w6k=', '\u00c3\u00a9'],
  ])('%s', (_what, text, expected) => {
    expect(fromBase64(text)).toBe(expected);
  });
});

describe("rejects text that isn't base64", () => {
  test.each([
    ['an empty text', ''],
    ['fewer than four characters', 'YWI'],
    ['an impossible length', 'YWJjZ'],
    ['padding in the middle', 'YQ==YQ=='],
    ['too much padding', 'YWI==='],
    ['padding after whole groups', 'YWJj='],
    ['the alphabet of URLs', 'YWJj-_8='],
    ['other characters', 'YWJj*Zg='],
    ['PEM', '-----BEGIN CERTIFICATE-----'],
  ])('%s', (_what, text) => {
    expect(fromBase64(text)).toBeNull();
  });
});
