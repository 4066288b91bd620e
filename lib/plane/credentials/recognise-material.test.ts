import { describe, expect, test } from 'vitest';
import { toBase64 } from '@/lib/base64';
import { CERTIFICATE_PEM, PRIVATE_KEY_PEM } from '@/testing/plane/draft-fixture';
import { expectLinearTime } from '@/testing/plane/linear-time';
import {
  isOnlyCertificates,
  materialProblem,
  recogniseMaterial,
  withoutPrivateKeys,
} from './recognise-material';
import { writtenMaterial } from './written-material';

const ENCRYPTED_KEY = PRIVATE_KEY_PEM.replaceAll('PRIVATE KEY', 'ENCRYPTED PRIVATE KEY');
const OLD_ENCRYPTED_KEY =
  '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nMIIB\n-----END RSA PRIVATE KEY-----\n';
const DER = '0\u0082\u0003\u001c0\u0082\u0002\u0004';
const DER_AS_UTF8 = '0\ufffd\u0003\u001c0\ufffd\u0002\u0004';
const KUBECONFIG = 'apiVersion: v1\nkind: Config\nclusters:\n- name: a\ncontexts:\n- name: a\n';
const OTHER_PEM = CERTIFICATE_PEM.replace('ABC', 'ABD');
const REQUEST = CERTIFICATE_PEM.replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST');

describe('recogniseMaterial', () => {
  test.each([
    ['an empty text', ' \n', { form: 'empty' }],
    ['a certificate', CERTIFICATE_PEM, { form: 'pem-certificates', count: 1, pure: true }],
    [
      'a bundle with comments',
      `# old\n${CERTIFICATE_PEM}# new\n${OTHER_PEM}`,
      { form: 'pem-certificates', count: 2, pure: false },
    ],
    [
      'the same certificate twice',
      `${CERTIFICATE_PEM}${CERTIFICATE_PEM}`,
      { form: 'pem-certificates', count: 1, pure: true },
    ],
    [
      'certificates without a line break between them',
      CERTIFICATE_PEM.trim() + OTHER_PEM,
      { form: 'pem-certificates', count: 2, pure: true },
    ],
    [
      'a private key with damaged dashes beside a certificate',
      `${CERTIFICATE_PEM}${PRIVATE_KEY_PEM.replaceAll('-----', '----')}`,
      { form: 'private-key', withCertificates: true },
    ],
    [
      'a private key with no-break spaces',
      PRIVATE_KEY_PEM.replaceAll(' ', '\u00a0'),
      { form: 'private-key', withCertificates: false },
    ],
    [
      'a certificate with Windows line ends',
      CERTIFICATE_PEM.replaceAll('\n', '\r\n'),
      { form: 'pem-certificates', count: 1, pure: true },
    ],
    [
      'base64 of a certificate',
      toBase64(CERTIFICATE_PEM),
      { form: 'base64-pem', count: 1, pem: CERTIFICATE_PEM },
    ],
    [
      'wrapped base64 of a certificate',
      toBase64(CERTIFICATE_PEM).replace(/(.{20})/g, '$1\n'),
      { form: 'base64-pem' },
    ],
    [
      'a private key',
      PRIVATE_KEY_PEM,
      { form: 'private-key', encrypted: false, base64: false, withCertificates: false },
    ],
    [
      'an RSA key',
      '-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----',
      { form: 'private-key' },
    ],
    [
      'a key in a bundle',
      `${CERTIFICATE_PEM}${PRIVATE_KEY_PEM}`,
      { form: 'private-key', withCertificates: true },
    ],
    ['base64 of a key', toBase64(PRIVATE_KEY_PEM), { form: 'private-key', base64: true }],
    ['an encrypted key', ENCRYPTED_KEY, { form: 'private-key', encrypted: true }],
    ['an encrypted key in the old format', OLD_ENCRYPTED_KEY, { form: 'private-key', encrypted: true }],
    ['a key in a kubeconfig', `${KUBECONFIG}${PRIVATE_KEY_PEM}`, { form: 'private-key' }],
    ['DER', DER, { form: 'der', base64: false }],
    ['DER decoded as text', DER_AS_UTF8, { form: 'der', base64: false }],
    ['base64 of DER', btoa(`${DER}${'x'.repeat(20)}`), { form: 'der', base64: true }],
    ['a binary file', '\u007fELF\u0002\u0001\u0001\u0000\u0000', { form: 'binary' }],
    ['a kubeconfig', KUBECONFIG, { form: 'kubeconfig' }],
    ['a kubeconfig as JSON', '{"clusters": [], "contexts": []}', { form: 'kubeconfig' }],
    ['a certificate request', REQUEST, { form: 'other', label: 'CERTIFICATE REQUEST' }],
    ['a word', 'hello', { form: 'other' }],
  ])('recognises %s', (_, text, expected) => {
    expect(recogniseMaterial(text)).toMatchObject(expected);
  });

  test.each(['-----BEGIN CERTIFICATE-----\n', '-----BEGIN ', 'clusters:\n', '\n \n'])(
    'takes linear time for many of %j',
    (part) => {
      expectLinearTime(
        (times) => materialProblem('agent-ca', part.repeat(times)),
        Math.floor((256 * 1024) / part.length),
      );
    },
  );
});

