import { describe, expect, test } from 'vitest';
import { corpusText } from '@/testing/certificates/corpus';
import { expectLinearTime } from '@/testing/plane/linear-time';
import { maySign, readBundle } from './read-bundle';
import { unreadableSentence } from './unreadable-block';

const CA = corpusText('one certificate');

function sentences(text: string): string[] {
  const { unreadable, count } = readBundle(text);
  return unreadable.map((block) => unreadableSentence(block, count));
}

describe('a block that the gateway skips is named', () => {
  test.each([
    ['no END', "The certificate can't be read: its END line is missing."],
    ['no BEGIN', "The certificate can't be read: its BEGIN line is missing."],
    [
      'a byte order mark',
      "The certificate can't be read: blanks or invisible characters precede its BEGIN line.",
    ],
    ['indented', "The certificate can't be read: blanks or invisible characters precede its BEGIN line."],
    ['words before BEGIN', "The certificate can't be read: other text precedes BEGIN on its line."],
    ['words after BEGIN', "The certificate can't be read: other text follows BEGIN on its line."],
    ['words after END', "The certificate can't be read: other text follows END on its line."],
    [
      'four dashes',
      "The certificate can't be read: its BEGIN or END line doesn't have exactly five dashes on each side.",
    ],
    ['lower-case labels', "The certificate can't be read: its label is certificate instead of CERTIFICATE."],
    [
      'header lines',
      "The certificate can't be read: it has header lines, and a certificate with header lines is skipped.",
    ],
    ['a negative serial number', "The certificate can't be read: its serial number is negative."],
    [
      'explicit curve parameters',
      "The certificate can't be read: its EC key has explicit parameters instead of a named curve.",
    ],
    [
      'data after the certificate',
      "The certificate can't be read: more data follows the certificate in its block.",
    ],
    ['a certificate cut off', "The certificate can't be read: it's damaged or cut off."],
    ['a text as time', "The certificate can't be read: its dates are invalid."],
    ['basic constraints twice', "The certificate can't be read: it has the same extension twice."],
    ['a character outside base64', "Certificate 1 of 2 can't be read: it isn't valid base64."],
    [
      'END of another label',
      "Certificate 1 of 2 can't be read: its END line has another label than its BEGIN line.",
    ],
    [
      'a trusted certificate',
      "Certificate 1 of 2 can't be read: it's a TRUSTED CERTIFICATE, a format of OpenSSL's own.",
    ],
    ['PKCS7', "Certificate 1 of 2 can't be read: it's PKCS#7, which can hold several certificates."],
  ])('%s', (name, sentence) => {
    expect(sentences(corpusText(name))).toEqual([sentence]);
  });

  test('two blocks without a line break between them are both named', () => {
    expect(sentences(corpusText('no line break between two'))).toEqual([
      "Certificate 1 of 2 can't be read: a line break is missing between it and the next block.",
      "Certificate 2 of 2 can't be read: a line break is missing between it and the next block.",
    ]);
  });

  test('with its position and its line', () => {
    const text = `# first\n${CA}${corpusText('a negative serial number')}`;
    const line = CA.split('\n').length + 1;
    expect(readBundle(text).unreadable).toMatchObject([{ position: 2, line, label: 'CERTIFICATE' }]);
  });
});

test('a repeated certificate counts once', () => {
  const { certificates, count } = readBundle(`${CA}# again\n${CA}`);
  expect(certificates).toHaveLength(1);
  expect(count).toBe(1);
});

test.each([
  ['a private key beside', 'private-key', 'PRIVATE KEY'],
  ['a private key without END before', 'private-key', 'PRIVATE KEY'],
  ['a revocation list beside', 'other-block', 'X509 CRL'],
  ['a certificate request', 'other-block', 'CERTIFICATE REQUEST'],
])('%s is no certificate, and no unreadable one', (name, kind, label) => {
  const { parts, unreadable } = readBundle(corpusText(name));
  expect(parts.filter((part) => part.kind === kind)).toMatchObject([{ label }]);
  expect(unreadable).toEqual([]);
});

test.each([
  ['one certificate', true],
  ['version 1', true],
  ['version 2', true],
  ['no basic constraints', false],
  ['a CA that may not be one', false],
])('as in Go, %s may have issued others: %s', (name, expected) => {
  const [certificate] = readBundle(corpusText(name)).certificates;
  expect(certificate && maySign(certificate.parsed)).toBe(expected);
});

test.each([
  ['no key usage', null, true],
  ['a key usage without any bit', [], true],
  ['one with certificate signing', [5, 6], true],
  ['one without it', [0], false],
])('as in Go, a CA with %s may have issued others: %s', (_, keyUsage, expected) => {
  expect(maySign({ version: 3, isCa: true, keyUsage })).toBe(expected);
});

test.each(['-----END CERTIFICATE-----', '-----BEGIN CERTIFICATE-----', '-----', '\n', 'x'])(
  'the parts are the whole text, wherever %j is in it',
  (noise) => {
    const bundle = corpusText('two certificates');
    for (let at = 0; at <= bundle.length; at += 9) {
      const text = bundle.slice(0, at) + noise + bundle.slice(at);
      const { parts } = readBundle(text);
      expect(parts.map(({ from, to }) => text.slice(from, to)).join('')).toBe(text);
    }
  },
);

test.each([
  ['blocks that never end', '-----BEGIN CERTIFICATE-----'],
  ['lines of blocks that never end', '-----BEGIN CERTIFICATE-----\n'],
  ['blocks that never begin', '\n-----END CERTIFICATE-----'],
  ['empty blocks', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n'],
  ['END lines in one line', '-----END A-----'],
  ['blocks in one line', '-----BEGIN CERTIFICATE-----MIIB-----END CERTIFICATE-----'],
  ['dashes', '-'],
  ['line breaks', '\n'],
])('takes linear time for %s', (_what, unit) => {
  expectLinearTime((times) => readBundle(unit.repeat(times)), Math.floor((256 * 1024) / unit.length));
});

test('takes linear time for blanks in a block', () => {
  const text = (blanks: number) =>
    `-----BEGIN CERTIFICATE-----\n${' '.repeat(blanks)}x\n-----END CERTIFICATE-----`;
  expectLinearTime((blanks) => readBundle(text(blanks)), 250_000);
});
