import 'server-only';
import type { DerivedHealth } from '@/lib/plane/health/derive-health';
import { hasFreshAgent } from '@/lib/plane/health/fresh-agent';
import type { JudgedPlane } from '@/lib/plane/health/health';
import type { PlaneFacts } from '@/lib/plane/health/health-facts';
import type { ReasonCode } from '@/lib/plane/health/health-finding';
import type { ObservedState } from '@/lib/plane/health/state-since';
import type { FieldWrite } from '@/lib/plane/history/field-writes';
import { isFirstHeartbeat, isFirstProof, isOnlyNewKnowledge } from '@/lib/plane/history/plane-changes';
import type { Plane } from '@/lib/plane/model/plane';
import { withUnobservedSince } from '@/lib/plane/model/unobserved-change';
import { formatRfc3339, parseTimeMs } from '@/lib/plane/time/age';
import { ConnectionMemory } from './connection-memory';
import { CredentialChanges } from './credential-changes';
import { type OtherClock, PlaneTimes, type WritersClock } from './plane-times';
import { SentRow } from './sent-row';
import { StateTracker } from './state-tracker';

/** Reasons that the next heartbeat may remove. */
const AWAITS_HEARTBEAT: ReadonlySet<string> = new Set<ReasonCode>([
  'heartbeat-missing',
  'heartbeat-not-reported',
  'heartbeat-in-future',
  'heartbeat-stale',
  'heartbeat-late',
  'no-contact',
  'control-plane-incident',
]);

const FLAPPING: ReasonCode = 'connection-flapping';

/** Writes of a plane's fields that the history doesn't have yet. */
export interface UnrecordedWrites {
  readonly before: JudgedPlane;
  readonly after: Plane;
  readonly writes: readonly FieldWrite[];
  /** When this server saw them, on the API server's clock. */
  readonly atMs: number;
}

const NO_WRITES: readonly UnrecordedWrites[] = [];

/** One plane of the store, with what is known of it beside its resource. */
export class PlaneRecord {
  /** The plane as whoever sees the whole fleet gets it. */
  readonly row: SentRow;
  /** Whether it appeared after its kind's first list: then it is new, and not merely new to this server. */
  isNew = false;
  private unrecorded: readonly UnrecordedWrites[] = NO_WRITES;
  /** Whether the last update only brought the first heartbeat, or the first proof, since this server knows the plane. */
  private wasFirstReading = false;
  private freshAgent: string | null | undefined;
  private readonly stateTracker = new StateTracker();
  /** What its earlier statuses said about the connection. */
  readonly memory = new ConnectionMemory();
  /** The changes of the Secrets that hold its credentials. */
  readonly credentialChanges = new CredentialChanges();
  /** The times of its resource, which stay on the clock that they were written by. */
  readonly times = new PlaneTimes();

  constructor(public plane: Plane) {
    this.row = new SentRow(plane);
  }

  get facts(): PlaneFacts {
    return this.row.facts;
  }

  get health(): DerivedHealth | null {
    return this.row.health;
  }

  /**
   * Sets new facts and health. Returns whether readers need the plane again.
   *
   * @param nowMs the API server's clock
   */
  update(facts: PlaneFacts, health: DerivedHealth, nowMs: number): boolean {
    const sent = this.row.lastSent;
    const judged: JudgedPlane = { plane: { ...this.plane, facts }, health };
    this.wasFirstReading =
      sent !== null &&
      (isFirstHeartbeat(sent, judged) || isFirstProof(sent, judged)) &&
      !this.stateTracker.observed.seenToChange;
    const wasUnseen = sent !== null && (this.wasFirstReading || isOnlyNewKnowledge(sent, judged));
    this.stateTracker.update(health, nowMs, wasUnseen);
    return this.row.update(this.plane, facts, health);
  }

  /**
   * Takes in that its heartbeat was written by a clock that is `aheadMs` ahead. Returns whether that changes the plane.
   */
  translateHeartbeat(aheadMs: number): boolean {
    return this.setTimes(this.times.translateHeartbeat(this.plane, aheadMs));
  }

