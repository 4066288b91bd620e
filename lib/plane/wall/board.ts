import { type AttentionCounts, attentionOf, countAttention } from '@/lib/plane/health/attention';
import type { Health } from '@/lib/plane/health/health';
import { compareHealthStates, type HealthState } from '@/lib/plane/health/health-state';
import type { Incident } from '@/lib/plane/health/incident';
import type { Role } from '@/lib/plane/model/kinds';
import type { Maintenance } from '@/lib/plane/model/maintenance';
import { parseTimeMs } from '@/lib/plane/time/age';
import type { StateSince } from './since';

/** What the wall is made from: a plane as the server judged it. */
export interface BoardPlane {
  readonly uid: string;
  readonly kind: string;
  readonly role: Role;
  readonly namespace?: string | undefined;
  readonly name: string;
  readonly displayName?: string | undefined;
  readonly health: Health;
  readonly since: StateSince;
  readonly connectedAgents: number | null;
  readonly lastHeartbeatTime: string | null;
  readonly maintenance?: Maintenance | undefined;
  readonly group?: string | undefined;
}

/** The wall's content, before any question of size. */
export interface Board<P extends BoardPlane> {
  /** All planes, those in maintenance as such and not by their health. */
  readonly counts: AttentionCounts;
  /** All planes that are not in maintenance. */
  readonly rest: readonly P[];
  /** What is neither well nor merely not measured, worst first; without the members of an incident. */
  readonly attention: readonly P[];
  /** What ends first stands first. */
  readonly maintenance: readonly P[];
  readonly incident: Incident | null;
  /** Agents that are connected to the planes that are counted; null: no plane tells. */
  readonly agents: number | null;
}

/** States of which a plane's name is shown; all others are only counted. */
const SHOWN_BY_NAME: ReadonlySet<HealthState> = new Set([
  'disconnected',
  'stale',
  'unknown',
  'degraded',
  'pending',
  'deleting',
]);

/**
 * Sorts the planes of a wall into what is shown by name, what is only counted, and what is left alone for a while.
 *
 * @param nowMs the API server's clock: maintenance ends by itself
 */
export function boardOf<P extends BoardPlane>(
  planes: readonly P[],
  incidents: readonly Incident[],
  nowMs: number,
): Board<P> {
  const states = new Map(planes.map((plane) => [plane, attentionOf(plane, plane.health.state, nowMs)]));
  const maintained = planes.filter((plane) => states.get(plane) === 'maintenance');
  const rest = planes.filter((plane) => states.get(plane) !== 'maintenance');
  const incident = incidents[0] ?? null;
  return {
    counts: countAttention(states.values()),
    rest,
    attention: rest
      .filter(({ health }) => SHOWN_BY_NAME.has(health.state))
      .filter((plane) => incident === null || !isMember(plane))
      .toSorted(compareAttention),
    maintenance: maintained.toSorted((a, b) => untilMs(a) - untilMs(b) || compareNames(a, b)),
    incident,
    agents: agentsOf(rest),
  };
}

/**
 * The last moment up to `nowMs` at which a maintenance ended, milliseconds: the board of that moment is the board of
 * now, and it changes only when one ends. 0: none has ended.
 */
export function boardMomentMs(planes: readonly BoardPlane[], nowMs: number): number {
  return planes.reduce((latest, plane) => {
    const endMs = parseTimeMs(plane.maintenance?.until);
    return endMs !== null && endMs <= nowMs && endMs > latest ? endMs : latest;
  }, 0);
}

/** As people count: `plane-2` stands before `plane-10`. */
const byName = new Intl.Collator('en', { numeric: true });

/** Worst first; within a state what happened last, which is what somebody looks up for. */
function compareAttention(a: BoardPlane, b: BoardPlane): number {
  const sinceMs = (plane: BoardPlane) => parseTimeMs(plane.since.at) ?? 0;
  return compareHealthStates(a.health.state, b.health.state) || sinceMs(b) - sinceMs(a) || compareNames(a, b);
}

function compareNames(a: BoardPlane, b: BoardPlane): number {
  return byName.compare(`${a.namespace ?? ''}/${a.name}`, `${b.namespace ?? ''}/${b.name}`);
}

/** The server tells of a plane that was lost together with the others: the incident speaks for it. */
function isMember({ health }: BoardPlane): boolean {
  return health.reasons.some(({ code }) => code === 'control-plane-incident');
}

function untilMs({ maintenance }: BoardPlane): number {
  return parseTimeMs(maintenance?.until) ?? Number.POSITIVE_INFINITY;
}

/** A cluster plane that shares its planeID reports its sibling's agents: they are counted there, if that is shown. */
function agentsOf(planes: readonly BoardPlane[]): number | null {
  const namespacedRoles = new Set(
    planes.filter(({ namespace }) => namespace !== undefined).map(({ role }) => role),
  );
  const telling = planes.filter(
    ({ connectedAgents, health, role }) =>
      connectedAgents !== null &&
      !(health.reasons.some(({ code }) => code === 'shared-plane-id') && namespacedRoles.has(role)),
  );
  return telling.length === 0
    ? null
    : telling.reduce((sum, { connectedAgents }) => sum + (connectedAgents ?? 0), 0);
}
