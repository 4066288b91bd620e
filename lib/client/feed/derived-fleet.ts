import type { FleetPlane, Source } from '@/lib/api/fleet';
import { certificateEnd, certificateTraits } from '@/lib/plane/fleet/certificate-trait';
import { type AttentionState, attentionOf } from '@/lib/plane/health/attention';
import { isContactFresh } from '@/lib/plane/health/contact';
import { type DerivedHealth, deriveHealth } from '@/lib/plane/health/derive-health';
import type { HealthFacts, HealthLimits } from '@/lib/plane/health/health-facts';
import { type Incident, incidentSinceMs } from '@/lib/plane/health/incident';
import { maintenanceEndMs } from '@/lib/plane/health/maintenance';
import { parseTimeMs } from '@/lib/plane/time/age';
import { DATA_OLD_MS } from './data-age';

/** A plane with its health as this browser derives it, on the API server's clock. */
export interface FleetRow {
  readonly plane: FleetPlane;
  readonly health: DerivedHealth;
  /** What it counts as: its health, or that it is in maintenance. */
  readonly attention: AttentionState;
  /** When either would be another by the passing of time alone, milliseconds since the epoch; null: never. */
  readonly nextChangeAtMs: number | null;
}

/** A judged plane as a row. @param nowMs when it was judged, on the API server's clock */
export function fleetRow(plane: FleetPlane, health: DerivedHealth, nowMs: number): FleetRow {
  const { nextChangeAtMs } = health;
  const endMs = maintenanceEndMs(plane, nowMs);
  return {
    plane,
    health,
    attention: attentionOf(plane, health.state, nowMs),
    nextChangeAtMs:
      endMs === null || nextChangeAtMs === null ? (endMs ?? nextChangeAtMs) : Math.min(endMs, nextChangeAtMs),
  };
}

/** A plane as the server judged it at `nowMs`, which does not tell when that changes. */
export function toldRow(plane: FleetPlane, nowMs: number): FleetRow {
  return fleetRow(plane, { ...plane.health, nextChangeAtMs: null }, nowMs);
}

/** What the rows are derived from: the feed's state, as far as it matters here. */
export interface FleetInput {
  readonly planes: ReadonlyMap<string, FleetPlane>;
  readonly sources: readonly Source[];
  readonly incidents: readonly Incident[];
  readonly limits: HealthLimits;
  /** When Planeboard's server was last heard, on the API server's clock, milliseconds since the epoch. */
  readonly serverHeardAtMs: number;
}

/** Whether what is missing is a word of Planeboard's own server: then nothing can be said of the API server. */
export function isServerSilent(serverHeardAtMs: number, limits: HealthLimits, nowMs: number): boolean {
  return nowMs - serverHeardAtMs > Math.min(DATA_OLD_MS, limits.contactLostMs);
}

/**
 * Everything that health is judged by beside the plane and the time.
 *
 * While contact with a source is fresh, the moment of contact is left out of the judgement: it moves every few
 * seconds, and each move would otherwise ask for a new judgement of every plane.
 */
export function healthFacts(
  plane: FleetPlane,
  input: Omit<FleetInput, 'planes'>,
  nowMs: number,
): HealthFacts {
  const source = input.sources.find((item) => item.plural === plane.plural);
  const contactAtMs = parseTimeMs(source?.lastContactAt ?? undefined);
  const fresh = isContactFresh(contactAtMs, input.limits, nowMs);
  return {
    ...plane.facts,
    limits: input.limits,
    contactAtMs: fresh ? nowMs : contactAtMs,
    serverSilent: isServerSilent(input.serverHeardAtMs, input.limits, nowMs),
    incidentSinceMs: incidentSinceMs(plane, input.incidents[0] ?? null, input.limits, nowMs),
  };
}

/** Whether the list may have to be filtered, sorted or counted again; a mere heartbeat moves no row. */
function movesInList(before: FleetRow | undefined, after: FleetRow): boolean {
  if (before === undefined || before.attention !== after.attention) return true;
  const [a, b] = [before.plane, after.plane];
  if (certificateMark(before) !== certificateMark(after)) return true;
  if (a.resourceVersion === b.resourceVersion && a.facts.siblings === b.facts.siblings) return false;
  return (
    a.displayName !== b.displayName ||
    a.description !== b.description ||
    a.planeID !== b.planeID ||
    a.facts.siblings !== b.facts.siblings ||
    a.agent?.connectedAgents !== b.agent?.connectedAgents ||
    !sameLabels(a.labels, b.labels)
  );
}

