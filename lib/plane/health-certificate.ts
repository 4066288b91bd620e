import { formatUtc, parseTimeMs } from './age';
import type { HealthFacts } from './facts';
import { type Clock, type Finding, finding } from './health-finding';

const DAY_MS = 24 * 60 * 60_000;

/** Rule 8 about the CA that verifies the agent: missing, unreadable, expired or soon to expire. */
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
        'It names no CA, so no agent can be verified.',
      );
      return;
    case 'secret-missing':
      yield finding(
        'degraded',
        'secret-missing',
        'warning',
        `Secret ${certificate.secret}, which should hold its CA, does not exist.`,
      );
      return;
    case 'key-missing':
      yield finding(
        'degraded',
        'secret-key-missing',
        'warning',
        `Secret ${certificate.secret} has no key "${certificate.key}" with its CA.`,
      );
      return;
    case 'unparsable':
      yield finding(
        'degraded',
        'certificate-unparsable',
        'warning',
        `Its CA cannot be read: ${certificate.problem}`,
      );
      return;
    case 'parsed':
      yield* validityFindings(certificate, facts, clock);
  }
}

function* validityFindings(
  certificate: { notAfter: string; notBefore: string; selfSignedLeaf: boolean },
  { limits }: HealthFacts,
  clock: Clock,
): Generator<Finding> {
  const notAfterMs = parseTimeMs(certificate.notAfter);
  const notBeforeMs = parseTimeMs(certificate.notBefore);
  if (notBeforeMs !== null && !clock.after(notBeforeMs - 1)) {
    yield finding(
      'degraded',
      'certificate-not-yet-valid',
      'warning',
      `Its CA is not valid before ${formatUtc(notBeforeMs)}.`,
    );
  }
  if (notAfterMs === null) return;
  // The charts' default: what is registered is the agent's own certificate, so its renewal makes a new one necessary.
  const leaf = certificate.selfSignedLeaf
    ? " It is the agent's own self-signed certificate, and ends with its renewal."
    : '';
  if (clock.after(notAfterMs)) {
    yield finding(
      'degraded',
      'certificate-expired',
      'warning',
      `Its CA expired ${clock.age(notAfterMs)} ago, on ${formatUtc(notAfterMs)}: an agent that has to reconnect will be refused.${leaf}`,
    );
    return;
  }
  const warningDays = certificate.selfSignedLeaf ? limits.leafWarningDays : limits.certificateWarningDays;
  if (clock.after(notAfterMs - warningDays * DAY_MS)) {
    const daysLeft = Math.floor((notAfterMs - clock.nowMs) / DAY_MS);
    yield finding(
      'degraded',
      'certificate-expiring',
      'warning',
      `Its CA expires in ${daysLeft} ${daysLeft === 1 ? 'day' : 'days'}, on ${formatUtc(notAfterMs)}.${leaf}`,
    );
  }
}
