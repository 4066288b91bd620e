import type { FleetPlane, Source } from '@/lib/api/fleet';
import { dataOldMs } from '@/lib/api/stream';
import { certificateEnd, certificateTraits } from '@/lib/plane/fleet/certificate-trait';
import type { FleetEntry } from '@/lib/plane/fleet/fleet-view';
import { watchesOf, watchOf } from '@/lib/plane/fleet/source-state';
import { scopeKey } from '@/lib/plane/fleet/watch-scope';
import { attentionOf } from '@/lib/plane/health/attention';
import type { ControllerFacts } from '@/lib/plane/health/controller-facts';
import { isControllerProven } from '@/lib/plane/health/controller-rules';
import { type DerivedHealth, deriveHealth } from '@/lib/plane/health/derive-health';
import type { HealthFacts, HealthLimits } from '@/lib/plane/health/health-facts';
import { isContactFresh } from '@/lib/plane/health/heartbeat';
import { lastKnownHealth } from '@/lib/plane/health/last-known';
import { maintenanceEndMs } from '@/lib/plane/maintenance/active-maintenance';
import { parseTimeMs } from '@/lib/plane/time/age';
import type { TablePlane } from './table-planes';

/** A plane in this browser's list, with its health derived here on the API server's clock. */
export interface FleetRow extends FleetEntry {
  readonly plane: FleetPlane;
  readonly health: DerivedHealth;
  /** When health or attention next changes by time alone, in milliseconds since the epoch; null if never. */
  readonly nextChangeAtMs: number | null;
}

/** The facts of the whole fleet that a plane's health depends on. */
export interface FleetContext {
  readonly sources: readonly Source[];
  /** What proves that the controller runs; absent while nothing depends on it. */
  readonly controller?: ControllerFacts | undefined;
  readonly limits: HealthLimits;
  /** Last contact with Planeboard's own server, on the API server's clock, milliseconds since the epoch. */
  readonly serverContactAtMs: number;
}

/** The part of the feed's state that rows are derived from. */
export interface FleetInput extends FleetContext {
  readonly planes: ReadonlyMap<string, FleetPlane>;
}

/**
 * Returns a plane with the health that the server derived at `nowMs`. The server doesn't send when that would change.
 */
export function renderedRow(plane: FleetPlane, nowMs: number): FleetRow {
  return fleetRow(plane, { ...plane.health, nextChangeAtMs: null }, nowMs, undefined);
}

/** Returns the same with what was last known of the plane, if contact is lost. */
export function renderedFleetRow(plane: FleetPlane, context: FleetContext, nowMs: number): FleetRow {
  return withLastKnown(renderedRow(plane, nowMs), () => healthFacts(plane, context, nowMs), nowMs);
}

/**
 * Returns a plane of a snapshot with the health that the server derived, which holds until it says that time changes it;
 * null if it doesn't say so, or that has passed.
 */
function rowOfSnapshot(plane: FleetPlane, nowMs: number, before: FleetRow | undefined): FleetRow | null {
  const { nextChangeAtMs } = plane as Partial<TablePlane>;
  if (nextChangeAtMs === undefined || (nextChangeAtMs !== null && nextChangeAtMs <= nowMs)) return null;
  return fleetRow(plane, { ...plane.health, nextChangeAtMs }, nowMs, before);
}

/**
 * Returns a plane with its health at `nowMs`, derived here.
 *
 * @param before the plane's row until now, if there was one
 */
export function deriveRow(
  plane: FleetPlane,
  context: FleetContext,
  nowMs: number,
  before?: FleetRow,
): FleetRow {
  const facts = healthFacts(plane, context, nowMs);
  return withLastKnown(fleetRow(plane, deriveHealth(plane, facts, nowMs), nowMs, before), () => facts, nowMs);
}

function withLastKnown(row: FleetRow, facts: () => HealthFacts, nowMs: number): FleetRow {
  if (!hasNoContact(row.health.reasons)) return row;
  const lastKnown = lastKnownHealth(row.plane, row.health, facts(), nowMs);
  return lastKnown ? { ...row, lastKnown } : row;
}

