import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import { DAY_MS, SECOND_MS } from '@/lib/plane/time/duration';
import type { BundledCertificate, CertificateFact, HealthLimits, ParsedCa } from './health-facts';
import type { Clock } from './health-finding';

/**
 * The number of earlier certificates to keep, those that end last: however many have expired, those that are valid
 * count. Every reader gets the row, and anyone with write access may store a huge bundle.
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
  // Of those that end at the same time, the one that begins first covers the others.
  const byEnd = certificates.toSorted((a, b) => order(endOf(a), endOf(b)) || order(beginOf(b), beginOf(a)));
  const last = byEnd.at(-1);
  if (!last) return null;
  const earlier = byEnd
    .filter((one) => endOf(one) < endOf(last))
    .slice(-MAX_EARLIER)
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

/** A time in which at least one certificate of a bundle is valid, in milliseconds since the epoch. */
export interface ValidSpan {
  readonly beginMs: number;
  /** Infinite if the end can't be read. */
  readonly endMs: number;
}

/** The times of certificates are whole seconds, so one that begins a second after another's end leaves no gap. */
const JOINED_WITHIN_MS = SECOND_MS;

/** Returns the uninterrupted times in which at least one certificate is valid, in their order. */
export function validSpans(
  certificates: readonly Pick<BundledCertificate, 'notBefore' | 'notAfter'>[],
): ValidSpan[] {
  const spans: ValidSpan[] = [];
  const single = certificates.map((one) => ({ beginMs: beginOf(one), endMs: endOf(one) }));
  for (const span of single.toSorted((a, b) => order(a.beginMs, b.beginMs))) {
    const last = spans.at(-1);
    if (last && span.beginMs <= last.endMs + JOINED_WITHIN_MS)
      spans[spans.length - 1] = { ...last, endMs: Math.max(last.endMs, span.endMs) };
    else if (span.beginMs <= span.endMs) spans.push(span);
  }
  return spans;
}

/** Returns all known certificates of a bundle. */
export function certificatesIn(ca: ParsedCa): BundledCertificate[] {
  return [...(ca.earlier ?? []), ca];
}

/** Returns until when at least one certificate is valid without interruption; infinite if unknown, null if none is. */
export function validUntil(ca: ParsedCa, nowMs: number): number | null {
  const current = validSpans(certificatesIn(ca)).find((one) => one.beginMs <= nowMs && nowMs <= one.endMs);
  return current?.endMs ?? null;
}

/** Returns when a certificate becomes valid while none is: now, or after `validUntil`. Null if that never happens. */
export function nextBegin(ca: ParsedCa, nowMs: number): number | null {
  return validSpans(certificatesIn(ca)).find(({ beginMs }) => beginMs > nowMs)?.beginMs ?? null;
}

/** Says how many certificates can't be used, for a cell or a line: `1 of 2 can't be used`. Null if all can. */
export function unusableText({ count, unreadable, obstacle }: ParsedCa): string | null {
  if (obstacle !== undefined) return "can't be used";
  return unreadable ? `${unreadable.count} of ${count + unreadable.count} can't be used` : null;
}

/**
 * Returns when the last certificate that isn't valid yet becomes valid, or null if none is known. An agent that restarts
 * before that may present a certificate that the gateway rejects.
 */
export function lastBegin(ca: CertificateFact, nowMs: number): number | null {
  if (ca.state !== 'parsed') return null;
  const begins = certificatesIn(ca)
    .map(beginOf)
    .filter((atMs) => atMs > nowMs);
  return begins.length === 0 ? null : Math.max(...begins);
}

/** The phase of a certificate or a bundle: not begun, good, ending within its limit, or expired. */
type Phase = 'future' | 'good' | 'ending' | 'expired';

/** The state of a CA's dates at one time. Times are milliseconds since the epoch. */
export interface BundleState {
  /** `expired` and `future`: no certificate can verify an agent now. */
  readonly whole: Phase;
  /** When no certificate is valid any more, or since when none is; null if it can't be read, or none was valid. */
  readonly endMs: number | null;
  /** When a certificate becomes valid while none is: now, or after `endMs`. Null if that never happens. */
  readonly beginsMs: number | null;
  /** The end times of expired certificates, and of those that end before `endMs`, while one can verify an agent. */
  readonly expiredMs: readonly number[];
  readonly endingMs: readonly number[];
}

/** Judges the dates of all certificates. The clock records when the result would change. */
export function bundleState(ca: ParsedCa, limits: HealthLimits, clock: Clock): BundleState {
  const all = certificatesIn(ca).map((one) => ({ endMs: endOf(one), phase: phaseOf(one, limits, clock) }));
  const spans = validSpans(certificatesIn(ca));
  const beginsMs = nextBegin(ca, clock.nowMs);
  const current = spans.findLast(({ beginMs }) => beginMs <= clock.nowMs);
  const endMs = current && Number.isFinite(current.endMs) ? current.endMs : null;
  const isUsable = all.some(({ phase }) => phase === 'good' || phase === 'ending');
  if (!isUsable)
    return { whole: beginsMs === null ? 'expired' : 'future', endMs, beginsMs, expiredMs: [], endingMs: [] };
  const endsOf = (wanted: Phase) =>
    all.filter(({ phase, endMs: atMs }) => phase === wanted && atMs !== endMs).map((one) => one.endMs);
  const isEnding = all.some(({ phase, endMs: atMs }) => phase === 'ending' && atMs === endMs);
  return {
    whole: isEnding ? 'ending' : 'good',
    endMs,
    beginsMs,
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

/** An unreadable end is never. */
function endOf({ notAfter }: Pick<BundledCertificate, 'notAfter'>): number {
  return parseTimeMs(notAfter) ?? Number.POSITIVE_INFINITY;
}

/** An unreadable begin has always been. */
function beginOf({ notBefore }: Pick<BundledCertificate, 'notBefore'>): number {
  return parseTimeMs(notBefore) ?? Number.NEGATIVE_INFINITY;
}

/** Compares times, of which both may be infinite. */
function order(aMs: number, bMs: number): number {
  return aMs === bMs ? 0 : aMs - bMs;
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
