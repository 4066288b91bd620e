import 'server-only';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { CompactEncrypt, compactDecrypt } from 'jose';
import { derivedFrom, type KeyPurpose, keyIdOf } from '@/lib/server/config/server-key';
import type { SessionConfig } from '@/lib/server/config/sign-in-config';

const KEY_BYTES = 32;
/** Far above anything that fits into cookies. */
const MAX_CONTENT_BYTES = 64 * 1024;

/** What a sealed text is for. */
type Purpose = Extract<KeyPurpose, 'session' | 'sign-in flow'>;

/**
 * Returns a value encrypted and authenticated with the first key (JWE, `dir` with A256GCM). Deflated first, because
 * cookies are short.
 */
export async function sealJson(
  purpose: Purpose,
  value: unknown,
  { keys }: Pick<SessionConfig, 'keys'>,
): Promise<string> {
  const [key] = keys;
  if (!key) throw new Error('There is no key to seal with.');
  return new CompactEncrypt(deflateRawSync(JSON.stringify(value)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: keyIdOf(key) })
    .encrypt(derivedFrom(key, purpose, KEY_BYTES));
}

/**
 * Returns the value in a sealed text.
 *
 * @throws Error if it was sealed for another purpose or with another key, or was changed
 */
export async function openJson(
  purpose: Purpose,
  sealed: string,
  { keys }: Pick<SessionConfig, 'keys'>,
): Promise<unknown> {
  const { plaintext } = await compactDecrypt(
    sealed,
    ({ kid }) => {
      const key = keys.find((one) => keyIdOf(one) === kid);
      if (!key) throw new Error('The text was sealed with an unknown key.');
      return derivedFrom(key, purpose, KEY_BYTES);
    },
    { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
  );
  return JSON.parse(inflateRawSync(plaintext, { maxOutputLength: MAX_CONTENT_BYTES }).toString('utf8'));
}
