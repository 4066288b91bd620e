import 'server-only';
import { awaitsFirstList } from '@/lib/plane/fleet/source-state';
import { reliesOnController } from '@/lib/plane/health/condition-rules';
import type { ControllerFacts } from '@/lib/plane/health/controller-facts';
import { isControllerProven } from '@/lib/plane/health/controller-rules';
import { type DerivedHealth, deriveHealth } from '@/lib/plane/health/derive-health';
import {
  type GatewayShape,
  hasSeveralReplicas,
  isSingleReplica,
  UNKNOWN_GATEWAY,
} from '@/lib/plane/health/gateway-shape';
import {
  type CertificateFact,
  type CredentialFact,
  type Flapping,
  type HealthLimits,
  type HeartbeatGap,
  NO_FACTS,
  type PlaneFacts,
  type PlaneWithFacts,
} from '@/lib/plane/health/health-facts';
import type { Wording } from '@/lib/plane/health/health-finding';
import type { Incident } from '@/lib/plane/health/incident';
import type { ReportedPlane, SettingsChange } from '@/lib/plane/health/loss';
import type { FleetReports } from '@/lib/plane/health/loss-survey';
import { kindOfName, type PlaneKindEntry } from '@/lib/plane/model/kinds';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import type { Plane } from '@/lib/plane/model/plane';
import { referenceState } from '@/lib/plane/model/references';
import { isUnreconciled } from '@/lib/plane/model/unreconciled-kinds';
import { parseTimeMs } from '@/lib/plane/time/age';
import { type View, WHOLE_FLEET } from '@/lib/server/rights/view';
import type { FleetStore } from './fleet-store';
import { IncidentTracker } from './incident-tracker';
import type { PlaneRecord } from './plane-record';
import type { SourceTable } from './source-table';

export interface FleetHealthOptions {
  readonly limits: HealthLimits;
  readonly store: FleetStore;
  readonly sources: SourceTable;
  readonly certificateOf: (uid: string) => CertificateFact;
  readonly credentialsOf: (uid: string) => readonly CredentialFact[];
}

/**
 * Finds the facts that planes' own resources don't hold, and derives health from them. It knows whose health may
 * differ because time passed, contact was lost or an incident began. All times are on the API server's clock.
 */
