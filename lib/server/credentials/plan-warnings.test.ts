import { expect, test } from 'vitest';
import type { CredentialSlot } from '@/lib/plane/credentials/credential-slot';
import { corpusText } from '@/testing/certificates/corpus';
import { sameMaterialText } from './plan-warnings';

const OLD = corpusText('an Ed25519 key');
const FRESH = corpusText('a P-384 key');
const slot = (purpose: CredentialSlot['purpose'], name: string): CredentialSlot => ({
  id: `kubernetesCluster.auth.${name}`,
  path: ['kubernetesCluster', 'auth', name],
  purpose,
  form: 'value-from',
  refField: 'secretRef',
});

test('names a secret that is entered again', () => {
  const token = slot('bearer-token', 'bearerToken');
  expect(sameMaterialText(token, 'abc', 'abc')).toBe('This bearer token is already stored.');
  expect(sameMaterialText(token, 'abc\n', 'abc')).toBeNull();
  expect(sameMaterialText(token, '', '')).toBeNull();
});

test('names a certificate that is entered again, however it is written', () => {
  const certificate = slot('client-certificate', 'clientCert');
  expect(sameMaterialText(certificate, OLD, `\n${OLD.trim()}`)).toBe(
    'This client certificate is already stored.',
  );
  expect(sameMaterialText(certificate, OLD, FRESH)).toBeNull();
  expect(sameMaterialText(certificate, 'damaged', FRESH)).toBeNull();
});