describe('materialProblem', () => {
  test.each([
    ['agent-ca', CERTIFICATE_PEM, null],
    ['agent-ca', toBase64(CERTIFICATE_PEM), null],
    ['agent-ca', '', null],
    [
      'agent-ca',
      PRIVATE_KEY_PEM,
      "This is a private key, which must stay where it's used. Enter the agent CA instead.",
    ],
    [
      'agent-ca',
      toBase64(PRIVATE_KEY_PEM),
      "This is a private key, which must stay where it's used. Enter the agent CA instead.",
    ],
    [
      'server-ca',
      `${CERTIFICATE_PEM}${PRIVATE_KEY_PEM}`,
      "This contains a private key. Paste only the API server's CA. The key must stay where it's used.",
    ],
    [
      'agent-ca',
      DER,
      'This is in binary format (DER). Convert it to PEM: openssl x509 -inform der -in FILE -out certificate.pem',
    ],
    [
      'agent-ca',
      btoa(`${DER}${'x'.repeat(20)}`),
      'This is a base64-encoded certificate in binary format (DER). Paste it as PEM, with the BEGIN CERTIFICATE and END CERTIFICATE lines.',
    ],
    [
      'agent-ca',
      '\u007fELF\u0000',
      'This is a binary file. Enter PEM text, which begins with -----BEGIN CERTIFICATE-----.',
    ],
    ['agent-ca', KUBECONFIG, 'This is a kubeconfig. Enter the agent CA as PEM instead.'],
    ['server-ca', KUBECONFIG, 'This is a kubeconfig. Import it with "Use a kubeconfig".'],
    ['agent-ca', REQUEST, 'This is a certificate request, not a certificate.'],
    [
      'agent-ca',
      'hello',
      'No certificate found. Enter PEM text, which begins with -----BEGIN CERTIFICATE-----.',
    ],
    ['agent-ca', 'x'.repeat(256 * 1024 + 1), 'This text is too large. The limit is 256 KB.'],
    ['client-key', PRIVATE_KEY_PEM, null],
    ['client-key', toBase64(PRIVATE_KEY_PEM), null],
    [
      'client-key',
      ENCRYPTED_KEY,
      "This private key has a passphrase, which the control plane can't enter. Decrypt it: openssl pkey -in FILE -out decrypted.pem",
    ],
    ['client-key', CERTIFICATE_PEM, 'This is a certificate. Enter its private key instead.'],
    [
      'client-key',
      '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----',
      'This is a public key. Enter the private key instead.',
    ],
    [
      'client-key',
      'hello',
      'No private key found. Enter PEM text, which begins with -----BEGIN PRIVATE KEY-----.',
    ],
    ['bearer-token', ' abc.def-ghi_jkl \n', null],
    ['bearer-token', 'Bearer abc', 'Enter only the token, without "Bearer".'],
    ['bearer-token', 'abc def', 'A token is a single line without spaces.'],
    ['bearer-token', 'abc\ndef', 'A token is a single line without spaces.'],
    ['bearer-token', CERTIFICATE_PEM, 'This is PEM (a certificate or a key). Enter a token instead.'],
    ['bearer-token', 'töken', 'A token contains only letters without accents, digits and punctuation.'],
    ['password', 'any thing', null],
  ] as const)('%s: %j', (purpose, text, expected) => {
    expect(materialProblem(purpose, text)).toBe(expected);
  });
});

test.each([
  [CERTIFICATE_PEM, true],
  [toBase64(`${CERTIFICATE_PEM}${CERTIFICATE_PEM}`), true],
  [`${CERTIFICATE_PEM}and more`, false],
  [`${CERTIFICATE_PEM}${PRIVATE_KEY_PEM}`, false],
  [toBase64(`${CERTIFICATE_PEM}and more`), false],
  ['', false],
])('isOnlyCertificates(%j) is %s', (text, expected) => {
  expect(isOnlyCertificates(text)).toBe(expected);
});

describe('writtenMaterial', () => {
  test.each([
    ['agent-ca', 'value-from', `  ${CERTIFICATE_PEM.trim()}`, CERTIFICATE_PEM],
    ['agent-ca', 'value-from', CERTIFICATE_PEM.replace(/^/gm, '    '), CERTIFICATE_PEM],
    ['agent-ca', 'value-from', toBase64(CERTIFICATE_PEM), CERTIFICATE_PEM],
    ['client-key', 'value-from', PRIVATE_KEY_PEM.replaceAll('\n', '\r\n'), PRIVATE_KEY_PEM],
    ['client-key', 'base64', PRIVATE_KEY_PEM.trim(), toBase64(PRIVATE_KEY_PEM)],
    ['bearer-token', 'value-from', ' abc\n', 'abc'],
    ['password', 'text', ' with blanks ', ' with blanks '],
    ['agent-ca', 'value-from', ' ', ''],
  ] as const)('%s, %s: %j', (purpose, form, text, expected) => {
    expect(writtenMaterial({ purpose, form }, text)).toBe(expected);
  });
});

const SHORT_CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const SHORT_KEY = '-----BEGIN EC PRIVATE KEY-----\ncanary\n-----END EC PRIVATE KEY-----\n';

test.each([
  ['before a certificate', SHORT_KEY + SHORT_CERTIFICATE, SHORT_CERTIFICATE],
  ['after a certificate', SHORT_CERTIFICATE + SHORT_KEY, SHORT_CERTIFICATE],
  ['between two', SHORT_CERTIFICATE + SHORT_KEY + SHORT_CERTIFICATE, SHORT_CERTIFICATE + SHORT_CERTIFICATE],
  ['cut off', `${SHORT_CERTIFICATE}-----BEGIN PRIVATE KEY-----\ncanary`, SHORT_CERTIFICATE],
  ['alone', SHORT_KEY, ''],
  ['as base64', btoa(SHORT_CERTIFICATE + SHORT_KEY), ''],
])('removes a private key %s', (_where, text, rest) => {
  expect(withoutPrivateKeys(text)).toBe(rest);
});
