import {
  DOCUMENTED_CONDITIONS,
  describeFailure,
  failedConditions,
  findCondition,
  isConditionTrue,
} from '@/lib/plane/model/conditions';
import type { Plane } from '@/lib/plane/model/plane';
import { unobservedSince } from '@/lib/plane/model/unobserved-change';
import { parseTimeMs } from '@/lib/plane/time/age';
import { MINUTE_MS } from '@/lib/plane/time/duration';
import { certificatesOf } from './certificate-facts';
import type { Health } from './health';
import type { ParsedCa, PlaneWithFacts } from './health-facts';
import type { ReasonCode } from './health-finding';
import { knownHeartbeat } from './heartbeat';

/** How long the server has observed a plane in its state. */
export interface ObservedState {
  /** When it first saw this state, RFC 3339 on the API server's clock. */
  readonly at: string;
  /** Whether it saw the plane enter the state. False if the plane was in it from the start. */
  readonly seenToChange: boolean;
}

/** A time further in the future was written by a clock that disagrees. */
const SKEW_MS = MINUTE_MS;

/** `exact` if the resource says so; otherwise the state has lasted at least since `at`. */
export interface StateSince {
  readonly at: string;
  readonly exact: boolean;
}

/**
 * Returns when a plane's state began. A problem lasts since its cause if the resource has that time: a frozen plane
 * since its last heartbeat, not since that heartbeat was found to be too old.
 *
 * @param health the plane's health, with the reason that names the state first
 * @param nowMs the API server's clock
 */
export function stateSince(
  plane: PlaneWithFacts,
  health: Health,
  observed: ObservedState,
  nowMs: number,
): StateSince {
  const cause = resourceSince(plane, health);
  const causeMs = parseTimeMs(cause);
  const observedMs = parseTimeMs(observed.at);
  if (cause === undefined || causeMs === null || causeMs - nowMs > SKEW_MS)
    return { at: observed.at, exact: false };
  // The resource doesn't show that a plane was frozen in between, so an observed recovery is more accurate.
  if (health.state === 'healthy' && observed.seenToChange && observedMs !== null && observedMs > causeMs)
    return { at: observed.at, exact: false };
  return { at: cause, exact: true };
}

/**
 * Returns when a plane's state began by its own resource, RFC 3339; undefined if the resource doesn't tell. The time may
 * be in the future, if a clock disagrees.
 */
export function resourceSince(
  plane: PlaneWithFacts,
  health: Pick<Health, 'state' | 'reasons'>,
): string | undefined {
  return health.state === 'healthy' ? healthySince(plane) : causeTime(plane, health);
}

/** Returns the resource's time for the cause of the state, or undefined if it has none. */
function causeTime(plane: PlaneWithFacts, { reasons }: Pick<Health, 'reasons'>): string | undefined {
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
    case 'agent-refused':
      return plane.createdAt;
    case 'agent-lost':
      return agent?.lastDisconnectedTime;
    case 'heartbeat-stale':
    case 'heartbeat-late':
      return knownHeartbeat(agent, plane.facts.heartbeatGap);
    case 'connection-flapping':
      return plane.facts.flapping?.since;
    case 'change-unobserved':
      return unobservedSince(plane);
    case 'certificate-expired':
      return firstEnd(plane, ({ notAfter }) => notAfter);
    case 'certificate-partly-expired':
      return firstEnd(plane, ({ earlier }) => earlier?.[0]?.notAfter);
    default:
      // Facts from beside the resource (references, Secrets, contact), and causes without a time.
      return undefined;
  }
}

/** Returns the first of the ends of a plane's certificates, RFC 3339. */
function firstEnd(
  { facts }: PlaneWithFacts,
  endOf: (certificate: ParsedCa) => string | undefined,
): string | undefined {
  const ends = certificatesOf(facts).flatMap(({ fact }) =>
    fact.state === 'parsed' ? (endOf(fact) ?? []) : [],
  );
  return ends.toSorted((a, b) => (parseTimeMs(a) ?? 0) - (parseTimeMs(b) ?? 0))[0];
}

/** A plane is healthy since the last of its requirements was met: the agent's connection and the conditions. */
function healthySince({ agent, conditions }: Plane): string | undefined {
  const met = DOCUMENTED_CONDITIONS.filter((type) => isConditionTrue(conditions, type)).map(
    (type) => findCondition(conditions, type)?.lastTransitionTime,
  );
  const times = [...(agent ? [agent.lastConnectedTime] : []), ...met].map(parseTimeMs);
  // A requirement without a time could have been the last.
  if (times.length === 0 || times.includes(null)) return undefined;
  return new Date(times.reduce<number>((latest, time) => Math.max(latest, time ?? 0), 0)).toISOString();
}
