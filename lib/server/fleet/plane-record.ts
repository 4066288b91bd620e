import 'server-only';
import type { FleetPlane } from '@/lib/api/fleet';
import type { DerivedHealth } from '@/lib/plane/health/derive-health';
import { hasFreshAgent } from '@/lib/plane/health/fresh-agent';
import type { JudgedPlane } from '@/lib/plane/health/health';
import { NO_FACTS, type PlaneFacts, type PlaneWithFacts } from '@/lib/plane/health/health-facts';
import type { ReasonCode } from '@/lib/plane/health/health-finding';
import { isHeartbeatOnly } from '@/lib/plane/health/heartbeat';
import type { FieldWrite } from '@/lib/plane/history/field-writes';
import { isFirstHeartbeat, isFirstProof, isOnlyNewKnowledge } from '@/lib/plane/history/plane-changes';
import type { Plane } from '@/lib/plane/model/plane';
import { withUnobservedSince } from '@/lib/plane/model/unobserved-change';
import { formatRfc3339, parseTimeMs } from '@/lib/plane/time/age';
import type { ObservedState } from '@/lib/plane/wall/since';
import { AgentTimes } from './agent-times';
import { ConnectionMemory } from './connection-memory';
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

/** A note that comes and goes with each report. Readers derive it themselves. */
const OF_EACH_REPORT: ReasonCode = 'heartbeat-remembered';

const FLAPPING: ReasonCode = 'connection-flapping';

const HEALTHY_JSON = JSON.stringify({ state: 'healthy', reasons: [] });

/** Writes of a plane's fields that the history doesn't have yet. */
export interface UnrecordedWrites {
  readonly before: JudgedPlane;
  readonly after: Plane;
  readonly writes: readonly FieldWrite[];
  /** When this server saw them, on the API server's clock. */
  readonly atMs: number;
}

const NO_WRITES: readonly UnrecordedWrites[] = [];

/** One plane of the store with its facts and its derived health, encoded as JSON once. */
export class PlaneRecord {
  facts: PlaneFacts = NO_FACTS;
  health: DerivedHealth | null = null;
  /** Whether it appeared after its kind's first list: then it is new, and not merely new to this server. */
  isNew = false;
  private unrecorded: readonly UnrecordedWrites[] = NO_WRITES;
  /** JSON of plane and facts without the closing brace, for appending the health. */
  private head = '';
  /** State and reason codes that were last sent to readers, together with `head`; null: nothing yet. */
  private sentHealth: string | null = null;
  private sent: JudgedPlane | null = null;
  private differsByHeartbeat = false;
  /** Whether the last update only brought the first heartbeat, or the first proof, since this server knows the plane. */
  private wasFirstReading = false;
  private freshAgent: string | null | undefined;
  private readonly stateTracker = new StateTracker();
  /** What its earlier statuses said about the connection. */
  readonly memory = new ConnectionMemory();
  /** The times of its status, which stay on the clock that they were written by. */
  readonly agentTimes = new AgentTimes();
  /** Created on demand and kept until something differs, so callers can cache by identity. */
  private wirePlane: FleetPlane | null = null;

  constructor(public plane: Plane) {}

  /**
   * Sets new facts and health. Returns whether readers need the plane again: when the plane, its facts, its state or
   * its reason codes differ. Ages in the reasons' sentences change all the time, and readers derive those themselves.
   *
   * @param nowMs the API server's clock
   */
  update(facts: PlaneFacts, health: DerivedHealth, nowMs: number): boolean {
    const { sent } = this;
    const judged: JudgedPlane = { plane: { ...this.plane, facts }, health };
    this.wasFirstReading =
      sent !== null &&
      (isFirstHeartbeat(sent, judged) || isFirstProof(sent, judged)) &&
      !this.stateTracker.observed.seenToChange;
    const wasUnseen = sent !== null && (this.wasFirstReading || isOnlyNewKnowledge(sent, judged));
    this.stateTracker.update(health, nowMs, wasUnseen);
    this.facts = facts;
    this.health = health;
    this.wirePlane = null;
    const head = JSON.stringify(judged.plane).slice(0, -1);
    const lasting = health.reasons.filter(({ code }) => code !== OF_EACH_REPORT);
    const codes = `${health.state} ${lasting.map(({ code }) => code).join()}`;
    if (head === this.head && codes === this.sentHealth) return false;
    this.differsByHeartbeat =
      codes === this.sentHealth &&
      sent !== null &&
      isHeartbeatOnly(withoutGap(sent.plane), withoutGap(judged.plane));
    this.head = head;
    this.sent = judged;
    this.sentHealth = codes;
    return true;
  }

  /**
   * Takes in that its heartbeat was written by a clock that is `aheadMs` ahead. Returns whether that changes the plane.
   */
  translateHeartbeat(aheadMs: number): boolean {
    const agent = this.agentTimes.translateHeartbeat(this.plane.agent, aheadMs);
    if (agent) this.plane = withAgent(this.plane, agent);
    return agent !== null;
  }

  /** Takes in that the clock that ages are measured on was set. */
  shiftClock(byMs: number): void {
    this.memory.shift(byMs);
    this.stateTracker.shift(byMs);
    this.plane = withAgent(this.plane, this.agentTimes.shift(this.plane.agent, byMs));
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

  /** Sets the same health at a later time: only the ages in its sentences differ. */
  refreshHealth(health: DerivedHealth): void {
    this.health = health;
    this.wirePlane = null;
  }

  /** Since when this server has seen the plane in its state. Requires derived health. */
  get observedState(): ObservedState {
    return this.stateTracker.observed;
  }

  /** The plane as last sent to readers; null: never. */
  get lastSent(): JudgedPlane | null {
    return this.sent;
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

  /** Returns the JSON to send when only the heartbeat differs; undefined when more does. */
  heartbeatJson(): string | undefined {
    if (!this.differsByHeartbeat) return undefined;
    const { uid, resourceVersion, agent } = this.plane;
    const { heartbeatGap } = this.facts;
    const heartbeat = [uid, agent?.lastHeartbeatTime ?? null, resourceVersion];
    return JSON.stringify(heartbeatGap ? [...heartbeat, heartbeatGap] : heartbeat);
  }

  /** Returns the plane as sent, as JSON. Requires derived health. */
  json(): string {
    return `${this.head},"health":${healthJson(this.health)}}`;
  }

  /** Returns the plane as sent; callers must not change it. */
  wire(): FleetPlane {
    const { state, reasons } = this.health ?? { state: 'unknown' as const, reasons: [] };
    this.wirePlane ??= { ...this.plane, facts: this.facts, health: { state, reasons: [...reasons] } };
    return this.wirePlane;
  }
}

/** Returns the plane with another report on its agent. */
export function withAgent(plane: Plane, agent: Plane['agent']): Plane {
  return agent === undefined || agent === plane.agent ? plane : { ...plane, agent };
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

function withoutGap(plane: PlaneWithFacts): PlaneWithFacts {
  if (!plane.facts.heartbeatGap) return plane;
  const { heartbeatGap: _gap, ...facts } = plane.facts;
  return { ...plane, facts };
}

function healthJson(health: DerivedHealth | null): string {
  if (!health) return JSON.stringify({ state: 'unknown', reasons: [] });
  if (health.state === 'healthy' && health.reasons.length === 0) return HEALTHY_JSON;
  return JSON.stringify({ state: health.state, reasons: health.reasons });
}
