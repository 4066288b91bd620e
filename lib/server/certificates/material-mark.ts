import 'server-only';
import { createHmac, randomBytes } from 'node:crypto';
import type { CredentialReading } from './credential-reading';

/**
 * A plain hash would show a short token or password to anyone who hashes guesses. This key exists only in the memory of
 * this process and is never sent, logged or shown, so a mark is worth nothing without it.
 */
const KEY = randomBytes(32);

/**
 * Returns what secret material is compared by: equal for equal material as long as this process runs, and worthless
 * elsewhere. A private key that can be read is compared by its public key, so another encoding of it is no other key.
 */
export function materialMark(material: string, { publicKey }: Pick<CredentialReading, 'publicKey'>): string {
  return publicKey ?? createHmac('sha256', KEY).update(material).digest('base64');
}