function fleetRow(
  plane: FleetPlane,
  health: DerivedHealth,
  nowMs: number,
  before: FleetRow | undefined,
): FleetRow {
  const { nextChangeAtMs } = health;
  const endMs = maintenanceEndMs(plane, nowMs);
  return {
    plane,
    health,
    attention: attentionOf(plane, health.state, nowMs),
    seenSinceMs: seenSince(health, nowMs, before),
    nextChangeAtMs:
      endMs === null || nextChangeAtMs === null ? (endMs ?? nextChangeAtMs) : Math.min(endMs, nextChangeAtMs),
  };
}

/**
 * Without contact, nothing is known of the state, and a plane that had another one before may have been in this one for
 * any time.
 */
function seenSince(
  { state, reasons }: DerivedHealth,
  nowMs: number,
  before: FleetRow | undefined,
): number | null {
  if (before === undefined || hasNoContact(reasons) || hasNoContact(before.health.reasons)) return null;
  return before.health.state === state ? before.seenSinceMs : nowMs;
}

function hasNoContact([first]: DerivedHealth['reasons']): boolean {
  return first?.code === 'no-contact';
}

/** Whether contact with Planeboard's own server is lost. Nothing is known about the API server then either. */
export function isServerSilent(serverContactAtMs: number, limits: HealthLimits, nowMs: number): boolean {
  return nowMs - serverContactAtMs > Math.min(dataOldMs(), limits.contactLostMs);
}

/**
 * Returns the facts for judging health, beside the plane and the time.
 *
 * While contact with a source is fresh, the moment of contact is left out: it moves every few seconds, and every
 * plane would have to be judged again each time.
 */
function healthFacts(plane: FleetPlane, context: FleetContext, nowMs: number): HealthFacts {
  const source = watchOf(context.sources, plane);
  const contactAtMs = parseTimeMs(source?.lastContactAt ?? undefined);
  const fresh = isContactFresh(contactAtMs, context.limits, nowMs);
  return {
    ...plane.facts,
    limits: context.limits,
    contactAtMs: fresh ? nowMs : contactAtMs,
    controller: context.controller,
    serverSilent: isServerSilent(context.serverContactAtMs, context.limits, nowMs),
    forbidden: source?.state === 'forbidden',
  };
}

/** Whether the list may have to be filtered, sorted or counted again. A heartbeat alone moves no row. */
function movesInList(before: FleetRow | undefined, after: FleetRow): boolean {
  if (before === undefined || before.attention !== after.attention) return true;
  const [a, b] = [before.plane, after.plane];
  if (certificateMark(before) !== certificateMark(after)) return true;
  if (a.resourceVersion === b.resourceVersion && a.facts.siblings === b.facts.siblings) return false;
  return (
    a.displayName !== b.displayName ||
    a.description !== b.description ||
    a.owner !== b.owner ||
    a.runbookUrl !== b.runbookUrl ||
    a.planeID !== b.planeID ||
    a.facts.siblings !== b.facts.siblings ||
    a.agent?.connectedAgents !== b.agent?.connectedAgents ||
    a.agent?.lastConnectedTime !== b.agent?.lastConnectedTime ||
    !sameLabels(a.labels, b.labels)
  );
}

/** Returns the properties of a CA that a list can be sorted and filtered by. */
function certificateMark(row: FleetRow): string {
  return `${certificateEnd(row)} ${certificateTraits(row)}`;
}

function sameLabels(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}

/**
 * Holds a derived row for each plane, and derives again only rows that changed or that time changes. The health
 * itself says when time alone would change it.
 */
export class DerivedFleet {
  private readonly rows = new Map<string, FleetRow>();
  private planes: ReadonlyMap<string, FleetPlane> = new Map();
  private context: FleetContext | null = null;
  private sharedFacts = '';
  /** Whether contact with all sources is fresh. */
  private hasContact = false;
  private tickedAtMs = Number.NEGATIVE_INFINITY;

