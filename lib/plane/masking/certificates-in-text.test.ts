import { expect, test } from 'vitest';
import { certificatesInText } from './certificates-in-text';

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUabc=\n-----END CERTIFICATE-----\n';
const KEY = '-----BEGIN PRIVATE KEY-----\nMHcCAQEEIabc=\n-----END PRIVATE KEY-----\n';

test.each([
  ['nothing', CERTIFICATE],
  ['a comment', `# prod CA\n${CERTIFICATE}`],
  ['what openssl prints', `Certificate:\n    Data:\n        Version: 3 (0x2)\n${CERTIFICATE}`],
  ['bag attributes', `Bag Attributes\n    friendlyName: prod\n${CERTIFICATE}trailing`],
  ['a password', `password: hunter2\n${CERTIFICATE}`],
])('returns the certificate without %s around it', (_what, text) => {
  expect(certificatesInText(text)).toBe(CERTIFICATE);
  expect(certificatesInText(btoa(text))).toBe(btoa(CERTIFICATE));
});

test('returns all certificates of a bundle', () => {
  expect(certificatesInText(`# a\n${CERTIFICATE}# b\n${CERTIFICATE}`)).toBe(CERTIFICATE + CERTIFICATE);
});

test.each([
  ['no certificate', 'hunter2'],
  ['a private key beside a certificate', CERTIFICATE + KEY],
  ['a private key', KEY],
  ['a certificate without its end', CERTIFICATE.slice(0, 60)],
  ['base64 of a private key', btoa(KEY)],
])('returns null for %s', (_what, text) => {
  expect(certificatesInText(text)).toBeNull();
});
