import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import { DAY_MS } from '@/lib/plane/time/duration';
import type { BundledCertificate, CertificateFact, HealthLimits, ParsedCa } from './health-facts';
import type { Clock } from './health-finding';

/** Rows travel to everybody who looks, and anybody may write a plane: of a huge bundle those that end first are kept. */
const MAX_EARLIER = 20;

/**
 * The fact of certificates that were read; null when there are none. It is the one that ends last, since until then an
 * agent may be verified, and beside it those that end earlier, since the agent may still show one of them.
 */
export function parsedCa(
  certificates: readonly (BundledCertificate & { subject: string })[],
): ParsedCa | null {
  const byEnd = certificates.toSorted((a, b) => endOf(a) - endOf(b));
  const last = byEnd.at(-1);
  if (!last) return null;
  const earlier = byEnd
    .filter((one) => endOf(one) < endOf(last))
    .slice(0, MAX_EARLIER)
    .map(({ notAfter, notBefore, selfSignedLeaf }) => ({ notAfter, notBefore, selfSignedLeaf }));
  return {
    state: 'parsed',
    notBefore: last.notBefore,
    notAfter: last.notAfter,
    subject: last.subject,
    selfSignedLeaf: last.selfSignedLeaf,
    count: certificates.length,
    ...(earlier.length > 0 ? { earlier } : {}),
  };
}

/** How a certificate stands: it has not begun, is good, ends within its limit, or has ended. */
type Phase = 'future' | 'good' | 'ending' | 'expired';

/** What the dates of a CA come to at a moment. Moments are milliseconds since the epoch. */
export interface BundleState {
  /** `expired` and `future`: no certificate can verify an agent now. */
  readonly whole: Phase;
  /** When the last certificate ends; null: its date cannot be read. */
  readonly lastEndMs: number | null;
  /** Of `future`: when the first certificate begins. */
  readonly beginsMs: number | null;
  /** While another can verify an agent: the ends of those that have expired, and of those that do so within their limit. */
  readonly expiredMs: readonly number[];
  readonly endingMs: readonly number[];
}

/** Judges the dates of all certificates; the clock remembers when that would come out otherwise. */
export function bundleState(ca: ParsedCa, limits: HealthLimits, clock: Clock): BundleState {
  const earlier = (ca.earlier ?? []).map((one) => ({
    endMs: endOf(one),
    phase: phaseOf(one, limits, clock),
  }));
  const last = phaseOf(ca, limits, clock);
  const phases = [last, ...earlier.map(({ phase }) => phase)];
  const isUsable = phases.some((phase) => phase === 'good' || phase === 'ending');
  const endsOf = (wanted: Phase) =>
    isUsable ? earlier.filter(({ phase }) => phase === wanted).map(({ endMs }) => endMs) : [];
  const begins = [ca, ...(ca.earlier ?? [])]
    .map((one) => parseTimeMs(one.notBefore))
    .filter((atMs) => atMs !== null && atMs > clock.nowMs);
  return {
    whole: isUsable
      ? last === 'ending'
        ? 'ending'
        : 'good'
      : phases.includes('future')
        ? 'future'
        : 'expired',
    lastEndMs: parseTimeMs(ca.notAfter),
    beginsMs: begins.length === 0 ? null : Math.min(...begins.map(Number)),
    expiredMs: endsOf('expired'),
    endingMs: endsOf('ending'),
  };
}

function phaseOf(one: BundledCertificate, limits: HealthLimits, clock: Clock): Phase {
  const endMs = parseTimeMs(one.notAfter);
  const beginsMs = parseTimeMs(one.notBefore);
  if (endMs !== null && clock.after(endMs)) return 'expired';
  if (beginsMs !== null && !clock.after(beginsMs - 1)) return 'future';
  const warningDays = one.selfSignedLeaf ? limits.leafWarningDays : limits.certificateWarningDays;
  return endMs !== null && clock.after(endMs - warningDays * DAY_MS) ? 'ending' : 'good';
}

/** A date that cannot be read sorts as if it were never. */
function endOf({ notAfter }: { readonly notAfter: string }): number {
  return parseTimeMs(notAfter) ?? Number.POSITIVE_INFINITY;
}

/** What is registered as a plane's CA, a sentence to compare it by; empty: it is not known. */
export function registeredCaText(ca: CertificateFact): string {
  if (ca.state !== 'parsed') return '';
  const endMs = parseTimeMs(ca.notAfter);
  const until = endMs === null ? '' : `, valid until ${formatUtc(endMs)}`;
  return ca.count === 1
    ? `Registered is ${ca.subject}${until}.`
    : `Registered are ${ca.count} certificates. The one that lasts longest is ${ca.subject}${until}.`;
}
