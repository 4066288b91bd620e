import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import type { UsedCredential } from '@/lib/plane/credentials/used-credentials';
import { readCredential } from './credential-reading';
import { materialMark } from './material-mark';

function markOf(material: string, purpose: UsedCredential['purpose']): string {
  return materialMark(material, readCredential({ purpose, isBase64: false }, material, 'secret'));
}

test('a token has the same mark when it is read again, and another one than other tokens', () => {
  expect(markOf('token-1', 'bearer-token')).toBe(markOf('token-1', 'bearer-token'));
  expect(markOf('token-1', 'bearer-token')).not.toBe(markOf('token-2', 'bearer-token'));
});

test('a private key has the same mark in another encoding', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [sec1, pkcs8] = (['sec1', 'pkcs8'] as const).map((type) =>
    markOf(privateKey.export({ type, format: 'pem' }).toString(), 'client-key'),
  );
  expect(sec1).toBe(pkcs8);
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  expect(markOf(other.export({ type: 'pkcs8', format: 'pem' }).toString(), 'client-key')).not.toBe(pkcs8);
});
