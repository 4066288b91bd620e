import { kindOfName } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';
import { formatCount } from '@/lib/plane/model/text';
import { unobservedChanges, unobservedSince } from '@/lib/plane/model/unobserved-change';
import { parseTimeMs } from '@/lib/plane/time/age';
import { agentFindings } from './agent-rules';
import { certificateFindings } from './certificate-rules';
import { agentlessFindings, conditionFindings, deletionFindings, isMeasured } from './condition-rules';
import type { Health } from './health';
import type { HealthFacts } from './health-facts';
import { Clock, type Finding, finding, note, type Wording } from './health-finding';
import type { HealthState } from './health-state';

/** A plane's health, and when it would change without any new input (milliseconds since the epoch; null: never). */
export interface DerivedHealth extends Health {
  readonly nextChangeAtMs: number | null;
}

/**
 * Judges a plane. The server, the browser, the wall and the metrics all call this one function.
 *
 * The rules run in the order of the contract. The first finding that names a state wins; the reasons of all are kept.
 *
 * @param plane the resource on the API server
 * @param facts everything else that is known: limits, contact, siblings, references, certificate, remembered heartbeat
 * @param nowMs the API server's clock, milliseconds since the epoch
 * @param wording how the messages express time; it doesn't affect states and codes
 */
export function deriveHealth(
  plane: Plane,
  facts: HealthFacts,
  nowMs: number,
  wording: Wording = 'ages',
): DerivedHealth {
  const clock = new Clock(nowMs, wording);
  const findings = [
    ...unknowable(plane, facts, clock),
    ...(plane.unreadable ? [] : readableFindings(plane, facts, clock)),
  ];
  return {
    state: stateOf(findings),
    reasons: findings
      .toSorted((a, b) => Number(b.state !== null) - Number(a.state !== null))
      .map((item) => item.reason),
    nextChangeAtMs: clock.nextMs,
  };
}

function stateOf(findings: readonly Finding[]): HealthState {
  return findings.find((item) => item.state !== null)?.state ?? 'healthy';
}

/** Rule 1: the health is unknown if the resource can't be read, a permission to watch it is missing, or the API server has been silent too long. */
function* unknowable(plane: Plane, facts: HealthFacts, clock: Clock): Generator<Finding> {
  if (plane.unreadable) {
    yield finding('unknown', 'unreadable', 'error', plane.unreadable.join(' '));
  }
  if (facts.forbidden) {
    yield finding(
      'unknown',
      'no-contact',
      'error',
      `The permission to list and watch ${plane.plural} is missing. This plane may have changed since it was last read.`,
    );
  } else if (facts.contactAtMs === null) {
    yield finding('unknown', 'no-contact', 'error', 'No data from the API server yet.');
  } else if (!clock.after(facts.contactAtMs - facts.limits.heartbeatSkewMs - 1)) {
    yield finding(
      'unknown',
      'no-contact',
      'error',
      "The API server's last response is in the future on its own clock, so its age isn't known.",
    );
  } else if (clock.after(facts.contactAtMs + facts.limits.contactLostMs)) {
    yield finding(
      'unknown',
      'no-contact',
      'error',
      facts.serverSilent
        ? `Planeboard's server isn't responding. Last updated ${clock.ago(facts.contactAtMs)}.`
        : `No data from the API server ${clock.lasting(facts.contactAtMs)}. This plane may have changed since.`,
    );
  }
}

function readableFindings(plane: Plane, facts: HealthFacts, clock: Clock): Finding[] {
  const deletion = [...deletionFindings(plane, facts, clock)];
  const settings = [
    ...unreconciledFindings(plane, facts),
    ...conditionFindings(plane),
    ...unobservedFindings(plane, facts, clock),
    ...referenceFindings(plane, facts),
    ...certificateFindings(facts, clock),
  ];
  if (!isMeasured(plane)) return [...deletion, ...settings, ...agentlessFindings(plane, facts, clock)];
  const ofAgent = [...agentFindings(plane, facts, clock)];
  // "Not measured" names the state last, so it never hides a known problem. On a left-over kind, neither does a report
  // that seems late or awaited: nothing will write it.
  const isLast = ({ state }: Finding) =>
    state === 'unmonitored' || (facts.unreconciled === true && (state === 'pending' || state === 'degraded'));
  return [
    ...deletion,
    ...ofAgent.filter((item) => !isLast(item)),
    ...settings,
    ...ofAgent.filter(isLast),
    ...caveats(plane, facts),
  ];
}

/** Rule 8: a kind that is left over from an earlier release. Its status is never written again, so it proves nothing. */
function* unreconciledFindings(plane: Plane, facts: HealthFacts): Generator<Finding> {
  if (!facts.unreconciled) return;
  yield finding(
    'degraded',
    'kind-unreconciled',
    'warning',
    `No controller of this release reconciles ${plane.kind}s: workflow planes replaced them. The status no longer changes.`,
  );
}

/**
 * Rule 8: a change that stays unobserved is one that the controller hasn't seen or can't apply. Further changes don't
 * extend the grace.
 */
function* unobservedFindings(plane: Plane, facts: HealthFacts, clock: Clock): Generator<Finding> {
  // Deleting also increments the generation, without a change to the spec.
  if (plane.deletingSince !== undefined) return;
  const count = unobservedChanges(plane);
  if (count === 0) return;
  const changedAtMs = parseTimeMs(unobservedSince(plane));
  if (changedAtMs === null || !clock.after(changedAtMs + facts.limits.observedGraceMs)) return;
  yield finding(
    'degraded',
    'change-unobserved',
    'warning',
    count === 1
      ? `The controller hasn't applied the last change, made ${clock.ago(changedAtMs)}. The status is older than that change.`
      : `The controller hasn't applied the last ${formatCount(count)} changes, the first made at least ${clock.ago(changedAtMs)}. The status is older than those changes.`,
  );
}

/**
 * Rule 8: the controllers don't validate an explicit reference. That it wasn't checked is a note, so that losing sight
 * of a missing plane doesn't look like a repair. The note doesn't name the target, which its reader may not see.
 */
function* referenceFindings(plane: Plane, facts: HealthFacts): Generator<Finding> {
  const ref = plane.observabilityPlaneRef;
  if (!ref) return;
  if (facts.observabilityPlane === 'not-visible')
    yield note(
      'reference-not-visible',
      "The observability plane that this plane refers to isn't visible, so it isn't known whether it exists.",
    );
  if (facts.observabilityPlane !== 'missing') return;
  yield finding(
    'degraded',
    'reference-missing',
    'warning',
    `${ref.kind} "${ref.name}", which this plane refers to, doesn't exist.`,
  );
}

/**
 * Rule 9: for cluster kinds, `connected` includes every agent on the planeID, even one that this plane's CA would
 * reject.
 */
function* caveats(plane: Plane, facts: HealthFacts): Generator<Finding> {
  if (kindOfName(plane.kind)?.scope === 'Cluster' && facts.siblings > 0 && plane.agent?.connected === true) {
    yield note(
      'shared-plane-id',
      `This plane shares planeID "${plane.planeID}". It reports any agent on that planeID, even one that its own CA would reject.`,
    );
  }
  // The status of a left-over kind goes stale by itself.
  if (facts.incident !== undefined && !facts.unreconciled) {
    yield note(
      'control-plane-incident',
      'Disconnected, stale or late together with other planes. See the incident.',
    );
  }
}
