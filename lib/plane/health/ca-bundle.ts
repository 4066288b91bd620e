import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import { DAY_MS } from '@/lib/plane/time/duration';
import type { BundledCertificate, CertificateFact, HealthLimits, ParsedCa } from './health-facts';
import type { Clock } from './health-finding';

/**
 * The number of earlier certificates to keep, those that end first. Every reader gets the row, and anyone with write
 * access may store a huge bundle.
 */
const MAX_EARLIER = 20;

/** A certificate of a bundle, as it was read. */
export interface ReadBundled extends BundledCertificate {
  readonly subject: string;
  /** Why its extensions exclude it from its purpose; null if they don't. */
  readonly obstacle: string | null;
}

/** Every reader gets the row, so it names only the first certificates that can't be used. */
const MAX_UNREADABLE = 3;

/**
 * Returns the certificate fact of a bundle, or null if it's empty. The fact describes the certificate that ends last,
 * because an agent may be verified until then, and lists those that end earlier, because the agent may still present
 * one of them. Beside certificates that can be used, those that can't be are only named: their dates decide nothing.
 *
 * @param skipped a sentence about each block that can't be read
 */
export function parsedCa(
  certificates: readonly ReadBundled[],
  skipped: readonly string[] = [],
): ParsedCa | null {
  const usable = certificates.filter(({ obstacle }) => obstacle === null);
  return usable.length > 0 && usable.length < certificates.length
    ? bundleFact(usable, [...certificates.flatMap(unusableSentence), ...skipped])
    : bundleFact(certificates, skipped);
}

function unusableSentence({ subject, obstacle }: ReadBundled): string[] {
  return obstacle === null ? [] : [`${subject} can't be used. ${obstacle}`];
}

function bundleFact(certificates: readonly ReadBundled[], skipped: readonly string[]): ParsedCa | null {
  const byEnd = certificates.toSorted((a, b) => endOf(a) - endOf(b));
  const last = byEnd.at(-1);
  if (!last) return null;
  const earlier = byEnd
    .filter((one) => endOf(one) < endOf(last))
    .slice(0, MAX_EARLIER)
    .map(({ notAfter, notBefore, selfSignedLeaf }) => ({ notAfter, notBefore, selfSignedLeaf }));
  const obstacle = commonObstacle(certificates);
  return {
    state: 'parsed',
    notBefore: last.notBefore,
    notAfter: last.notAfter,
    subject: last.subject,
    selfSignedLeaf: last.selfSignedLeaf,
    count: certificates.length,
    ...(skipped.length > 0
      ? { unreadable: { count: skipped.length, sentences: skipped.slice(0, MAX_UNREADABLE) } }
      : {}),
    ...(obstacle === null ? {} : { obstacle }),
    ...(earlier.length > 0 ? { earlier } : {}),
  };
}

/** The obstacle of the first certificate, or null if one has none: one that can be used is enough. */
function commonObstacle(certificates: readonly ReadBundled[]): string | null {
  const obstacles = certificates.map(({ obstacle }) => obstacle);
  return obstacles.includes(null) ? null : (obstacles[0] ?? null);
}

/** The phase of a certificate: not begun, good, ending within its limit, or expired. */
type Phase = 'future' | 'good' | 'ending' | 'expired';

/** The state of a CA's dates at one time. Times are milliseconds since the epoch. */
export interface BundleState {
  /** `expired` and `future`: no certificate can verify an agent now. */
  readonly whole: Phase;
  /** When the last certificate ends; null if its date can't be read. */
  readonly lastEndMs: number | null;
  /** When the first certificate begins, if `whole` is `future`. */
  readonly beginsMs: number | null;
  /** The end times of expired and of ending certificates, while another one can verify an agent. */
  readonly expiredMs: readonly number[];
  readonly endingMs: readonly number[];
}

/** Judges the dates of all certificates. The clock records when the result would change. */
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

/** Sorts an unreadable date as never. */
function endOf({ notAfter }: { readonly notAfter: string }): number {
  return parseTimeMs(notAfter) ?? Number.POSITIVE_INFINITY;
}

/** Describes the registered CA for comparison, or returns an empty text if it's unknown. */
export function registeredCaText(ca: CertificateFact): string {
  if (ca.state !== 'parsed') return '';
  const endMs = parseTimeMs(ca.notAfter);
  const until = endMs === null ? '' : `, valid until ${formatUtc(endMs)}`;
  return ca.count === 1
    ? `The plane has ${ca.subject}${until}.`
    : `The plane has ${ca.count} certificates. The one that expires last is ${ca.subject}${until}.`;
}
