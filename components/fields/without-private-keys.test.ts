import { expect, it } from 'vitest';
import { withoutPrivateKeys } from './without-private-keys';

const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const KEY = '-----BEGIN EC PRIVATE KEY-----\ncanary\n-----END EC PRIVATE KEY-----\n';

it.each([
  ['before a certificate', KEY + CERTIFICATE, CERTIFICATE],
  ['after a certificate', CERTIFICATE + KEY, CERTIFICATE],
  ['between two', CERTIFICATE + KEY + CERTIFICATE, CERTIFICATE + CERTIFICATE],
  ['cut off', `${CERTIFICATE}-----BEGIN PRIVATE KEY-----\ncanary`, CERTIFICATE],
  ['alone', KEY, ''],
  ['as base64', btoa(CERTIFICATE + KEY), ''],
])('takes out a key %s', (_where, text, rest) => {
  expect(withoutPrivateKeys(text)).toBe(rest);
});
