import 'server-only';
import { hkdfSync } from 'node:crypto';

const KEY_ID_BYTES = 6;

/** What a key is derived for. Each purpose has a key of its own, so nothing made for one can be used for another. */
export type KeyPurpose = 'session' | 'sign-in flow' | 'wall link' | 'key id';

/** Returns a key for one purpose, derived from one of the server's secret keys. */
export function derivedFrom(key: Uint8Array, purpose: KeyPurpose, bytes: number): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, '', `planeboard ${purpose}`, bytes));
}

/** Names a key without telling anything about it. */
export function keyIdOf(key: Uint8Array): string {
  return Buffer.from(derivedFrom(key, 'key id', KEY_ID_BYTES)).toString('base64url');
}
