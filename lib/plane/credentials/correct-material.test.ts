import { describe, expect, test } from 'vitest';
import { toBase64 } from '@/lib/base64';
import { readBundle } from '@/lib/plane/certificates/read-bundle';
import { corpusText } from '@/testing/certificates/corpus';
import { correctionPhrases, correctMaterial } from './correct-material';
import { isOnlyCertificates, materialProblem } from './recognise-material';
import { writtenMaterial } from './written-material';

const AGENT_CA = { purpose: 'agent-ca', form: 'value-from' } as const;
const CA = corpusText('one certificate');

describe('typed material', () => {
  test.each([
    ['base64 of PEM', ['base64']],
    ['no line break between two', ['joined']],
    ['a byte order mark', ['invisible']],
    ['no-break spaces in the labels', ['spaces']],
    ['words before BEGIN', ['surrounding-text']],
    ['Windows line breaks', ['line-breaks']],
  ])('is accepted and written as the gateway reads it: %s', (name, corrections) => {
    const text = corpusText(name);
    expect(correctMaterial(text).corrections).toEqual(corrections);
    expect(materialProblem('agent-ca', text)).toBeNull();
    const written = readBundle(writtenMaterial(AGENT_CA, text));
    expect(written.unreadable).toEqual([]);
    expect(written.certificates.length).toBeGreaterThan(0);
  });

  test('is corrected inside base64 as well', () => {
    const text = toBase64(corpusText('no line break between two'));
    expect(correctMaterial(text).corrections).toEqual(['base64', 'joined']);
    expect(readBundle(writtenMaterial(AGENT_CA, text)).certificates).toHaveLength(2);
  });

  test('keeps characters outside ASCII in base64 of PEM', () => {
    expect(writtenMaterial(AGENT_CA, toBase64(`# für Köln\n${CA}`))).toBe(`# für Köln\n${CA}`);
  });

  test.each([
    ['no END', "The certificate can't be read: its END line is missing."],
    ['words after BEGIN', "The certificate can't be read: other text follows BEGIN on its line."],
    ['a character outside base64', "Certificate 1 of 2 can't be read: it isn't valid base64."],
    [
      'header lines',
      "The certificate can't be read: it has header lines, and a certificate with header lines is skipped.",
    ],
    ['a revocation list beside', "The block X509 CRL isn't a certificate. Remove it."],
    ['a certificate request', 'This is a certificate request, not a certificate.'],
  ])("is rejected if it can't be corrected: %s", (name, problem) => {
    expect(materialProblem('agent-ca', corpusText(name))).toBe(problem);
  });

  test.each([
    ['a trusted certificate', /it's a TRUSTED CERTIFICATE.*\. Convert it: openssl x509/],
    ['PKCS7', /it's PKCS#7.*\. Extract them: openssl pkcs7/],
  ])('is named for what it is, with the command that converts it: %s', (name, problem) => {
    expect(materialProblem('server-ca', corpusText(name))).toMatch(problem);
    expect(isOnlyCertificates(corpusText(name))).toBe(false);
  });
});

test('names what was corrected; decoding base64 is no correction', () => {
  expect(correctionPhrases(['base64', 'joined', 'invisible'])).toEqual([
    'a missing line break between two blocks',
    'invisible characters',
  ]);
});
