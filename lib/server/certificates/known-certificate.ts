import 'server-only';
import { type ReadCertificate, readBundle } from '@/lib/plane/certificates/read-bundle';
import { fingerprintOf } from './certificate-detail';

/** Fits a bundle of a hundred certificates. Anything larger isn't read, because a plane may contain any text. */
export const MAX_MATERIAL_CHARACTERS = 256 * 1024;

/** What is kept of a certificate to compare bundles by. */
export interface KnownCertificate {
  /** SHA-256, in upper-case hex with colons. */
  readonly fingerprint: string;
  readonly notAfterMs: number;
}

/** Returns what a certificate is compared by. */
export function knownCertificate({ der, parsed }: Pick<ReadCertificate, 'der' | 'parsed'>): KnownCertificate {
  return { fingerprint: fingerprintOf(der), notAfterMs: parsed.notAfterMs };
}

/** Returns what the certificates of a PEM text that the gateway reads are compared by, in order. */
export function knownCertificatesIn(material: string): KnownCertificate[] {
  if (material.length > MAX_MATERIAL_CHARACTERS) return [];
  return readBundle(material).certificates.map(knownCertificate);
}

/** Returns the certificates that haven't expired: an expired one verifies nothing. */
export function unexpired(certificates: readonly KnownCertificate[], nowMs: number): KnownCertificate[] {
  return certificates.filter(({ notAfterMs }) => notAfterMs >= nowMs);
}

/** Returns the unexpired certificates of a bundle that another bundle lacks. */
export function droppedCertificates(
  before: readonly KnownCertificate[],
  after: readonly KnownCertificate[],
  nowMs: number,
): KnownCertificate[] {
  const kept = new Set(after.map(({ fingerprint }) => fingerprint));
  return unexpired(before, nowMs).filter(({ fingerprint }) => !kept.has(fingerprint));
}
