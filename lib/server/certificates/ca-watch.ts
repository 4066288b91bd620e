import 'server-only';
import type { X509Certificate } from 'node:crypto';
import { type CaChange, caChangeEndMs } from '@/lib/plane/health/gateway-certificates';

/** The length of a fingerprint's first four bytes, in hex with colons. */
const SHORT_FINGERPRINT = 'AA:BB:CC:DD'.length;

/** What remains of a CA's certificate after it was read. */
interface KnownCa {
  readonly fingerprint: string;
  /** The subject and the public key, which decide whether it verifies the same certificates as another one. */
  readonly identity: string;
  readonly notBefore: string;
  readonly notAfter: string;
}

/** One reading of the CA and of the serving certificate. */
export interface ReadCa {
  /** At least one certificate. */
  readonly bundle: readonly X509Certificate[];
  /** Those that verify the serving certificate; null: it couldn't be read. */
  readonly verifying: readonly X509Certificate[] | null;
}

/**
 * Remembers the certificates of the gateway's CA and notices when one of them is gone, because agents may still trust
 * only that one. Agents can't connect with one that has never verified the serving certificate, so it may come and go.
 * The CA is compared with the one from before the first change, because that is the one that agents were given: once all
 * of it is back, the change is set back, whatever the CA was in between. Lives in memory: it knows nothing about changes
 * before it first saw the CA.
 */
export class CaWatch {
  private known: { readonly certificates: readonly KnownCa[]; readonly seenAtMs: number } | null = null;
  /** The CA before the change. */
  private given: readonly KnownCa[] = [];
  /** Those of them that the CA lacks; none: no change stands. */
  private gone: readonly KnownCa[] = [];
  /** The fingerprints of those that verified the serving certificate, or may have. */
  private readonly used = new Set<string>();
  private firstSeenAtMs: number | null = null;
  private last: CaChange | null = null;

  /** The last change; null: none since `sinceMs`, or only ones that are no longer reported. */
  get change(): CaChange | null {
    return this.last;
  }

  /** When the CA was first seen, milliseconds since the epoch; null: never. */
  get sinceMs(): number | null {
    return this.firstSeenAtMs;
  }

  /** Takes in that the clock was set: all times before were on another one. */
  shiftClock(byMs: number): void {
    if (this.known) this.known = { ...this.known, seenAtMs: this.known.seenAtMs + byMs };
    if (this.firstSeenAtMs !== null) this.firstSeenAtMs += byMs;
    if (this.last) this.last = shiftedChange(this.last, byMs);
  }

  /**
   * Compares a CA that was just read with the one before.
   *
   * @param nowMs the API server's clock
   */
  saw(read: ReadCa, nowMs: number): void {
    this.compare(read.bundle.map(knownCa), nowMs);
    // Later: until one is known to be used, agents may connect with any that has been published.
    for (const { fingerprint256 } of read.verifying ?? read.bundle) this.used.add(fingerprint256);
  }

  private compare(certificates: readonly KnownCa[], nowMs: number): void {
    const before = this.known;
    this.known = { certificates, seenAtMs: nowMs };
    this.firstSeenAtMs ??= nowMs;
    if (before === null) return;
    if (this.last && nowMs > caChangeEndMs(this.last)) [this.last, this.gone] = [null, []];
    const standing = this.gone.length > 0 ? this.last : null;
    if (!standing) this.given = before.certificates;
    // Nothing depends on an expired certificate that was removed.
    const removed = before.certificates.filter(
      (one) => Date.parse(one.notAfter) >= nowMs && !isAmong(one, certificates),
    );
    const lost = removed.filter((one) => this.mayBeUsed(one));
    this.gone = this.given.filter(
      (one) => (isAmong(one, lost) || isAmong(one, this.gone)) && !isAmong(one, certificates),
    );
    const [gone] = this.gone;
    const now = timeText(nowMs);
    if (!gone) {
      if (standing) this.last = { ...standing, setBackAt: now, ...besideOther(this.given, certificates) };
      return;
    }
    const changedAgainAt = removed.length > 0 ? now : standing?.changedAgainAt;
    this.last = {
      ...comparison(gone, this.given, certificates),
      ...(standing
        ? {
            lastSeenAt: standing.lastSeenAt,
            seenAt: standing.seenAt,
            ...(changedAgainAt ? { changedAgainAt } : {}),
          }
        : { lastSeenAt: timeText(before.seenAtMs), seenAt: now }),
    };
  }

  private mayBeUsed({ fingerprint }: KnownCa): boolean {
    return this.used.size === 0 || this.used.has(fingerprint);
  }
}

/** Compares the CA that a gone certificate was part of with the present one. */
function comparison(
  gone: KnownCa,
  given: readonly KnownCa[],
  certificates: readonly KnownCa[],
): Omit<CaChange, 'lastSeenAt' | 'seenAt'> {
  const current = certificates.find((one) => !isAmong(one, given)) ?? certificates[0] ?? gone;
  const isSameKey = certificates.some(({ identity }) => identity === gone.identity);
  return {
    before: gone.fingerprint.slice(0, SHORT_FINGERPRINT),
    after: current.fingerprint.slice(0, SHORT_FINGERPRINT),
    ...(isSameKey ? { sameKeyUntil: gone.notAfter } : {}),
    ...(Date.parse(current.notBefore) < Date.parse(gone.notBefore) ? { isOlder: true as const } : {}),
  };
}

/** Says so if the earlier certificates are back beside others, which were added by the change. */
function besideOther(
  given: readonly KnownCa[],
  certificates: readonly KnownCa[],
): Pick<CaChange, 'isBesideOther'> {
  return certificates.some((one) => !isAmong(one, given)) ? { isBesideOther: true } : {};
}

function timeText(ms: number): string {
  return new Date(ms).toISOString();
}

/** Moves every time of a change. */
function shiftedChange(change: CaChange, byMs: number): CaChange {
  const moved = (time: string) => timeText(Date.parse(time) + byMs);
  return {
    ...change,
    lastSeenAt: moved(change.lastSeenAt),
    seenAt: moved(change.seenAt),
    ...(change.changedAgainAt ? { changedAgainAt: moved(change.changedAgainAt) } : {}),
    ...(change.setBackAt ? { setBackAt: moved(change.setBackAt) } : {}),
  };
}

function isAmong({ fingerprint }: KnownCa, certificates: readonly KnownCa[]): boolean {
  return certificates.some((one) => one.fingerprint === fingerprint);
}

function knownCa(certificate: X509Certificate): KnownCa {
  return {
    fingerprint: certificate.fingerprint256,
    identity: `${certificate.subject} ${keyOf(certificate)}`,
    notBefore: certificate.validFromDate.toISOString(),
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
