import { describe, expect, test } from 'vitest';
import { MASK } from './mask';
import { isPublicCertificate, looksSecret, MAX_SEARCHED_LENGTH, withoutSecret } from './secret-text';

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUabc=\n-----END CERTIFICATE-----\n';
const TOKEN = `eyJ${'a'.repeat(20)}.${'b'.repeat(20)}.sig`;
const MIB = 2 ** 20;

describe('looksSecret', () => {
  test.each([
    ['a JSON Web Token', TOKEN],
    ['a JSON Web Token after other text', `Bearer:${TOKEN}`],
    ['a JSON Web Token that follows its own prefix', `eyJ-${TOKEN}`],
    ['a JSON Web Token with a long header', `eyJ${'a'.repeat(9000)}.${'b'.repeat(20)}.sig`],
    ['a password in a URL', 'dial https://me:pw@host/ failed'],
    ['a token in a URL', 'GET https://host/path?a=1&access_token=abc failed'],
    ['a signature in a URL', 'https://bucket/x?X-Amz-Signature=0a1b'],
    ['a short token in a URL', 'https://host/?token=a'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----'],
    [
      'the start of a private key in base64',
      btoa(`-----BEGIN PRIVATE KEY-----\n${'x'.repeat(90)}`).slice(0, 101),
    ],
  ])('recognises %s', (_what, text) => {
    expect(looksSecret(text)).toBe(true);
  });

  test.each([
    ['a version that looks like a token', '1.2.3'],
    ['a host name', 'eyJobs.example.com'],
    ['a plain URL', 'https://host:6443/path?page=2&sort=name'],
    ['a sentence about tokens', 'The token is missing; secret=none'],
  ])('accepts %s', (_what, text) => {
    expect(looksSecret(text)).toBe(false);
  });

  // The first two took minutes when a pattern started again at each repetition, far beyond the test's time limit.
  test.each(['eyJ-', 'eyJ', 'eyJaaaaaaaa.', '://', '://a:', '-----BEGIN ', '?token', '&a', 'QUJD', ' '])(
    'searches a megabyte of %j repeated in linear time',
    (part) => {
      looksSecret(part.repeat(MIB / part.length));
      isPublicCertificate(part.repeat(MIB / part.length));
    },
  );
});

describe('isPublicCertificate', () => {
  test.each([CERTIFICATE, CERTIFICATE + CERTIFICATE, `\n${CERTIFICATE}\n`, btoa(CERTIFICATE)])(
    'accepts certificates alone',
    (text) => {
      expect(isPublicCertificate(text)).toBe(true);
    },
  );

  test.each([
    `password: hunter2\n${CERTIFICATE}`,
    `${CERTIFICATE}hunter2`,
    `${CERTIFICATE}hunter2\n${CERTIFICATE}`,
  ])('rejects text around certificates', (text) => {
    expect(isPublicCertificate(text)).toBe(false);
  });
});

describe('withoutSecret', () => {
  test('returns nothing beyond the part that it searched', () => {
    const text = 'a'.repeat(MAX_SEARCHED_LENGTH) + TOKEN;
    expect(withoutSecret(text)).toBe('a'.repeat(MAX_SEARCHED_LENGTH));
    expect(withoutSecret(TOKEN + text)).toBe(MASK);
  });
});
