import 'server-only';
import type { ApiServer, FleetPlane, Source } from '@/lib/api/fleet';
import type { WallFrame, WallPlane } from '@/lib/api/wall';
import type { ControlPlane } from '@/lib/plane/health/gateway-certificates';
import { knownHeartbeat } from '@/lib/plane/health/heartbeat';
import { type ObservedState, stateSince } from '@/lib/plane/health/state-since';
import { activeMaintenance } from '@/lib/plane/maintenance/active-maintenance';
import { kindOfName } from '@/lib/plane/model/kinds';
import { labelOf } from '@/lib/plane/model/labels';
import { wallGroupLabel } from '@/lib/plane/wall/wall-filter';
import { joinedSource } from '@/lib/server/fleet/kind-source';
import { showsNamespace, showsPlural, type WallView, wallMatcher } from './wall-view';

/** A plane of the fleet, and since when this server has seen its state. */
export interface ObservedPlane {
  readonly plane: FleetPlane;
  readonly observed: ObservedState;
}

/**
 * Returns the planes of a wall. Every field is listed here, so a field added to planes doesn't reach a wall
 * unnoticed.
 *
 * @param nowMs the API server's clock
 */
export function wallPlanes(
  observedPlanes: readonly ObservedPlane[],
  view: WallView,
  nowMs: number,
): WallPlane[] {
  const matches = wallMatcher(view);
  const label = wallGroupLabel(view.group);
  const shown: WallPlane[] = [];
  for (const { plane, observed } of observedPlanes) {
    const role = kindOfName(plane.kind)?.role;
    if (role === undefined || !matches(plane, plane.health.state)) continue;
    const { uid, kind, namespace, name, displayName, owner, agent } = plane;
    const { state, reasons } = plane.health;
    const { incident } = plane.facts;
    const maintenance = activeMaintenance(plane, nowMs);
    const group = label === null ? undefined : labelOf(plane, label);
    shown.push({
      uid,
      kind,
      role,
      ...(namespace === undefined ? {} : { namespace }),
      name,
      ...(displayName === undefined ? {} : { displayName }),
      ...(owner === undefined ? {} : { owner }),
      health: { state, reasons: reasons.map(({ code, severity, message }) => ({ code, severity, message })) },
      since: stateSince(plane, plane.health, observed, nowMs),
      connectedAgents: agent?.connectedAgents ?? null,
      lastHeartbeatTime: knownHeartbeat(agent, plane.facts.heartbeatGap) ?? null,
      ...(maintenance === null ? {} : { maintenance: { ...maintenance } }),
      ...(group === undefined ? {} : { group }),
      ...(incident === undefined ? {} : { incident }),
    });
  }
  return shown;
}

/** Counts planes that a link may not show, and no one in front of a wall can grant the permission. */
const NOT_FOR_WALLS = 'ca-secrets-not-checked';

/** Returns the findings about the control plane without their commands. */
export function wallControlPlane({ findings }: ControlPlane): WallFrame['controlPlane'] {
  return findings
    .filter(({ code }) => code !== NOT_FOR_WALLS)
    .map(({ code, severity, title, message, consequence }) => ({
      code,
      severity,
      title,
      message,
      consequence,
    }));
}

/** Returns the state of the API server without its sentences, which may name accounts and addresses. */
export function wallApiServer({ state, lastContactAt }: ApiServer): ApiServer {
  return { state, lastContactAt };
}

/** Stands for what went wrong: the sentence may name accounts and addresses. */
const UNNAMED_PROBLEM = "This kind can't be read at the moment.";

/**
 * Returns the state of the sources of a wall's kinds: whether something went wrong, but not what. Of a kind that is watched
 * in some namespaces, those that the wall shows count.
 */
export function wallSources(sources: readonly Source[], view: WallView): Source[] {
  return sources
    .filter(({ plural }) => showsPlural(view, plural))
    .map((source) => sourceOnWall(source, view))
    .map(({ plural, state, lastContactAt, problem, partial }) => ({
      plural,
      state,
      lastContactAt,
      ...(problem === undefined ? {} : { problem: UNNAMED_PROBLEM }),
      ...(partial ? { partial } : {}),
    }));
}

function sourceOnWall(source: Source, view: WallView): Source {
  const shown = source.namespaces?.filter(({ namespace }) => showsNamespace(view, namespace)) ?? [];
  return shown.length === 0 ? source : joinedSource(source.plural, shown);
}
