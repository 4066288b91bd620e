import { nextBegin, unusableText, validUntil } from '@/lib/plane/health/ca-bundle';
import { type UnusableSecret, unusableSecrets } from '@/lib/plane/health/certificate-facts';
import { AGENT_CA } from '@/lib/plane/health/credential-wording';
import type { Health } from '@/lib/plane/health/health';
import type { CertificateFact, ParsedCa, PlaneFacts } from '@/lib/plane/health/health-facts';
import { type LeafRenewal, leafRenewal } from '@/lib/plane/health/leaf-renewal';
import type { Plane } from '@/lib/plane/model/plane';
import { formatAge, parseTimeMs } from '@/lib/plane/time/age';
import {
  type CertificateTrait,
  certificatesByEnd,
  certificateTraits,
  isPartlyEnding,
} from './certificate-trait';

export interface CertificateSummary {
  readonly text: string;
  /** `quiet` if nothing is known. */
  readonly tone: 'error' | 'warning' | 'plain' | 'quiet';
}

const WITHOUT_CERTIFICATE: Record<Exclude<CertificateFact['state'], 'parsed'>, CertificateSummary> = {
  'not-checked': { text: 'not checked', tone: 'quiet' },
  absent: { text: 'no CA', tone: 'warning' },
  'secret-missing': { text: 'Secret missing', tone: 'warning' },
  'key-missing': { text: 'key missing', tone: 'warning' },
  unparsable: { text: "can't be read", tone: 'warning' },
};

const UNUSABLE_SECRETS: Record<UnusableSecret['state'], string> = {
  absent: 'not set',
  'secret-missing': 'Secret missing',
  'key-missing': 'key missing',
  unparsable: "can't be read",
  mismatched: "doesn't match",
};

/**
 * Describes when a plane's CA expires, for a cell of the list: `44 days left`, `expired 3 days ago`,
 * `1 of 2 expires in 3 days`, `1 of 2 can't be used`, `not checked`. With direct access, it names the credential that
 * decides: the first that can't be used, or the certificate that ends first.
 *
 * @param nowMs the API server's clock, milliseconds since the epoch
 */
export function certificateSummary(
  plane: Pick<Plane, 'chartsUnknown'> & { readonly facts: Pick<PlaneFacts, 'certificate' | 'credentials'> },
  health: Pick<Health, 'reasons'>,
  nowMs: number,
): CertificateSummary {
  const [unusable] = unusableSecrets(plane.facts);
  if (unusable) return { text: `${unusable.label}: ${UNUSABLE_SECRETS[unusable.state]}`, tone: 'warning' };
  const [first] = certificatesByEnd({ plane, health });
  if (!first) return WITHOUT_CERTIFICATE['not-checked'];
  const traits = certificateTraits({ plane, health });
  const renewal = leafRenewal({ ...plane, facts: { certificate: first.fact } }, nowMs);
  const summary = summaryOf(first.fact, renewal, traits, health, nowMs);
  const isNamed = first.label !== AGENT_CA.label && first.fact.state !== 'not-checked';
  return isNamed ? { ...summary, text: `${first.label}: ${summary.text}` } : summary;
}

function summaryOf(
  certificate: CertificateFact,
  renewal: LeafRenewal | null,
  traits: readonly CertificateTrait[],
  health: Pick<Health, 'reasons'>,
  nowMs: number,
): CertificateSummary {
  if (certificate.state !== 'parsed') return WITHOUT_CERTIFICATE[certificate.state];
  const lastEndMs = parseTimeMs(certificate.notAfter);
  if (lastEndMs === null) return { text: 'expiry unknown', tone: 'quiet' };
  const unusable = unusableText(certificate);
  if (unusable !== null) return { text: unusable, tone: 'warning' };
  const part = isPartlyEnding(health) ? partText(certificate, nowMs) : null;
  if (part !== null) return { text: part, tone: 'warning' };
  if (nowMs > lastEndMs) return { text: `expired ${formatAge(nowMs - lastEndMs)} ago`, tone: 'error' };
  const endMs = validUntil(certificate, nowMs);
  if (endMs === null) {
    const beginsMs = nextBegin(certificate, nowMs) ?? lastEndMs;
    return { text: `valid in ${formatAge(beginsMs - nowMs)}`, tone: 'warning' };
  }
  // Before a time without a valid certificate, the renewal of a later one doesn't matter.
  const renews = renewal === null || endMs < lastEndMs ? '' : renewalText(renewal, nowMs);
  return {
    text: `${formatAge(endMs - nowMs)} left${renews}`,
    tone: traits.includes('expiring') ? 'warning' : 'plain',
  };
}

/** A renewal makes the registration outdated, so it counts more than the end. */
function renewalText({ atMs, state }: LeafRenewal, nowMs: number): string {
  return state === 'due' ? ', renewal due' : `, renews in ${formatAge(atMs - nowMs)}`;
}

/**
 * Describes the first end in a bundle that health reports, or returns null. Expired certificates take precedence over
 * ending ones.
 */
function partText({ earlier = [], count }: ParsedCa, nowMs: number): string | null {
  const endsMs = earlier.map(({ notAfter }) => parseTimeMs(notAfter)).filter((atMs) => atMs !== null);
  const expired = endsMs.filter((atMs) => atMs < nowMs);
  const [firstExpired] = expired;
  if (firstExpired !== undefined) {
    return expired.length === 1
      ? `1 of ${count} expired ${formatAge(nowMs - firstExpired)} ago`
      : `${expired.length} of ${count} expired`;
  }
  const [first] = endsMs;
  return first === undefined ? null : `1 of ${count} expires in ${formatAge(first - nowMs)}`;
}
