import type { Health } from '@/lib/plane/health/health';
import type { PlaneWithFacts } from '@/lib/plane/health/health-facts';
import type { ReasonCode } from '@/lib/plane/health/health-finding';
import {
  DOCUMENTED_CONDITIONS,
  describeFailure,
  failedConditions,
  findCondition,
  isConditionTrue,
} from '@/lib/plane/model/conditions';
import type { Plane } from '@/lib/plane/model/plane';
import { parseTimeMs } from '@/lib/plane/time/age';

/** What the server itself knows of how long a plane has been in its state. */
export interface ObservedState {
  /** Since when it has seen this state, RFC 3339 on the API server's clock. */
  readonly at: string;
  /** Whether it saw the plane come into the state, as opposed to having found it there. */
  readonly seenToChange: boolean;
}

/** `exact` when the resource tells; else the state has lasted at least since `at`. */
export interface StateSince {
  readonly at: string;
  readonly exact: boolean;
}

/**
 * Since when a plane is in its state. Trouble lasts since its cause, where the resource tells when that was: a frozen
 * plane since its last heartbeat, not since that heartbeat was found to be too old.
 *
 * @param health its state, the reason that names it first
 */
export function stateSince(plane: PlaneWithFacts, health: Health, observed: ObservedState): StateSince {
  const cause = health.state === 'healthy' ? healthySince(plane) : causeTime(plane, health);
  const causeMs = parseTimeMs(cause);
  const observedMs = parseTimeMs(observed.at);
  if (cause === undefined || causeMs === null) return { at: observed.at, exact: false };
  // No resource tells that a plane had been frozen in between: who saw it get well knows better.
  if (health.state === 'healthy' && observed.seenToChange && observedMs !== null && observedMs > causeMs)
    return { at: observed.at, exact: false };
  return { at: cause, exact: true };
}

/** The time that the resource tells of what makes the state; undefined: it tells none. */
function causeTime(plane: PlaneWithFacts, { reasons }: Health): string | undefined {
  const [reason] = reasons;
  const { agent } = plane;
  switch (reason?.code as ReasonCode | undefined) {
    case 'deleting':
    case 'deletion-blocked':
    case 'deletion-slow':
      return plane.deletingSince;
    case 'condition-false':
      return failedConditions(plane.conditions).find((item) => describeFailure(item) === reason?.message)
        ?.lastTransitionTime;
    case 'status-awaited':
    case 'status-missing':
    case 'agent-awaited':
    case 'never-connected':
      return plane.createdAt;
    case 'agent-lost':
      return agent?.lastDisconnectedTime;
    case 'heartbeat-stale':
    case 'heartbeat-late':
      return agent?.lastHeartbeatTime;
    case 'change-unobserved':
      return plane.specChangedAt;
    case 'certificate-expired':
      return plane.facts.certificate.state === 'parsed' ? plane.facts.certificate.notAfter : undefined;
    case 'certificate-partly-expired':
      return plane.facts.certificate.state === 'parsed'
        ? plane.facts.certificate.earlier?.[0]?.notAfter
        : undefined;
    default:
      // What the server found out beside the resource (references, Secrets, contact), and what has no time of its own.
      return undefined;
  }
}

/** A plane is well since the last of what it takes for that: its agent connected, its conditions met. */
function healthySince({ agent, conditions }: Plane): string | undefined {
  const met = DOCUMENTED_CONDITIONS.filter((type) => isConditionTrue(conditions, type)).map(
    (type) => findCondition(conditions, type)?.lastTransitionTime,
  );
  const times = [...(agent ? [agent.lastConnectedTime] : []), ...met].map(parseTimeMs);
  // One of them without a time could have been the last.
  if (times.length === 0 || times.includes(null)) return undefined;
  return new Date(times.reduce<number>((latest, time) => Math.max(latest, time ?? 0), 0)).toISOString();
}
