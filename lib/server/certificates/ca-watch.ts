import 'server-only';
import type { X509Certificate } from 'node:crypto';
import type { CaChange } from '@/lib/plane/health/gateway-certificates';

/** The length of a fingerprint's first four bytes, in hex with colons. */
const SHORT_FINGERPRINT = 'AA:BB:CC:DD'.length;

/** What remains of a CA's certificate after it was read. */
interface KnownCa {
  readonly fingerprint: string;
  /** The subject and the public key, which decide whether it verifies the same certificates as another one. */
  readonly identity: string;
  readonly notAfter: string;
}

/**
 * Remembers the certificates of the gateway's CA and notices when one of them is gone, because agents may still trust
 * only that one. Lives in memory: it knows nothing about changes before it first saw the CA.
 */
export class CaWatch {
  private known: { readonly certificates: readonly KnownCa[]; readonly seenAtMs: number } | null = null;
  private firstSeenAtMs: number | null = null;
  private last: CaChange | null = null;

  /** The last change; null: none since `sinceMs`. */
  get change(): CaChange | null {
    return this.last;
  }

  /** When the CA was first seen, milliseconds since the epoch; null: never. */
  get sinceMs(): number | null {
    return this.firstSeenAtMs;
  }

  /**
   * Compares a CA that was just read with the one before.
   *
   * @param read at least one certificate
   * @param nowMs the API server's clock
   */
  saw(read: readonly X509Certificate[], nowMs: number): void {
    const certificates = read.map(knownCa);
    const before = this.known;
    this.known = { certificates, seenAtMs: nowMs };
    this.firstSeenAtMs ??= nowMs;
    if (before === null) return;
    // Nothing depends on an expired certificate that was removed.
    const gone = before.certificates.find(
      (one) => Date.parse(one.notAfter) >= nowMs && !isAmong(one, certificates),
    );
    const current = certificates.find((one) => !isAmong(one, before.certificates)) ?? certificates[0];
    if (!gone || !current) return;
    const isSameKey = certificates.some(({ identity }) => identity === gone.identity);
    this.last = {
      before: gone.fingerprint.slice(0, SHORT_FINGERPRINT),
      after: current.fingerprint.slice(0, SHORT_FINGERPRINT),
      lastSeenAt: new Date(before.seenAtMs).toISOString(),
      seenAt: new Date(nowMs).toISOString(),
      ...(isSameKey ? { sameKeyUntil: gone.notAfter } : {}),
    };
  }
}

function isAmong({ fingerprint }: KnownCa, certificates: readonly KnownCa[]): boolean {
  return certificates.some((one) => one.fingerprint === fingerprint);
}

function knownCa(certificate: X509Certificate): KnownCa {
  return {
    fingerprint: certificate.fingerprint256,
    identity: `${certificate.subject} ${keyOf(certificate)}`,
    notAfter: certificate.validToDate.toISOString(),
  };
}

/** Falls back to the fingerprint, which no other certificate has, for a key of a type that OpenSSL doesn't know. */
function keyOf(certificate: X509Certificate): string {
  try {
    return certificate.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  } catch {
    return certificate.fingerprint256;
  }
}