export class FleetHealth {
  private readonly incident: IncidentTracker;
  private gateway: GatewayShape = UNKNOWN_GATEWAY;
  private served: readonly PlaneKindEntry[] = [];
  private controller: ControllerFacts | undefined;
  private dueCheckedAtMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: FleetHealthOptions) {
    this.incident = new IncidentTracker(options.limits);
  }

  get incidents(): readonly Incident[] {
    return this.incident.all;
  }

  get limits(): HealthLimits {
    return this.options.limits;
  }

  /**
   * Sets how the gateway is deployed. Returns the planes whose facts depend on it: those that are connected without a
   * heartbeat.
   */
  setGateway(shape: GatewayShape): string[] {
    this.gateway = shape;
    return this.uids(({ plane }) => this.heartbeatGap(plane) !== undefined);
  }

  /**
   * Sets what proves that the controller runs. Returns the planes whose health depends on it and may differ: a newer
   * proof beside a valid one changes none.
   */
  setController(controller: ControllerFacts, nowMs: number): string[] {
    const before = this.controller;
    this.controller = controller;
    const { limits } = this.options;
    const isProven = isControllerProven(controller, limits, nowMs);
    if (isProven && isControllerProven(before, limits, nowMs)) return [];
    return this.uids(({ plane }) => reliesOnController(plane));
  }

  /** Whether the health of any plane depends on a proof that the controller runs. */
  get needsController(): boolean {
    for (const { plane } of this.options.store.all()) if (reliesOnController(plane)) return true;
    return false;
  }

  /** Sets the plane kinds that are served. Returns the planes whose facts depend on it and differ. */
  setServedKinds(served: readonly PlaneKindEntry[]): string[] {
    this.served = served;
    return this.uids(({ plane, facts }) => this.isUnreconciled(plane) !== (facts.unreconciled === true));
  }

  /** @param view whose planes the facts may tell of */
  factsOf(plane: Plane, nowMs: number, view: View = WHOLE_FLEET): PlaneFacts {
    const { store, certificateOf, credentialsOf, limits } = this.options;
    const credentials = plane.unreadable ? [] : credentialsOf(plane.uid);
    const siblings = view === WHOLE_FLEET ? store.siblingsOf(plane) : count(this.siblings(plane, view));
    const siblingAgent = siblings > 0 ? this.siblingAgent(plane, view) : undefined;
    const heartbeatGap = this.heartbeatGap(plane);
    const record = store.get(plane.uid);
    const flapping = record?.memory.flapping(limits, nowMs);
    const credentialChange = record?.credentialChanges.factOf(plane);
    const incident = this.incident.incidentOf({ plane, heartbeatGap }, nowMs);
    return {
      siblings,
      observabilityPlane: referenceState(plane, (target) => this.exists(target, view)),
      // In an unreadable resource only the identity is reliable, not the place of its CA.
      certificate: plane.unreadable ? NO_FACTS.certificate : certificateOf(plane.uid),
      ...(credentials.length > 0 ? { credentials: [...credentials] } : {}),
      ...(siblingAgent ? { siblingAgent } : {}),
      ...(heartbeatGap ? { heartbeatGap } : {}),
      ...(flapping ? { flapping } : {}),
      ...(credentialChange ? { credentialChange } : {}),
      ...(incident === undefined ? {} : { incident }),
      ...(this.isUnreconciled(plane) ? { unreconciled: true } : {}),
    };
  }

  /** @param wording how the reasons' sentences give times */
  healthOf(plane: Plane, facts: PlaneFacts, nowMs: number, wording: Wording = 'ages'): DerivedHealth {
    const { limits, sources } = this.options;
    const contactAtMs = sources.contactAtMs(plane, nowMs);
    const { controller } = this;
    const forbidden = sources.stateOf(plane) === 'forbidden';
    return deriveHealth(plane, { ...facts, limits, contactAtMs, controller, forbidden }, nowMs, wording);
  }

  /** Derives a record's facts and health. Returns whether readers need the plane again. */
  update(record: PlaneRecord, nowMs: number): boolean {
    this.noticeCaChange(record, nowMs);
    const facts = this.factsOf(record.plane, nowMs);
    return record.update(facts, this.healthOf(record.plane, facts, nowMs), nowMs);
  }

  /**
   * Returns the planes that `update` of this one affects: those on its planeID, when it begins or stops to report a
   * fresh agent.
   */
  affectedSiblings(record: PlaneRecord): Iterable<string> {
    return record.updateFreshAgent() ? this.options.store.siblingUids(record.plane) : [];
  }

  /** Returns the planes whose health was due to change by now, according to their findings. */
  changedByTime(nowMs: number): string[] {
    // The clock was set back, so every due time may be too late.
    const setBack = nowMs < this.dueCheckedAtMs;
    this.dueCheckedAtMs = nowMs;
    return this.uids(({ health }) => {
      const dueAtMs = health?.nextChangeAtMs ?? null;
      return setBack || (dueAtMs !== null && dueAtMs <= nowMs);
    });
  }

  /** Returns the planes of sources whose contact became old, or fresh again. */
  changedByContact(nowMs: number): string[] {
    return this.options.sources.refresh(nowMs).flatMap((scope) => [...this.options.store.uidsOf(scope)]);
  }

  /** Moves the times of incidents, because the clock that they were measured on was set. */
  shiftClock(byMs: number): void {
    this.incident.shiftClock(byMs);
  }

  /** Returns the planes that joined or left an incident; null when no incident has changed. */
  changedByIncident(nowMs: number): string[] | null {
    const changed = this.incident.check(
      () => this.reports(nowMs),
      () => this.allReported(nowMs),
      nowMs,
    );
    this.explainChanges();
    if (!changed) return null;
    return this.uids(
      ({ plane, facts }) =>
        (facts.incident !== undefined || this.incident.isMember(plane.uid)) &&
        facts.incident !== this.incident.incidentOf(this.reported(plane, nowMs), nowMs),
    );
  }

  /** Returns what is known of the heartbeat that a connected plane's status lacks; undefined if it lacks none. */
  heartbeatGap({ uid, agent }: Plane): HeartbeatGap | undefined {
    if (!agent?.connected || parseTimeMs(agent.lastHeartbeatTime) !== null) return undefined;
    const memory = this.options.store.get(uid)?.memory;
    return {
      // A single replica knows every heartbeat, so one that it doesn't report is missing.
      last: isSingleReplica(this.gateway) ? null : (memory?.lastHeartbeat ?? null),
      severalReplicas: hasSeveralReplicas(this.gateway),
    };
  }

  /** Replicas without a fault lose planes now and then, which explains nothing. */
  private explainChanges(): void {
    if (hasSeveralReplicas(this.gateway)) return;
    const { store, limits } = this.options;
    for (const [uid, lostAtMs] of this.incident.changed)
      store.get(uid)?.memory.explainChanges(lostAtMs - limits.heartbeatSkewMs);
  }

  /** A CA may be changed in its Secret, without a change of the plane. */
  private noticeCaChange({ plane, facts, memory }: PlaneRecord, nowMs: number): void {
    const [was, is] = [facts.certificate, this.options.certificateOf(plane.uid)];
    if (was.state === 'not-checked' || is.state === 'not-checked' || plane.unreadable) return;
    if (JSON.stringify(was) !== JSON.stringify(is)) memory.changeSettings(nowMs);
  }

  /**
   * Returns the incidents as a reader sees them who may see only these planes.
   *
   * @param place `wall`: the reader is a wall that is limited to these planes
   */
  incidentsSeenBy(planes: readonly PlaneWithFacts[], nowMs: number, place: 'fleet' | 'wall'): Incident[] {
    const reported = planes
      .filter((plane) => !this.isUnreconciled(plane))
      .map((plane) => this.reported(plane, nowMs));
    return this.incident.seenBy(() => reported, nowMs, place);
  }

  private reports(nowMs: number): FleetReports {
    const { store, sources } = this.options;
    const unlisted = sources.watches().filter(awaitsFirstList);
    // A kind whose list fails may have planes that are up.
    let unseen = unlisted.length;
    const planes: ReportedPlane[] = [];
    for (const record of store.all()) {
      const { plane } = record;
      // The status of a left-over kind isn't written any more, which is no incident and proves nothing about others.
      if (this.isUnreconciled(plane)) continue;
      if (sources.isFresh(plane)) planes.push(new LazyReport(plane, record, this, nowMs));
      else unseen += 1;
    }
    return {
      planes,
      unseen,
      isListing: unlisted.some(({ problem }) => problem === null),
      exists: (uid) => store.get(uid) !== undefined,
      severalReplicas: hasSeveralReplicas(this.gateway),
    };
  }

  private reported(plane: Plane, nowMs: number): ReportedPlane {
    return new LazyReport(plane, this.options.store.get(plane.uid), this, nowMs);
  }

  private *allReported(nowMs: number): Generator<ReportedPlane> {
    for (const record of this.options.store.all())
      if (!this.isUnreconciled(record.plane)) yield new LazyReport(record.plane, record, this, nowMs);
  }

  /** Returns the other visible planes that are the same cluster. */
  private *siblings(plane: Plane, { sees }: View): Generator<PlaneRecord> {
    const { store } = this.options;
    for (const uid of store.siblingUids(plane)) {
      const record = store.get(uid);
      if (record && sees(record.plane)) yield record;
    }
  }

  /** Returns the agent that another plane on the planeID reports while this one reports none. */
  private siblingAgent(plane: Plane, view: View): PlaneFacts['siblingAgent'] {
    if (plane.agent?.connected !== false) return undefined;
    const since = [...this.siblings(plane, view)].flatMap(({ freshAgentSince }) =>
      freshAgentSince === undefined ? [] : [freshAgentSince],
    );
    // The agent that has been connected for longest says most.
    const [connectedAt] = since.toSorted(
      (a, b) => (parseTimeMs(a ?? undefined) ?? 0) - (parseTimeMs(b ?? undefined) ?? 0),
    );
    return connectedAt === undefined ? undefined : { connectedAt };
  }

  private isUnreconciled({ kind }: Plane): boolean {
    const entry = kindOfName(kind);
    return entry !== undefined && isUnreconciled(entry, this.served);
  }

  private uids(matches: (record: PlaneRecord) => boolean): string[] {
    const uids: string[] = [];
    for (const record of this.options.store.all()) if (matches(record)) uids.push(record.plane.uid);
    return uids;
  }

  private exists(target: ObjectRef, { sees }: View): boolean | 'not-visible' {
    const { sources, store } = this.options;
    const plural = kindOfName(target.kind)?.plural;
    if (plural !== undefined && !sees({ ...target, plural })) return 'not-visible';
    // Only a complete list proves that a plane is missing; a kind that isn't served has none.
    const isIncomplete =
      plural !== undefined && sources.isServed(plural) && !sources.isListed({ ...target, plural });
    return isIncomplete ? 'not-visible' : store.exists(target);
  }
}

