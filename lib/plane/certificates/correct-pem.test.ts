import { describe, expect, test } from 'vitest';
import { corpusText } from '@/testing/certificates/corpus';
import { expectLinearTime } from '@/testing/plane/linear-time';
import { type Correction, correctPem } from './correct-pem';
import { readBundle } from './read-bundle';

describe('corrects what the gateway would not read', () => {
  test.each<[string, readonly Correction[], number]>([
    ['old Macintosh line breaks', ['line-breaks'], 1],
    ['all on one line', ['line-breaks'], 1],
    ['spaces for line breaks', ['line-breaks'], 1],
    ['a byte order mark', ['invisible'], 1],
    ['a byte order mark before the second', ['invisible'], 2],
    ['a zero-width space before BEGIN', ['invisible'], 1],
    ['a zero-width space in the base64', ['invisible'], 1],
    ['no-break spaces in the labels', ['spaces'], 1],
    ['a no-break space after END', ['spaces'], 1],
    ['indented', ['spaces'], 1],
    ['PEM in a YAML block', ['spaces'], 1],
    ['words before BEGIN', ['surrounding-text'], 1],
    ['words before the second BEGIN', ['surrounding-text'], 2],
    ['words after END', ['surrounding-text'], 1],
    ['words after the first END', ['surrounding-text'], 2],
    ['no line break between two', ['joined'], 2],
    ['no line break between the last two of three', ['joined'], 2],
  ])('%s', (name, corrections, certificates) => {
    const corrected = correctPem(corpusText(name));
    expect(corrected.corrections).toEqual(corrections);
    expect(readBundle(corrected.text)).toMatchObject({ unreadable: [], count: certificates });
  });
});

test('keeps the words beside a certificate, on a line of their own', () => {
  const ca = corpusText('one certificate');
  expect(correctPem(`the old: ${ca.trim()} until May\n`).text).toBe(`the old:\n${ca}until May\n`);
});

test.each([
  'one certificate',
  'two certificates',
  'comments around',
  'doubled line breaks',
  'blanks at the end of lines',
])('changes nothing that the gateway reads: %s', (name) => {
  const text = corpusText(name);
  expect(correctPem(text)).toEqual({ text, corrections: [] });
});

test.each([
  'no END',
  'no BEGIN',
  'four dashes',
  'words after BEGIN',
  'a character outside base64',
  'END of another label',
  'header lines',
  'a negative serial number',
  'a trusted certificate',
])("leaves what it can't correct as unreadable as it was: %s", (name) => {
  const text = corpusText(name);
  const before = readBundle(text);
  const after = readBundle(correctPem(text).text);
  expect(after.unreadable.map(({ problem }) => problem)).toEqual(
    before.unreadable.map(({ problem }) => problem),
  );
});

test('never makes a text less readable', () => {
  const ca = corpusText('one certificate');
  for (const noise of ['-----', '\u00a0', '\ufeff', ' ', '\r', '-----END CERTIFICATE-----', 'x']) {
    for (let at = 0; at <= ca.length; at += 7) {
      const text = ca.slice(0, at) + noise + ca.slice(at);
      const { certificates } = readBundle(text);
      expect(readBundle(correctPem(text).text).certificates.length).toBeGreaterThanOrEqual(
        certificates.length,
      );
    }
  }
});

test.each([
  '-----BEGIN CERTIFICATE-----',
  '-----END CERTIFICATE-----',
  '-----BEGIN A-----MIIB',
  ' \u00a0',
  '-',
])('takes linear time for many of %j', (piece) => {
  expectLinearTime((times) => correctPem(piece.repeat(times)), Math.floor((256 * 1024) / piece.length));
});
