import { formatUtc } from '@/lib/plane/time/age';
import { DAY_MS } from '@/lib/plane/time/duration';
import { bundleState } from './ca-bundle';
import type { HealthFacts, ParsedCa } from './health-facts';
import { type Clock, type Finding, finding, type ReasonCode } from './health-finding';

/** Rule 8 about the CA that verifies the agent: missing, unreadable, expired or about to expire. */
export function* certificateFindings(facts: HealthFacts, clock: Clock): Generator<Finding> {
  const { certificate } = facts;
  switch (certificate.state) {
    case 'not-checked':
      return;
    case 'absent':
      yield finding(
        'degraded',
        'certificate-absent',
        'warning',
        "The plane has no agent CA, so the gateway can't verify an agent.",
      );
      return;
    case 'secret-missing':
      yield finding(
        'degraded',
        'secret-missing',
        'warning',
        `Secret ${certificate.secret}, which should hold the agent CA, doesn't exist.`,
      );
      return;
    case 'key-missing':
      yield finding(
        'degraded',
        'secret-key-missing',
        'warning',
        `Secret ${certificate.secret} has no key "${certificate.key}", which should hold the agent CA.`,
      );
      return;
    case 'unparsable':
      yield finding(
        'degraded',
        'certificate-unparsable',
        'warning',
        `The agent CA can't be read: ${certificate.problem}`,
      );
      return;
    case 'parsed':
      if (certificate.unreadable)
        yield finding(
          'degraded',
          'certificate-partly-unparsable',
          'warning',
          partlyUnreadableText(certificate.unreadable),
        );
      yield* validityFindings(certificate, facts, clock);
  }
}

/**
 * Judges a bundle. Any of its certificates may verify the agent, and the API doesn't say which one does. The bundle
 * as a whole is expired only when all certificates are; one that ends earlier is reported as a part.
 */
function* validityFindings(ca: ParsedCa, { limits }: HealthFacts, clock: Clock): Generator<Finding> {
  const state = bundleState(ca, limits, clock);
  const degraded = (code: ReasonCode, message: string) => finding('degraded', code, 'warning', message);
  if (state.whole === 'future' && state.beginsMs !== null) {
    const what = ca.count === 1 ? "The agent CA isn't" : 'No certificate in the CA bundle is';
    yield degraded('certificate-not-yet-valid', `${what} valid before ${formatUtc(state.beginsMs)}.`);
  }
  if (state.expiredMs.length > 0)
    yield degraded('certificate-partly-expired', partlyExpiredText(ca, state.expiredMs, clock));
  if (state.endingMs.length > 0)
    yield degraded('certificate-partly-expiring', partlyExpiringText(ca, state.endingMs, clock));
  if (state.lastEndMs === null) return;
  const whole = ca.count === 1 ? 'The agent CA' : `The last of ${ca.count} certificates in the CA bundle`;
  // By the charts' default the registered certificate is the agent's own, so its renewal requires a new registration.
  const leaf = ca.selfSignedLeaf
    ? " It's the agent's own self-signed certificate, which its renewal replaces."
    : '';
  if (state.whole === 'expired') {
    yield degraded(
      'certificate-expired',
      `${whole} expired ${expiredText(state.lastEndMs, clock)}. The gateway rejects an agent that reconnects.${leaf}`,
    );
  }
  if (state.whole === 'ending')
    yield degraded('certificate-expiring', `${whole} expires ${endsText(state.lastEndMs, clock)}.${leaf}`);
}

/** Describes certificates that the gateway can't read beside ones that it reads. */
function partlyUnreadableText({ count, sentences }: NonNullable<ParsedCa['unreadable']>): string {
  const more = count - sentences.length;
  const others = more === 0 ? [] : [`${more} more can't be read.`];
  const it = count === 1 ? 'it' : 'them';
  return [
    ...sentences,
    ...others,
    `The gateway skips ${it} and rejects an agent that depends on ${it}.`,
  ].join(' ');
}

/** Describes expired certificates beside good ones. */
function partlyExpiredText({ count }: ParsedCa, endsMs: readonly number[], clock: Clock): string {
  const [which, it] = someOf(endsMs.length, count);
  const when = expiredText(Math.max(...endsMs), clock);
  return `${which} expired${endsMs.length === 1 ? '' : ', the last'} ${when}. The gateway rejects an agent that still depends on ${it} when it reconnects.`;
}

/** Describes certificates that are about to expire beside good ones. */
function partlyExpiringText({ count }: ParsedCa, endsMs: readonly number[], clock: Clock): string {
  const [which, it] = someOf(endsMs.length, count);
  const when = endsText(Math.min(...endsMs), clock);
  const expires = endsMs.length === 1 ? 'expires' : 'expire, the first';
  return `${which} ${expires} ${when}. After that, the gateway rejects an agent that still depends on ${it} when it reconnects.`;
}

function someOf(some: number, count: number): readonly [string, string] {
  return some === 1
    ? [`One of ${count} certificates in the CA bundle`, 'it']
    : [`${some} of ${count} certificates in the CA bundle`, 'one of them'];
}

/** Formats an end in the past: `3 days ago, on 2026-03-07 12:00:00 UTC`. */
function expiredText(endMs: number, clock: Clock): string {
  return clock.tell(
    endMs,
    (age) => `${age} ago, on ${formatUtc(endMs)}`,
    (moment) => `on ${moment}`,
  );
}

/** Formats an end in the future: `in 3 days, on 2026-03-13 12:00:00 UTC`. */
function endsText(endMs: number, clock: Clock): string {
  const daysLeft = Math.floor((endMs - clock.nowMs) / DAY_MS);
  return clock.tell(
    endMs,
    () => `in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}, on ${formatUtc(endMs)}`,
    (moment) => `on ${moment}`,
  );
}
