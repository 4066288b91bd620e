import { findCondition, isConditionTrue } from '@/lib/plane/model/conditions';
import { kindOfName } from '@/lib/plane/model/kinds';
import type { Plane } from '@/lib/plane/model/plane';
import { joinList } from '@/lib/plane/model/text';
import { parseTimeMs } from '@/lib/plane/time/age';
import type { ControllerFacts } from './controller-facts';
import type { CredentialChange, HealthFacts, HealthLimits, PlaneFacts } from './health-facts';
import { Clock, type Finding, finding, note } from './health-finding';

/** The conditions that say that a plane works. */
const POSITIVE = ['Ready', 'Connected'] as const;

/** Returns the conditions that say that a plane works and are True. */
export function positiveConditions({ conditions }: Pick<Plane, 'conditions'>): string[] {
  return POSITIVE.filter((type) => isConditionTrue(conditions, type));
}

/**
 * Returns the conditions of `positiveConditions` that apply to the spec as it is. One of an earlier generation says
 * nothing about a changed spec, for example about another API server URL, however short ago the change was. One without
 * a generation is as old as the status. Cluster kinds never update observedGeneration after creation, so there all count.
 */
export function currentPositiveConditions(plane: Plane): string[] {
  const types = positiveConditions(plane);
  // Deleting increments the generation too.
  if (kindOfName(plane.kind)?.scope !== 'Namespaced' || plane.deletingSince !== undefined) return types;
  const { conditions, generation, observedGeneration = generation } = plane;
  return types.filter(
    (type) => (findCondition(conditions, type)?.observedGeneration ?? observedGeneration) >= generation,
  );
}

/** Rule 3 about conditions that say that a plane works, but were set for an earlier spec. At least one. */
export function outdatedFinding(types: readonly string[]): Finding {
  return finding(
    'unmonitored',
    'not-measured',
    'info',
    `Reported, not measured: ${joinList(types)} ${types.length === 1 ? 'is' : 'are'} True, but from before the last change of the spec, so it isn't known whether the plane still works.`,
  );
}

/** Rule 3 about conditions that say that a plane works, but were written before its credentials changed. At least one. */
export function outdatedByCredentialsFinding(
  types: readonly string[],
  { seenAt, secrets }: CredentialChange,
  clock: Clock,
): Finding {
  const seenAtMs = parseTimeMs(seenAt);
  const seen = seenAtMs === null ? '' : `, seen ${clock.ago(seenAtMs)}`;
  const before = `before a change of ${secrets.length === 1 ? 'Secret' : 'Secrets'} ${joinList(secrets)}${seen}`;
  return finding(
    'unmonitored',
    'not-measured',
    'info',
    `Reported, not measured: ${joinList(types)} ${types.length === 1 ? 'is' : 'are'} True, but from ${before}. It isn't known whether the plane works with the present credentials.`,
  );
}

/** Returns the conditions that weren't written before a change of the credentials. */
export function withPresentCredentials(
  types: readonly string[],
  { credentialChange }: Pick<PlaneFacts, 'credentialChange'>,
): string[] {
  return types.filter((type) => !credentialChange?.conditions.includes(type));
}

/** Returns whether the controller's Lease proves that it's alive now. */
export function isControllerProven(
  controller: ControllerFacts | undefined,
  limits: HealthLimits,
  nowMs: number,
): boolean {
  return provenMs(controller, limits, new Clock(nowMs)) !== null;
}

/** A proof further in the future than the allowed skew is none: a clock was changed, so its age is unknown. */
function provenMs(
  controller: ControllerFacts | undefined,
  limits: HealthLimits,
  clock: Clock,
): number | null {
  const atMs = parseTimeMs(controller?.provenAt ?? undefined);
  if (atMs === null || !clock.after(atMs - limits.heartbeatSkewMs - 1)) return null;
  return clock.after(atMs + limits.controllerProofMs) ? null : atMs;
}

/**
 * Rule 3 about conditions that say that a plane works, where nothing else does. A stopped controller leaves them True
 * forever, so they count only while the controller is proven alive. Then they name no state.
 *
 * @param types the conditions that are True; at least one
 */
export function reportedFinding(types: readonly string[], facts: HealthFacts, clock: Clock): Finding {
  const reported = `Reported, not measured: ${joinList(types)} ${types.length === 1 ? 'is' : 'are'} True`;
  const atMs = provenMs(facts.controller, facts.limits, clock);
  if (atMs !== null)
    return note(
      'condition-reported',
      `${reported}, and the controller still ran ${clock.ago(atMs)}: it keeps renewing its Lease.`,
    );
  return finding(
    'unmonitored',
    'not-measured',
    'info',
    `${reported}, but ${withoutProof(facts.controller, clock)}, so that may be out of date.`,
  );
}

function withoutProof(controller: ControllerFacts | undefined, clock: Clock): string {
  switch (controller?.lease) {
    case 'missing':
      return "the controller has no Lease in the control plane's namespace";
    case 'not-visible':
      return "Planeboard can't list Leases in the control plane's namespace";
    case 'read': {
      const atMs = parseTimeMs(controller.provenAt ?? undefined);
      return atMs === null
        ? "Planeboard hasn't seen the controller renew its Lease"
        : `the controller hasn't renewed its Lease ${clock.lasting(atMs)}`;
    }
    default:
      return "Planeboard couldn't read the controller's Lease yet";
  }
}