  /** Moves its other new times if they were written by the other clock. Returns whether that changes the plane. */
  translateNewTimes(other: OtherClock): boolean {
    return this.setTimes(this.times.translateNew(this.plane, other));
  }

  /** Moves the times that a clock of the writers' own wrote. Returns whether that changes the plane. */
  translateWrittenTimes(writers: WritersClock): boolean {
    return this.setTimes(this.times.translateWritten(this.plane, writers));
  }

  /** Takes in that the clock that ages are measured on was set. */
  shiftClock(byMs: number): void {
    this.memory.shift(byMs);
    this.credentialChanges.shift(byMs);
    this.stateTracker.shift(byMs);
    this.unrecorded = this.unrecorded.map((writes) => ({ ...writes, atMs: writes.atMs + byMs }));
    this.plane = this.times.shift(this.plane, byMs);
  }

  private setTimes(plane: Plane | null): boolean {
    if (plane) this.plane = plane;
    return plane !== null;
  }

  /** The plane as last read, with the facts and the health that were last derived. */
  judged(): JudgedPlane {
    const { plane, facts, health } = this;
    return { plane: { ...plane, facts }, health: health ?? { state: 'unknown', reasons: [] } };
  }

  /** Keeps writes until the history records them. */
  addWrites(writes: UnrecordedWrites): void {
    this.unrecorded = [...this.unrecorded, writes];
  }

  /** Returns the writes that the history doesn't have yet, which it must record now. */
  takeWrites(): readonly UnrecordedWrites[] {
    const taken = this.unrecorded;
    this.unrecorded = NO_WRITES;
    return taken;
  }

  /** Since when this server has seen the plane in its state. Requires derived health. */
  get observedState(): ObservedState {
    return this.stateTracker.observed;
  }

  /**
   * Whether the last update is no news for a history: it brought the first heartbeat of a plane that has been connected
   * since this server knows it, or the first proof that its controller runs.
   */
  get isFirstReading(): boolean {
    return this.wasFirstReading;
  }

  /**
   * When the agent of this plane connected, if it reports a fresh one; null: unknown, undefined: it reports none. While
   * the connection is flapping, it counts as it did before, or planes on the same planeID would flap with it.
   */
  get freshAgentSince(): string | null | undefined {
    return this.freshAgent;
  }

  /** Updates `freshAgentSince` from the derived health. Returns whether it differs. */
  updateFreshAgent(): boolean {
    const { health, plane } = this;
    const isFlapping = health?.reasons.some(({ code }) => code === FLAPPING) === true;
    if (!health || (isFlapping && this.freshAgent !== undefined)) return false;
    const before = this.freshAgent;
    const since = plane.agent?.lastConnectedTime ?? null;
    this.freshAgent = hasFreshAgent({ plane, health }) ? since : undefined;
    return this.freshAgent !== before;
  }

  /** Whether a newer heartbeat can't change its health, and so may wait for the others of the second. */
  get isSettled(): boolean {
    const { health } = this;
    return health !== null && !health.reasons.some(({ code }) => AWAITS_HEARTBEAT.has(code));
  }
}

/**
 * Returns the plane with the times of its changes that its resource doesn't keep.
 *
 * @param before the version that was seen before, with the times that this returned
 */
export function withChangeTimes(plane: Plane, before: Plane | undefined, nowMs: number): Plane {
  return before ? withUnobservedSince(withSpecChange(plane, before, nowMs), before) : plane;
}

/**
 * Returns the plane with the time at which a change of its spec was seen, if its managedFields say nothing newer: they have
 * no time for a field that was removed. Without it, a change of now would look as old as the one before it.
 */
function withSpecChange(plane: Plane, before: Plane, nowMs: number): Plane {
  const [timeMs, beforeMs] = [plane, before].map(({ specChangedAt }) => parseTimeMs(specChangedAt) ?? 0);
  if ((timeMs ?? 0) > (beforeMs ?? 0)) return plane;
  // Deleting increments the generation too.
  const isChange = plane.generation > before.generation && plane.deletingSince === before.deletingSince;
  const specChangedAt = isChange ? formatRfc3339(nowMs) : before.specChangedAt;
  return specChangedAt === plane.specChangedAt ? plane : { ...plane, specChangedAt };
}
