import 'server-only';
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContextOptions } from 'node:tls';

/** Returns whether TLS reads a CA, or a client certificate and its key. */
export function isTlsMaterial(options: SecureContextOptions): boolean {
  return succeeds(() => createSecureContext(options) !== undefined);
}

/** Why TLS can't sign in with a client certificate: one of the two can't be read, or they don't belong together. */
export type PairFault = 'certificate' | 'key' | 'mismatch';

/**
 * Checks a client certificate with its key, both PEM. Reading them isn't enough: TLS accepts a certificate beside a key
 * of another type, but then presents no certificate, so the requests would be anonymous.
 */
export function pairFault(cert: string, key: string): PairFault | null {
  if (!isTlsMaterial({ cert })) return 'certificate';
  if (!isTlsMaterial({ key }) || !succeeds(() => createPrivateKey(key).type === 'private')) return 'key';
  return succeeds(() => new X509Certificate(cert).publicKey.equals(createPublicKey(key))) ? null : 'mismatch';
}

function succeeds(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}
