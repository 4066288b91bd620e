import { capital, lowerFirst } from '@/lib/plane/model/text';
import { formatAge, formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import { DAY_MS } from '@/lib/plane/time/duration';
import { bundleState } from './ca-bundle';
import { type CredentialGroup, credentialGroups } from './credential-groups';
import { AGENT_CA, type CertificateWording, certificateWording } from './credential-wording';
import type { CertificateFact, HealthFacts, HealthLimits, ParsedCa, SecretFact } from './health-facts';
import { type Clock, type Finding, finding, type ReasonCode } from './health-finding';

/** Rule 8 about every credential of the plane: missing, unreadable, unusable, expired or about to expire. */
export function* certificateFindings(facts: HealthFacts, clock: Clock): Generator<Finding> {
  yield* agentCaFindings(facts.certificate, facts.limits, clock);
  for (const group of credentialGroups(facts.credentials ?? []))
    yield* credentialFindings(group, facts.limits, clock);
}

/** Judges the CA that verifies the agent. */
export function agentCaFindings(
  fact: CertificateFact,
  limits: HealthLimits,
  clock: Clock,
): Generator<Finding> {
  return materialFindings(AGENT_CA, fact, limits, clock);
}

/** Judges credentials that the control plane uses to call the plane's cluster. */
export function* credentialFindings(
  { first: credential, label }: CredentialGroup,
  limits: HealthLimits,
  clock: Clock,
): Generator<Finding> {
  const { fact } = credential;
  if (fact.state === 'secret-missing') yield missingSecret(label, fact.secret);
  else if (credential.kind === 'certificate')
    yield* materialFindings(certificateWording(credential), credential.fact, limits, clock);
  else yield* secretFindings(label, credential.fact, limits, clock);
}

function degraded(code: ReasonCode, message: string): Finding {
  return finding('degraded', code, 'warning', message);
}

function missingSecret(label: string, secret: string): Finding {
  return degraded('secret-missing', `Secret ${secret}, which should hold the ${label}, doesn't exist.`);
}

function missingKey(label: string, secret: string, key: string): Finding {
  return degraded(
    'secret-key-missing',
    `Secret ${secret} has no key "${key}", which should hold the ${label}.`,
  );
}

function* secretFindings(
  label: string,
  fact: SecretFact,
  limits: HealthLimits,
  clock: Clock,
): Generator<Finding> {
  switch (fact.state) {
    case 'not-checked':
      return;
    case 'present':
      yield* tokenFindings(label, fact, limits, clock);
      return;
    case 'absent':
      yield degraded(
        'credential-absent',
        `The plane has no ${label}, so the control plane can't sign in to its cluster.`,
      );
      return;
    case 'secret-missing':
      yield missingSecret(label, fact.secret);
      return;
    case 'key-missing':
      yield missingKey(label, fact.secret, fact.key);
      return;
    case 'unparsable':
      yield degraded('private-key-unparsable', `The ${label} can't be read: ${fact.problem}`);
      return;
    case 'mismatched':
      yield degraded(
        'private-key-mismatch',
        "The private key doesn't belong to the client certificate, so the control plane can't sign in to the plane's cluster.",
      );
  }
}

/** Judges a token that says when it begins or ends. */
function* tokenFindings(
  label: string,
  token: Extract<SecretFact, { state: 'present' }>,
  limits: HealthLimits,
  clock: Clock,
): Generator<Finding> {
  const beginsMs = parseTimeMs(token.notBefore);
  const endMs = parseTimeMs(token.notAfter);
  if (token.obstacle !== undefined)
    yield degraded('certificate-unusable', `The ${label} can't be used. ${token.obstacle}`);
  else if (endMs !== null && clock.after(endMs))
    yield degraded(
      'certificate-expired',
      `The ${label} expired ${expiredText(endMs, clock)}. The cluster's API server rejects the control plane.`,
    );
  else if (beginsMs !== null && beginsMs > clock.nowMs)
    yield degraded(
      'certificate-not-yet-valid',
      `The ${label} isn't valid before ${formatUtc(beginsMs)}. Until then, the cluster's API server rejects the control plane.`,
    );
  else if (endMs !== null && clock.after(endMs - limits.certificateWarningDays * DAY_MS))
    yield degraded('certificate-expiring', `The ${label} expires ${endsText(endMs, clock)}.`);
}

function* materialFindings(
  wording: CertificateWording,
  fact: CertificateFact,
  limits: HealthLimits,
  clock: Clock,
): Generator<Finding> {
  switch (fact.state) {
    case 'not-checked':
      return;
    case 'absent':
      yield degraded('certificate-absent', wording.absent);
      return;
    case 'secret-missing':
      yield missingSecret(wording.label, fact.secret);
      return;
    case 'key-missing':
      yield missingKey(wording.label, fact.secret, fact.key);
      return;
    case 'unparsable':
      yield degraded('certificate-unparsable', `The ${wording.label} can't be read: ${fact.problem}`);
      return;
    case 'parsed':
      if (fact.unreadable)
        yield degraded('certificate-partly-unparsable', partlyUnreadableText(wording, fact.unreadable));
      if (fact.obstacle !== undefined)
        yield degraded('certificate-unusable', unusableText(wording, fact, fact.obstacle));
      yield* validityFindings(wording, fact, limits, clock);
  }
}

/**
 * Judges a bundle. Any of its certificates may verify the agent, and the API doesn't say which one does. The bundle
 * as a whole is expired only when all certificates are; one that ends earlier is reported as a part.
 */
function* validityFindings(
  wording: CertificateWording,
  ca: ParsedCa,
  limits: HealthLimits,
  clock: Clock,
): Generator<Finding> {
  const { whole, endMs, beginsMs, expiredMs, endingMs } = bundleState(ca, limits, clock);
  if (whole === 'future' && beginsMs !== null)
    yield degraded('certificate-not-yet-valid', notYetValidText(wording, ca, beginsMs, clock));
  if (expiredMs.length > 0)
    yield degraded('certificate-partly-expired', partlyExpiredText(wording, ca, expiredMs, clock));
  if (endingMs.length > 0)
    yield degraded('certificate-partly-expiring', partlyExpiringText(wording, ca, endingMs, clock));
  if (endMs === null) return;
  const last =
    ca.count === 1 ? `The ${wording.label}` : `The last of ${ca.count} certificates in the ${wording.bundle}`;
  // By the charts' default the registered certificate is the agent's own, so its renewal requires a new registration.
  const leaf = ca.selfSignedLeaf
    ? " It's the agent's own self-signed certificate, which its renewal replaces."
    : '';
  if (whole === 'expired')
    yield degraded(
      'certificate-expired',
      `${last} expired ${expiredText(endMs, clock)}. ${wording.expired}${leaf}`,
    );
  if (whole === 'ending')
    yield degraded(
      'certificate-expiring',
      beginsMs === null
        ? `${last} expires ${endsText(endMs, clock)}.${leaf}`
        : gapText(wording, endMs, beginsMs, clock),
    );
}

/** Describes when a certificate becomes valid while none is. */
function notYetValidText(
  { label, bundle }: CertificateWording,
  { count }: ParsedCa,
  beginsMs: number,
  clock: Clock,
): string {
  return count === 1
    ? `The ${label} isn't valid before ${formatUtc(beginsMs)}.`
    : `No certificate in the ${bundle} is valid now. The next one becomes valid ${endsText(beginsMs, clock)}.`;
}

/** Describes a time without a valid certificate, between the last one that is valid now and the next one. */
function gapText(
  { bundle, expired }: CertificateWording,
  endMs: number,
  beginsMs: number,
  clock: Clock,
): string {
  return `The last valid certificate in the ${bundle} expires ${endsText(endMs, clock)}, and the next one isn't valid before ${formatUtc(beginsMs)}. In between, ${lowerFirst(expired)}`;
}

/** Describes certificates that can't be used beside ones that can. */
function partlyUnreadableText(
  wording: CertificateWording,
  { count, sentences }: NonNullable<ParsedCa['unreadable']>,
): string {
  const more = count - sentences.length;
  const others = more === 0 ? [] : [`${more} more can't be used.`];
  const it = count === 1 ? 'it' : 'them';
  return [...sentences, ...others, wording.partlyUnreadable(it)].join(' ');
}

/** Describes certificates whose extensions exclude them from their purpose. */
function unusableText({ label, bundle }: CertificateWording, { count }: ParsedCa, obstacle: string): string {
  return count === 1
    ? `The ${label} can't be used. ${obstacle}`
    : `None of the ${count} certificates in the ${bundle} can be used. The first one: ${obstacle}`;
}

/** Describes expired certificates beside good ones. */
function partlyExpiredText(
  wording: CertificateWording,
  { count }: ParsedCa,
  endsMs: readonly number[],
  clock: Clock,
): string {
  const [which, it] = someOf(wording, endsMs.length, count);
  const when = expiredText(Math.max(...endsMs), clock);
  return `${which} expired${endsMs.length === 1 ? '' : ', the last'} ${when}. ${capital(wording.partlyExpired(it))}`;
}

/** Describes certificates that are about to expire beside good ones. */
function partlyExpiringText(
  wording: CertificateWording,
  { count }: ParsedCa,
  endsMs: readonly number[],
  clock: Clock,
): string {
  const [which, it] = someOf(wording, endsMs.length, count);
  const when = endsText(Math.min(...endsMs), clock);
  const expires = endsMs.length === 1 ? 'expires' : 'expire, the first';
  return `${which} ${expires} ${when}. After that, ${wording.partlyExpired(it)}`;
}

function someOf({ bundle }: CertificateWording, some: number, count: number): readonly [string, string] {
  return some === 1
    ? [`One of ${count} certificates in the ${bundle}`, 'it']
    : [`${some} of ${count} certificates in the ${bundle}`, 'one of them'];
}

/** Formats an end in the past: `3 days ago, on 2026-03-07 12:00:00 UTC`. */
function expiredText(endMs: number, clock: Clock): string {
  return clock.tell(
    endMs,
    (age) => `${age} ago, on ${formatUtc(endMs)}`,
    (moment) => `on ${moment}`,
  );
}

/** Formats a time in the future: `in 3 days, on 2026-03-13 12:00:00 UTC`. */
function endsText(endMs: number, clock: Clock): string {
  const days = Math.floor((endMs - clock.nowMs) / DAY_MS);
  const left = days < 1 ? formatAge(endMs - clock.nowMs) : `${days} ${days === 1 ? 'day' : 'days'}`;
  return clock.tell(
    endMs,
    () => `in ${left}, on ${formatUtc(endMs)}`,
    (moment) => `on ${moment}`,
  );
}
