import { type AttentionCounts, attentionOf, countAttention } from '@/lib/plane/health/attention';
import type { Health } from '@/lib/plane/health/health';
import { compareHealthStates, type HealthState } from '@/lib/plane/health/health-state';
import type { Incident } from '@/lib/plane/health/incident';
import type { StateSince } from '@/lib/plane/health/state-since';
import type { Role } from '@/lib/plane/model/kinds';
import type { Maintenance } from '@/lib/plane/model/maintenance';
import { parseTimeMs } from '@/lib/plane/time/age';

/** A plane as the wall lays it out, with the server's judgement. */
export interface BoardPlane {
  readonly uid: string;
  readonly kind: string;
  readonly role: Role;
  readonly namespace?: string | undefined;
  readonly name: string;
  readonly displayName?: string | undefined;
  readonly owner?: string | undefined;
  readonly health: Health;
  readonly since: StateSince;
  readonly connectedAgents: number | null;
  readonly lastHeartbeatTime: string | null;
  readonly maintenance?: Maintenance | undefined;
  readonly group?: string | undefined;
  /** The id of the incident in which the plane is lost. */
  readonly incident?: string | undefined;
}

/** The content of a wall, independent of size. */
export interface Board<P extends BoardPlane> {
  /** Counts of all planes; those in maintenance count as such and not by their health. */
  readonly counts: AttentionCounts;
  /** All planes that aren't in maintenance. */
  readonly rest: readonly P[];
  /**
   * Planes that are neither healthy nor unmonitored, worst first, without those of an incident that is shown instead
   * of them.
   */
  readonly attention: readonly P[];
  /** Planes in maintenance, the earliest end first. */
  readonly maintenance: readonly P[];
  /** Those that are going on, that of most planes first. */
  readonly incidents: readonly Incident[];
  /** The number of agents connected to the counted planes, or null if no plane reports agents. */
  readonly agents: number | null;
}

/** States in which a plane is shown by name. Planes in other states are only counted. */
const SHOWN_BY_NAME: ReadonlySet<HealthState> = new Set([
  'disconnected',
  'stale',
  'unknown',
  'degraded',
  'pending',
  'deleting',
]);

/**
 * Sorts the planes of a wall into those shown by name, those only counted, and those in maintenance.
 *
 * @param nowMs the API server's clock, at which maintenance ends
 */
export function boardOf<P extends BoardPlane>(
  planes: readonly P[],
  incidents: readonly Incident[],
  nowMs: number,
): Board<P> {
  const states = new Map(planes.map((plane) => [plane, attentionOf(plane, plane.health.state, nowMs)]));
  const maintained = planes.filter((plane) => states.get(plane) === 'maintenance');
  const rest = planes.filter((plane) => states.get(plane) !== 'maintenance');
  const summed = new Set(incidents.filter(isShownInstead).map(({ id }) => id));
  return {
    counts: countAttention(states.values()),
    rest,
    attention: rest
      .filter(({ health }) => SHOWN_BY_NAME.has(health.state))
      .filter(({ incident }) => incident === undefined || !summed.has(incident))
      .toSorted(compareAttention),
    maintenance: maintained.toSorted((a, b) => untilMs(a) - untilMs(b) || compareNames(a, b)),
    incidents,
    agents: agentsOf(rest),
  };
}

/**
 * Returns the last time up to `nowMs` at which a maintenance ended, milliseconds since the epoch, or 0 if none has.
 * The board at that time equals the current board, because only such an end changes it.
 */
export function boardMomentMs(planes: readonly BoardPlane[], nowMs: number): number {
  return planes.reduce((latest, plane) => {
    const endMs = parseTimeMs(plane.maintenance?.until);
    return endMs !== null && endMs <= nowMs && endMs > latest ? endMs : latest;
  }, 0);
}

/** Compares names with numbers by value: `plane-2` comes before `plane-10`. */
const byName = new Intl.Collator('en', { numeric: true });

/** Compares by state, worst first, and within a state by the latest change, which is what people look for. */
function compareAttention(a: BoardPlane, b: BoardPlane): number {
  const sinceMs = (plane: BoardPlane) => parseTimeMs(plane.since.at) ?? 0;
  return compareHealthStates(a.health.state, b.health.state) || sinceMs(b) - sinceMs(a) || compareNames(a, b);
}

function compareNames(a: BoardPlane, b: BoardPlane): number {
  return byName.compare(`${a.namespace ?? ''}/${a.name}`, `${b.namespace ?? ''}/${b.name}`);
}

/**
 * Returns whether an incident is shown instead of its planes. Once most are back, or if only a part was lost, it matters
 * which planes they are.
 */
function isShownInstead({ code, lost, planes }: Incident): boolean {
  return code === 'control-plane' && lost * 2 > planes;
}

function untilMs({ maintenance }: BoardPlane): number {
  return parseTimeMs(maintenance?.until) ?? Number.POSITIVE_INFINITY;
}

/**
 * Counts the connected agents. A cluster plane with a shared planeID reports its sibling's agents, which are counted
 * there if that sibling is shown.
 */
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
