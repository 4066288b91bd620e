import 'server-only';
import { hkdfSync } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { CompactEncrypt, compactDecrypt } from 'jose';
import type { SessionConfig } from '@/lib/server/config/sign-in-config';

const KEY_BYTES = 32;
const KEY_ID_BYTES = 6;
/** Far above anything that fits into cookies. */
const MAX_CONTENT_BYTES = 64 * 1024;

/** What a sealed text is for. Each purpose has a key of its own, so that nothing made for one can be used for another. */
type Purpose = 'session' | 'sign-in flow';

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

/** Names a key without telling anything about it. */
function keyIdOf(key: Uint8Array): string {
  return Buffer.from(derivedFrom(key, 'key id', KEY_ID_BYTES)).toString('base64url');
}

function derivedFrom(key: Uint8Array, purpose: Purpose | 'key id', bytes: number): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, '', `planeboard ${purpose}`, bytes));
}
