import 'server-only';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { CompactEncrypt, compactDecrypt } from 'jose';
import { derivedFrom, keyIdOf } from '@/lib/server/config/server-key';
import type { SessionConfig } from '@/lib/server/config/sign-in-config';
import { isCurrent, type Session, sessionSchema } from './session';

const KEY_BYTES = 32;
/** Far above any session that fits its cookies. */
const MAX_CONTENT_BYTES = 64 * 1024;

/**
 * Returns a session encrypted and authenticated with the first key (JWE, `dir` with A256GCM). Deflated first: most of it
 * is a token, whose base64 would otherwise be encoded a second time at full length.
 */
export async function sealSession(session: Session, { keys }: Pick<SessionConfig, 'keys'>): Promise<string> {
  const [key] = keys;
  if (!key) throw new Error('There is no key to seal sessions with.');
  return new CompactEncrypt(deflateRawSync(JSON.stringify(session)))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: keyIdOf(key) })
    .encrypt(derivedFrom(key, 'session', KEY_BYTES));
}

/**
 * Returns the session in a sealed text; null if the text was sealed with another key, was changed, isn't a session or
 * has expired. Never throws: anything can send such a text.
 */
export async function openSession(
  sealed: string,
  config: SessionConfig,
  nowMs: number,
): Promise<Session | null> {
  try {
    const { plaintext } = await compactDecrypt(
      sealed,
      ({ kid }) => {
        const key = config.keys.find((one) => keyIdOf(one) === kid);
        if (!key) throw new Error('The session was sealed with an unknown key.');
        return derivedFrom(key, 'session', KEY_BYTES);
      },
      { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] },
    );
    const text = inflateRawSync(plaintext, { maxOutputLength: MAX_CONTENT_BYTES }).toString('utf8');
    const session = sessionSchema.parse(JSON.parse(text));
    return isCurrent(session, config, nowMs) ? session : null;
  } catch {
    return null;
  }
}
