import { certificatesIn, validSpans, validUntil } from '@/lib/plane/health/ca-bundle';
import { credentialLabel } from '@/lib/plane/health/credential-wording';
import type { PlaneFacts, PlaneWithFacts } from '@/lib/plane/health/health-facts';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import { joinList } from '@/lib/plane/model/text';
import type { RelatedResources } from '@/lib/plane/related/related-resources';
import { formatUtc, parseTimeMs } from '@/lib/plane/time/age';
import { DAY_MS } from '@/lib/plane/time/duration';

/**
 * Returns what was checked around a plane and found in order, a sentence each. Leaves out what wasn't checked or
 * isn't visible.
 *
 * @param related null until it has been read
 * @param nowMs the API server's clock
 */
export function checkedFacts(
  { facts }: PlaneWithFacts,
  related: RelatedResources | null,
  nowMs: number,
): string[] {
  return [
    certificateSummary(facts, related, nowMs),
    ...credentialTexts(facts, nowMs),
    observabilityText(related),
    controlPlaneText(related),
  ].filter((text) => text !== null);
}

function certificateSummary(
  { certificate }: PlaneFacts,
  related: RelatedResources | null,
  nowMs: number,
): string | null {
  const certificates =
    certificate.state === 'parsed' ? certificatesIn(certificate) : (related?.ca.certificates ?? []);
  const endsMs = certificates.map(({ notAfter }) => parseTimeMs(notAfter)).filter((atMs) => atMs !== null);
  const spans = validSpans(certificates);
  const now = spans.findIndex(({ beginMs, endMs }) => beginMs <= nowMs && nowMs <= endMs);
  const current = spans[now];
  if (endsMs.length === 0 || !current || !Number.isFinite(current.endMs)) return null;
  const [firstMs, lastMs] = [Math.min(...endsMs), Math.max(...endsMs)];
  const left = `(${daysText(current.endMs - nowMs)} left)`;
  if (firstMs === lastMs) return `The agent CA is valid until ${formatUtc(lastMs)} ${left}.`;
  const count = certificate.state === 'parsed' ? certificate.count : endsMs.length;
  const ends = `The CA bundle has ${count} certificates. The first ${firstMs < nowMs ? 'expired' : 'expires'} at ${formatUtc(firstMs)}, the last at ${formatUtc(lastMs)}`;
  const next = spans[now + 1];
  return next
    ? `${ends}. None is valid from ${formatUtc(current.endMs)} ${left} until ${formatUtc(next.beginMs)}.`
    : `${ends} ${left}.`;
}

/** Describes the credentials of direct access that work. */
function credentialTexts({ credentials = [] }: PlaneFacts, nowMs: number): (string | null)[] {
  return credentials.map((credential) => {
    const { fact } = credential;
    const label = credentialLabel(credential);
    if (fact.state === 'present') return `The ${label} exists and can be read.`;
    const endMs = fact.state === 'parsed' ? validUntil(fact, nowMs) : null;
    if (endMs === null || !Number.isFinite(endMs)) return null;
    return `The ${label} is valid until ${formatUtc(endMs)} (${daysText(endMs - nowMs)} left).`;
  });
}

function daysText(ms: number): string {
  const days = Math.floor(ms / DAY_MS);
  return `${days} ${days === 1 ? 'day' : 'days'}`;
}

function observabilityText(related: RelatedResources | null): string | null {
  const { target, state, via } = related?.observability ?? {};
  if (!target || state !== 'found') return null;
  return via === 'explicit'
    ? `The ${nameOf(target)}, which this plane refers to, exists.`
    : `This plane refers to no observability plane and uses ${nameOf(target)} by default.`;
}

function nameOf({ kind, name }: ObjectRef): string {
  return `${(kindOfName(kind)?.label ?? kind).toLowerCase()} "${name}"`;
}

function controlPlaneText(related: RelatedResources | null): string | null {
  const workloads = related?.controlPlane.workloads ?? [];
  if (workloads.length === 0) return null;
  const allReady = workloads.every(
    ({ readyReplicas, desiredReplicas }) => desiredReplicas > 0 && readyReplicas >= desiredReplicas,
  );
  return allReady ? `Ready in the control plane: ${workloads.map(({ name }) => name).join(', ')}.` : null;
}

/** Returns the related resources that couldn't be checked, each with the reason. The findings don't cover them. */
export function unseenParts({
  ca,
  observability,
  controlPlane,
  referrersNotVisible,
  referrersCutShort = [],
}: RelatedResources): string[] {
  const parts: string[] = [];
  const { source } = ca;
  if (source.from === 'secret' && source.state === 'not-visible')
    parts.push(`Secret ${source.namespace}/${source.name} with the agent CA, which you can't read`);
  if (source.from === 'secret' && source.state === 'unknown')
    parts.push(`Secret ${source.namespace}/${source.name} with the agent CA, which couldn't be read`);
  if (observability.state === 'not-visible') parts.push("its observability plane, which you can't see");
  if (controlPlane.state === 'not-visible')
    parts.push("the control plane's Deployments, which you can't read");
  if (controlPlane.state === 'not-found') parts.push("the control plane's Deployments, which weren't found");
  if (referrersNotVisible.length > 0)
    parts.push(
      `references from ${joinList(referrersNotVisible)} objects, which couldn't be listed with your permissions`,
    );
  if (referrersCutShort.length > 0)
    parts.push(`some references from ${joinList(referrersCutShort)} objects, because there are too many`);
  return parts;
}
