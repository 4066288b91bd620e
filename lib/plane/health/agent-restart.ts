import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import { certificatesIn, lastBegin, nextBegin } from './ca-bundle';
import type { CertificateFact, ParsedCa } from './health-facts';

/** A step to restart the agent, as far as the dates of the registered certificates allow it. */
export interface RestartStep {
  /** `wait`: later. `cover`: only with a certificate that covers the time until another one becomes valid. */
  readonly kind: 'restart' | 'wait' | 'cover';
  readonly text: string;
}

/**
 * Returns the step to restart an agent that may present any of the registered certificates. It never waits past an
 * expiry: after that, the gateway may reject an agent that hasn't been restarted.
 *
 * @param text the step when the agent may restart at once
 */
export function restartStep(ca: CertificateFact, nowMs: number, text: string): RestartStep {
  const beginMs = lastBegin(ca, nowMs);
  if (ca.state !== 'parsed' || beginMs === null) return { kind: 'restart', text };
  if (nextExpiry(ca, nowMs) < beginMs) return { kind: 'cover', text: coverText(ca, nowMs, beginMs) };
  const wait = `Wait until ${formatUtc(beginMs)}, when the last of the registered certificates becomes valid.`;
  return { kind: 'wait', text: `${wait} ${text}` };
}

/**
 * Returns the step that covers the time until a registered certificate becomes valid, if none is valid now or one
 * expires before that; null otherwise.
 */
export function coverStep(ca: CertificateFact, nowMs: number): string | null {
  const beginMs = lastBegin(ca, nowMs);
  if (ca.state !== 'parsed' || beginMs === null) return null;
  const isNeeded = nextBegin(ca, nowMs) !== null || nextExpiry(ca, nowMs) < beginMs;
  return isNeeded ? coverText(ca, nowMs, beginMs) : null;
}

function coverText(ca: ParsedCa, nowMs: number, lastBeginMs: number): string {
  // During a gap, only the next certificate matters. Without one, the agent may present any that isn't valid yet.
  const untilMs = nextBegin(ca, nowMs) ?? lastBeginMs;
  const expiryMs = nextExpiry(ca, nowMs);
  const before =
    expiryMs < untilMs ? `Before ${formatUtc(expiryMs)}, when a registered certificate expires, ` : '';
  const wanted = `a certificate that is valid from now until at least ${formatUtc(untilMs)}`;
  return isCovered(ca, nowMs, untilMs)
    ? `${before}restart the agent if its Secret has ${wanted}. Otherwise, add such a certificate first: with another one, the gateway may reject the agent. Remove the expiring one once the agent reconnects.`
    : `${before}${before === '' ? 'A' : 'a'}dd ${wanted}. Restart the agent only once its Secret has that certificate: with another one, the gateway may reject it.`;
}

/** Returns whether a registered certificate is valid now and until a time. */
function isCovered(ca: ParsedCa, nowMs: number, untilMs: number): boolean {
  return certificatesIn(ca).some(({ notBefore, notAfter }) => {
    const beginMs = parseTimeMs(notBefore) ?? Number.NEGATIVE_INFINITY;
    return beginMs <= nowMs && (parseTimeMs(notAfter) ?? Number.POSITIVE_INFINITY) >= untilMs;
  });
}

/** Returns when the next certificate expires; infinite if that isn't known. */
function nextExpiry(ca: ParsedCa, nowMs: number): number {
  const endsMs = certificatesIn(ca).map(({ notAfter }) => parseTimeMs(notAfter) ?? Number.POSITIVE_INFINITY);
  return Math.min(...endsMs.filter((endMs) => endMs > nowMs));
}