  /** Increases whenever a list of the rows may differ. */
  structureVersion = 0;

  row(uid: string): FleetRow | undefined {
    return this.rows.get(uid);
  }

  all(): FleetRow[] {
    return [...this.rows.values()];
  }

  /** Judges a plane without storing the result; null before the first update. */
  judge(plane: FleetPlane, nowMs: number): DerivedHealth | null {
    return this.context && deriveHealth(plane, healthFacts(plane, this.context, nowMs), nowMs);
  }

  /**
   * Applies the feed's state.
   *
   * @param changed the uids of the planes that differ; null if any may
   */
  update(input: FleetInput, changed: Iterable<string> | null, nowMs: number): void {
    this.context = input;
    this.planes = input.planes;
    const factsChanged = this.updateSharedFacts(nowMs);
    const uids = changed ?? new Set([...this.rows.keys(), ...input.planes.keys()]);
    // The server derived a snapshot's planes with the same facts, unless a contact has been lost since.
    const isSnapshot = changed === null && this.hasContact;
    for (const uid of uids) this.refresh(uid, nowMs, factsChanged, isSnapshot);
    // With `changed` null, the loop has derived all of them already.
    if (factsChanged && changed !== null) this.deriveAll(nowMs);
  }

  /** Derives rows again that time has changed. If there are none, it costs one comparison per plane. */
  tick(nowMs: number): void {
    // If the clock was set back, every `nextChangeAtMs` is too late.
    const setBack = nowMs < this.tickedAtMs;
    this.tickedAtMs = nowMs;
    for (const [uid, row] of this.rows) {
      const dueAtMs = row.nextChangeAtMs;
      if (setBack || (dueAtMs !== null && dueAtMs <= nowMs)) this.derive(uid, row.plane, nowMs);
    }
    if (this.updateSharedFacts(nowMs)) this.deriveAll(nowMs);
  }

  private refresh(uid: string, nowMs: number, always: boolean, isSnapshot: boolean): void {
    const plane = this.planes.get(uid);
    if (plane === undefined) {
      if (this.rows.delete(uid)) this.structureVersion += 1;
      return;
    }
    if (!always && this.rows.get(uid)?.plane === plane) return;
    const row = isSnapshot ? rowOfSnapshot(plane, nowMs, this.rows.get(uid)) : null;
    if (row) this.set(uid, row);
    else this.derive(uid, plane, nowMs);
  }

  private derive(uid: string, plane: FleetPlane, nowMs: number): void {
    if (this.context) this.set(uid, deriveRow(plane, this.context, nowMs, this.rows.get(uid)));
  }

  private set(uid: string, row: FleetRow): void {
    if (movesInList(this.rows.get(uid), row)) this.structureVersion += 1;
    this.rows.set(uid, row);
  }

  private deriveAll(nowMs: number): void {
    for (const [uid, row] of this.rows) this.derive(uid, row.plane, nowMs);
  }

  /**
   * Updates the facts that also affect unchanged planes: lost or restored contact, and the proof that the controller
   * runs. Returns whether any of them changed.
   */
  private updateSharedFacts(nowMs: number): boolean {
    if (!this.context) return false;
    const { sources, limits, controller, serverContactAtMs } = this.context;
    const lost = watchesOf(sources)
      .filter((watch) => !isContactFresh(parseTimeMs(watch.lastContactAt ?? undefined), limits, nowMs))
      .map(scopeKey)
      .join();
    const silent = lost !== '' && isServerSilent(serverContactAtMs, limits, nowMs);
    const proven = isControllerProven(controller, limits, nowMs);
    this.hasContact = lost === '' && !isServerSilent(serverContactAtMs, limits, nowMs);
    const sharedFacts = [lost, silent, proven, controller?.lease].join(' ');
    if (sharedFacts === this.sharedFacts) return false;
    this.sharedFacts = sharedFacts;
    return true;
  }
}
