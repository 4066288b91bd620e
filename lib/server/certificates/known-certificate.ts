import 'server-only';
import { maySign, type ReadCertificate, readBundle } from '@/lib/plane/certificates/read-bundle';
import { MAX_WORD_LENGTH, shownMessage } from '@/lib/plane/model/shown-text';
import { fingerprintOf } from './certificate-detail';

/** Fits a bundle of a hundred certificates. Anything larger isn't read, because a plane may contain any text. */
export const MAX_MATERIAL_CHARACTERS = 256 * 1024;

/** What bundles are compared by. */
export interface ComparedCertificate {
  /** SHA-256, in upper-case hex with colons. */
  readonly fingerprint: string;
  readonly notAfterMs: number;
}

/** What is kept of a certificate. */
export interface KnownCertificate extends ComparedCertificate {
  readonly notBeforeMs: number;
  readonly subject: string;
  /** Who issued it, cut and masked like every text of a row; null: itself. */
  readonly issuer: string | null;
  /** Whether it may issue other certificates. */
  readonly isCa: boolean;
}

/** Returns what is kept of a certificate. */
export function knownCertificate({ der, parsed }: Pick<ReadCertificate, 'der' | 'parsed'>): KnownCertificate {
  const { notBeforeMs, notAfterMs, subject, issuer, selfIssued } = parsed;
  return {
    fingerprint: fingerprintOf(der),
    notBeforeMs,
    notAfterMs,
    subject: shownName(subject),
    issuer: selfIssued ? null : shownName(issuer),
    isCa: maySign(parsed),
  };
}

/** A distinguished name as pages show it. */
export function shownName(name: string): string {
  return shownMessage(name, MAX_WORD_LENGTH) || '(no subject)';
}

/** Returns what the certificates of a PEM text that the gateway reads are compared by, in order. */
export function knownCertificatesIn(material: string): KnownCertificate[] {
  if (material.length > MAX_MATERIAL_CHARACTERS) return [];
  return readBundle(material).certificates.map(knownCertificate);
}

/** Returns the certificates that haven't expired: an expired one verifies nothing. */
export function unexpired(
  certificates: readonly ComparedCertificate[],
  nowMs: number,
): ComparedCertificate[] {
  return certificates.filter(({ notAfterMs }) => notAfterMs >= nowMs);
}

/** Returns the unexpired certificates of a bundle that another bundle lacks. */
export function droppedCertificates(
  before: readonly ComparedCertificate[],
  after: readonly ComparedCertificate[],
  nowMs: number,
): ComparedCertificate[] {
  const kept = new Set(after.map(({ fingerprint }) => fingerprint));
  return unexpired(before, nowMs).filter(({ fingerprint }) => !kept.has(fingerprint));
}