/**
 * Finds out what is known of a plane's connection only when it's asked for. Each second all planes are looked at, and most
 * are up, which their status alone says.
 */
class LazyReport implements ReportedPlane {
  constructor(
    readonly plane: Plane,
    private readonly record: PlaneRecord | undefined,
    private readonly health: Pick<FleetHealth, 'heartbeatGap' | 'limits'>,
    private readonly nowMs: number,
  ) {}

  get heartbeatGap(): HeartbeatGap | undefined {
    return this.health.heartbeatGap(this.plane);
  }

  get flapping(): Flapping | undefined {
    return this.record?.memory.flapping(this.health.limits, this.nowMs);
  }

  get seenLostAtMs(): number | null {
    return this.record?.memory.disconnectedAtMs ?? null;
  }

  get seenDisconnectedAtMs(): number | null {
    return this.record?.memory.seenDisconnectedAtMs ?? null;
  }

  get settingsChange(): SettingsChange | null {
    return this.record?.memory.settingsChange ?? null;
  }

  get reportsByOtherClock(): boolean {
    return this.record?.times.wasHeardByOtherClock(this.health.limits, this.nowMs) ?? false;
  }
}

function count(items: Iterable<unknown>): number {
  let found = 0;
  for (const _ of items) found += 1;
  return found;
}