/** What of a CA a list can be sorted and filtered by. */
function certificateMark(row: FleetRow): string {
  return `${certificateEnd(row)} ${certificateTraits(row)}`;
}

function sameLabels(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/**
 * Keeps one derived row for each plane, and derives again only what changed or what time changes: the judgement itself
 * says when it would differ by the passing of time alone.
 */
export class DerivedFleet {
  private readonly rows = new Map<string, FleetRow>();
  private planes: ReadonlyMap<string, FleetPlane> = new Map();
  private input: FleetInput | null = null;
  private sharedFacts = '';
  private tickedAtMs = Number.NEGATIVE_INFINITY;

  /** Moves whenever a list made of the rows may be different. */
  structureVersion = 0;

  row(uid: string): FleetRow | undefined {
    return this.rows.get(uid);
  }

  all(): FleetRow[] {
    return [...this.rows.values()];
  }

  /** Judges a plane without keeping the outcome; null before the first update. */
  judge(plane: FleetPlane, nowMs: number): DerivedHealth | null {
    return this.input && deriveHealth(plane, healthFacts(plane, this.input, nowMs), nowMs);
  }

  /** Takes over the feed's state. `changed` names the planes that differ; null: look at all of them. */
  update(input: FleetInput, changed: Iterable<string> | null, nowMs: number): void {
    this.input = input;
    this.planes = input.planes;
    const factsChanged = this.takeSharedFacts(nowMs);
    const uids = changed ?? new Set([...this.rows.keys(), ...input.planes.keys()]);
    for (const uid of uids) this.refresh(uid, nowMs, factsChanged);
    // All of them were derived already when all were looked at.
    if (factsChanged && changed !== null) this.deriveAll(nowMs);
  }

  /** Derives again what the passing of time has changed. Cheap when nothing has: one comparison a plane. */
  tick(nowMs: number): void {
    // Somebody has set the clock back: every moment at which a judgement was to change lies too late.
    const setBack = nowMs < this.tickedAtMs;
    this.tickedAtMs = nowMs;
    for (const [uid, row] of this.rows) {
      const dueAtMs = row.nextChangeAtMs;
      if (setBack || (dueAtMs !== null && dueAtMs <= nowMs)) this.derive(uid, row.plane, nowMs);
    }
    if (this.takeSharedFacts(nowMs)) this.deriveAll(nowMs);
  }

  private refresh(uid: string, nowMs: number, always: boolean): void {
    const plane = this.planes.get(uid);
    if (plane === undefined) {
      if (this.rows.delete(uid)) this.structureVersion += 1;
      return;
    }
    if (always || this.rows.get(uid)?.plane !== plane) this.derive(uid, plane, nowMs);
  }

  private derive(uid: string, plane: FleetPlane, nowMs: number): void {
    if (!this.input) return;
    const health = deriveHealth(plane, healthFacts(plane, this.input, nowMs), nowMs);
    const row = fleetRow(plane, health, nowMs);
    if (movesInList(this.rows.get(uid), row)) this.structureVersion += 1;
    this.rows.set(uid, row);
  }

  private deriveAll(nowMs: number): void {
    for (const [uid, row] of this.rows) this.derive(uid, row.plane, nowMs);
  }

  /**
   * Contact that is lost or back, and an incident that begins or ends, concern planes that did not change themselves.
   * Returns whether any of that is different from the last time.
   */
  private takeSharedFacts(nowMs: number): boolean {
    if (!this.input) return false;
    const { sources, limits, incidents, serverHeardAtMs } = this.input;
    const lost = sources
      .filter((source) => !isContactFresh(parseTimeMs(source.lastContactAt ?? undefined), limits, nowMs))
      .map((source) => source.plural)
      .join();
    const silent = lost !== '' && isServerSilent(serverHeardAtMs, limits, nowMs);
    const sharedFacts = [lost, silent, incidents[0]?.since, incidents[0]?.lastLossAt].join(' ');
    if (sharedFacts === this.sharedFacts) return false;
    this.sharedFacts = sharedFacts;
    return true;
  }
}
