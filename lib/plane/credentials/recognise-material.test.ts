import { describe, expect, test } from 'vitest';
import { toBase64 } from '@/lib/plane/model/base64';
import { CERTIFICATE_PEM, PRIVATE_KEY_PEM } from '@/testing/plane/draft-fixture';
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
const REQUEST = CERTIFICATE_PEM.replaceAll('CERTIFICATE', 'CERTIFICATE REQUEST');

describe('recogniseMaterial', () => {
  test.each([
    ['an empty text', ' \n', { form: 'empty' }],
    ['a certificate', CERTIFICATE_PEM, { form: 'pem-certificates', count: 1, pure: true }],
    [
      'a bundle with comments',
      `# old\n${CERTIFICATE_PEM}# new\n${CERTIFICATE_PEM}`,
      { form: 'pem-certificates', count: 2, pure: false },
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

  test('takes linear time, even for a text of nothing but beginnings', () => {
    const startedMs = performance.now();
    for (const part of ['-----BEGIN CERTIFICATE-----\n', '-----BEGIN ', 'clusters:\n', '\n \n']) {
      materialProblem('agent-ca', part.repeat(Math.floor((256 * 1024) / part.length)));
    }
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });
});

describe('materialProblem', () => {
  test.each([
    ['agent-ca', CERTIFICATE_PEM, null],
    ['agent-ca', toBase64(CERTIFICATE_PEM), null],
    ['agent-ca', '', null],
    [
      'agent-ca',
      PRIVATE_KEY_PEM,
      'This is a private key, which has to stay where it is used. What is meant here is the certificate that verifies the agent.',
    ],
    [
      'agent-ca',
      toBase64(PRIVATE_KEY_PEM),
      'This is a private key, which has to stay where it is used. What is meant here is the certificate that verifies the agent.',
    ],
    [
      'server-ca',
      `${CERTIFICATE_PEM}${PRIVATE_KEY_PEM}`,
      'There is a private key beside the certificate. Paste the CA certificate of the API server alone: the key must stay where it is used.',
    ],
    [
      'agent-ca',
      DER,
      'This is in binary form (DER). Convert it with: openssl x509 -inform der -in FILE -out certificate.pem',
    ],
    [
      'agent-ca',
      btoa(`${DER}${'x'.repeat(20)}`),
      'This is base64 of a certificate in binary form (DER). Paste it as PEM, with its lines BEGIN CERTIFICATE and END CERTIFICATE.',
    ],
    [
      'agent-ca',
      '\u007fELF\u0000',
      'This is a binary file. What is meant here is PEM text, which begins with -----BEGIN CERTIFICATE-----.',
    ],
    [
      'agent-ca',
      KUBECONFIG,
      'This is a kubeconfig. What is meant here is the certificate that verifies the agent, as PEM.',
    ],
    [
      'server-ca',
      KUBECONFIG,
      'This is a kubeconfig. Read it in with “Use a kubeconfig”, which takes the parts that are needed.',
    ],
    ['agent-ca', REQUEST, 'This is a certificate request, not a certificate.'],
    [
      'agent-ca',
      'hello',
      'There is no certificate in this. What is meant here is PEM text, which begins with -----BEGIN CERTIFICATE-----.',
    ],
    ['agent-ca', 'x'.repeat(256 * 1024 + 1), 'This is larger than 256 KB, so it is not what is meant here.'],
    ['client-key', PRIVATE_KEY_PEM, null],
    ['client-key', toBase64(PRIVATE_KEY_PEM), null],
    [
      'client-key',
      ENCRYPTED_KEY,
      'This private key is protected by a passphrase, which the control plane cannot enter. Decrypt it with: openssl pkey -in FILE -out decrypted.pem',
    ],
    [
      'client-key',
      CERTIFICATE_PEM,
      'This is a certificate. What is meant here is the private key that belongs to it.',
    ],
    [
      'client-key',
      '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----',
      'This is a public key. What is meant here is the private key.',
    ],
    [
      'client-key',
      'hello',
      'There is no private key in this. What is meant here is PEM text, which begins with -----BEGIN PRIVATE KEY-----.',
    ],
    ['bearer-token', ' abc.def-ghi_jkl \n', null],
    ['bearer-token', 'Bearer abc', 'Leave out the word Bearer: the token alone is meant.'],
    ['bearer-token', 'abc def', 'A token is one line without blanks.'],
    ['bearer-token', 'abc\ndef', 'A token is one line without blanks.'],
    ['bearer-token', CERTIFICATE_PEM, 'This is PEM, a certificate or a key. What is meant here is a token.'],
    ['bearer-token', 'töken', 'A token has only letters, digits and punctuation without accents.'],
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
