import 'server-only';
import { randomUUID } from 'node:crypto';
import type { FleetPlane } from '@/lib/api/fleet';
import type { WatchScope } from '@/lib/plane/fleet/watch-scope';
import { type ControllerFacts, shiftedController } from '@/lib/plane/health/controller-facts';
import type { ControlPlane, GatewayFacts } from '@/lib/plane/health/gateway-certificates';
import type { GatewayShape } from '@/lib/plane/health/gateway-shape';
import type {
  CertificateFact,
  CredentialFact,
  HealthLimits,
  PlaneWithFacts,
} from '@/lib/plane/health/health-facts';
import { isHeartbeatOnly } from '@/lib/plane/health/heartbeat';
import type { Incident } from '@/lib/plane/health/incident';
import { decidesConnection, slotOf } from '@/lib/plane/history/connection-change';
import { type FieldWrite, secretWrite } from '@/lib/plane/history/field-writes';
import { maintenanceEndMs } from '@/lib/plane/maintenance/active-maintenance';
import type { PlaneKindEntry } from '@/lib/plane/model/kinds';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import type { Plane } from '@/lib/plane/model/plane';
import type { SecretChange } from '@/lib/server/certificates/secret-changes';
import { type View, WHOLE_FLEET } from '@/lib/server/rights/view';
import { ApiServerState } from './api-server-state';
import { ChangePublisher, type ChangeSet, sentPlane } from './change-publisher';
import type { FollowedClock } from './clock-follower';
import { ControlPlaneTracker } from './control-plane-tracker';
import { FleetClock } from './fleet-clock';
import { FleetDeriver } from './fleet-deriver';
import { FleetHealth } from './fleet-health';
import { FleetStore } from './fleet-store';
import { FleetViews } from './fleet-views';
import type { HistoryRecorder } from './history-recorder';
import { PendingChanges } from './pending-changes';
import { type PlaneRecord, withChangeTimes } from './plane-record';
import { SourceTable } from './source-table';
import type { ViewedFleet } from './viewed-fleet';

const TICK_MS = 1000;

export interface FleetEngineOptions {
  readonly limits: HealthLimits;
  /** The API server's clock. */
  readonly nowMs: () => number;
  /** The clock that `nowMs` reads, if it may show a jump. */
  readonly clock?: FollowedClock;
  /** Called when a plane has a new time that doesn't fit the clock: it may have jumped. Requests a reading of it. */
  readonly onStrangeTime?: () => void;
  /** Called when the clock was set after a jump. What was stamped before it must be moved by as much. */
  readonly onClockSet?: (byMs: number) => void;
  readonly certificates: {
    readonly factOf: (uid: string) => CertificateFact;
    readonly credentialsOf?: (uid: string) => readonly CredentialFact[];
    readonly forget: (uid: string) => void;
    /** Whether Planeboard's account may not read a plane's CA. */
    readonly isCaForbidden?: (uid: string) => boolean;
  };
  /** The number of planes whose CA may not be read, as last counted. */
  readonly uncheckedCas?: () => number;
  /** The facts about the control plane's certificates as last read; null: not read yet. */
  readonly gatewayFacts?: () => GatewayFacts | null;
  readonly history?: HistoryRecorder;
  /** Called for each plane that leaves the store. */
  readonly onRemoved?: (uid: string) => void;
}

/**
 * The fleet as this process knows it. Planes come in one by one. They go out with their derived health as numbered
 * change sets, which every reader can apply in the same order.
 */
export class FleetEngine {
  /** Revisions of different runs of the server can't be compared. */
  readonly epoch = randomUUID();
  readonly sources: SourceTable;
  readonly apiServer: ApiServerState;
  private readonly store = new FleetStore();
  private readonly health: FleetHealth;
  private readonly deriver: FleetDeriver;
  private readonly controlPlaneTracker: ControlPlaneTracker;
  private readonly views: FleetViews;
  private readonly publisher = new ChangePublisher(
    () => {
      this.followClock();
      this.publish(this.options.nowMs());
    },
    () => this.views.size > 0,
  );
  private readonly pending = new PendingChanges(() => this.publisher.schedule());
  private readonly clock: FleetClock;
  private tickTimer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: FleetEngineOptions) {
    const { limits, nowMs, certificates } = options;
    this.sources = new SourceTable(limits, nowMs, () => this.pending.addSources());
    this.apiServer = new ApiServerState(nowMs, () => this.pending.addApiServer());
    this.clock = new FleetClock(this.store, options);
    this.controlPlaneTracker = new ControlPlaneTracker(
      options.gatewayFacts ?? (() => null),
      (atMs) => this.clock.facts(atMs),
      options.uncheckedCas,
    );
    this.health = new FleetHealth({
      limits,
      store: this.store,
      sources: this.sources,
      certificateOf: (uid) => certificates.factOf(uid),
      credentialsOf: (uid) => certificates.credentialsOf?.(uid) ?? [],
    });
    this.deriver = new FleetDeriver(this.store, this.health, options.history);
    this.views = new FleetViews({
      store: this.store,
      health: this.health,
      nowMs,
      isCaForbidden: (uid) => certificates.isCaForbidden?.(uid) === true,
    });
    this.publisher.subscribe((changes) => this.views.take(changes));
  }

  start(): void {
    this.tickTimer ??= setInterval(() => this.tick(), TICK_MS);
  }

  stop(): void {
    clearInterval(this.tickTimer);
    this.publisher.stop();
    this.tickTimer = undefined;
  }

  get revision(): number {
    return this.publisher.revision;
  }

  get limits(): HealthLimits {
    return this.options.limits;
  }

  get incidents(): readonly Incident[] {
    return this.health.incidents;
  }

  /**
   * Returns the incidents as a reader sees them who may see only these planes: with their numbers and their start.
   *
   * @param place `wall`: the reader is a wall that is limited to these planes, and the messages say so
   */
  incidentsSeenBy(planes: readonly PlaneWithFacts[], place: 'fleet' | 'wall'): Incident[] {
    return this.health.incidentsSeenBy(planes, this.options.nowMs(), place);
  }

  /** The findings that concern all planes, as of now. */
  get controlPlane(): ControlPlane {
    return this.controlPlaneTracker.at(this.options.nowMs());
  }

  /** Calls the listener with each change set, in order of revision. Returns a function that unsubscribes. */
  subscribe(listener: (changes: ChangeSet) => void): () => void {
    return this.publisher.subscribe(listener);
  }

  /**
   * Sets the complete list of one kind, or of its planes in one namespace: planes missing from it are removed. Unchanged
   * planes cost nothing further.
   *
   * @param writes the changes of fields since the version before, by uid
   */
  replaceKind(
    scope: WatchScope,
    planes: readonly Plane[],
    writes: ReadonlyMap<string, readonly FieldWrite[]> = new Map(),
  ): void {
    const gone = new Set(this.store.uidsOf(scope));
    for (const plane of planes) {
      gone.delete(plane.uid);
      this.set(plane, writes.get(plane.uid));
    }
    for (const uid of gone) this.remove(uid);
    if (!this.sources.isListed(scope)) this.pending.addPlanes(this.store.referrers());
    this.sources.listed(scope);
    this.options.history?.listed(scope, this.options.nowMs());
  }

  /** @param writes the changes of fields since the version before */
  set(read: Plane, writes: readonly FieldWrite[] = []): void {
    this.pending.cancelRemoved(read.uid);
    const record = this.store.get(read.uid);
    const plane = record
      ? withChangeTimes(this.clock.read(read, record), record.plane, this.options.nowMs())
      : read;
    if (record && writes.length > 0) {
      record.addWrites({ before: record.judged(), after: plane, writes, atMs: this.options.nowMs() });
      noteEdits(record, writes, this.options.nowMs());
    }
    const before = record?.plane;
    const heartbeatOnly = record?.isSettled === true && isHeartbeatOnly(record.plane, plane);
    const affected = this.store.set(plane);
    this.observeConnection(plane);
    // Planes of the kind's first list existed before this server started.
    const added = record ? undefined : this.store.get(plane.uid);
    if (added) {
      added.isNew = this.sources.isListed(plane);
      added.plane = this.clock.read(read, added);
    }
    // A plane of the first list is new only to this server.
    const mayBeStrange = record !== undefined || added?.isNew === true;
    const isStrange = mayBeStrange && this.clock.noticeStrangeTime(before, added?.plane ?? plane);
    // A plane whose new time doesn't fit the clock waits like one with only a new heartbeat.
    if (heartbeatOnly || isStrange) for (const uid of affected) this.pending.addHeartbeat(uid);
    else this.pending.addPlanes(affected);
  }

  private observeConnection(plane: Plane): void {
    const nowMs = this.options.nowMs();
    const { memory } = this.store.get(plane.uid) ?? {};
    memory?.observe(plane, this.limits, nowMs, maintenanceEndMs(plane, nowMs));
  }

  /** Removes a deleted plane. */
  remove(uid: string): void {
    const record = this.store.get(uid);
    if (record) {
      this.deriver.recordWrites(record);
      this.options.history?.deleted(record.plane, this.options.nowMs());
    }
    this.drop(uid);
  }

  /**
   * Handles a lost right to list the kind, or its planes in one namespace: they are deleted for readers, and return with
   * the right.
   */
  refuseKind(scope: WatchScope, problem: string): void {
    this.dropPlanes(scope);
    this.sources.refused(scope, problem);
    this.pending.addPlanes(this.store.referrers());
  }

  /** Removes a kind that is no longer served, with its planes and its source. */
  dropKind(plural: string): void {
    this.dropPlanes({ plural });
    this.sources.remove(plural);
    this.pending.addPlanes(this.store.referrers());
  }

  /** Marks a plane as changed outside its resource. */
  markChanged(uid: string): void {
    if (this.store.get(uid)) this.pending.addPlanes([uid]);
  }

  /**
   * Takes in that Secrets were changed that hold credentials of a plane. Its facts are marked as changed separately.
   *
   * @param changes those that one reading showed
   */
  changeSecrets(uid: string, changes: readonly SecretChange[]): void {
    const record = this.store.get(uid);
    if (!record) return;
    const nowMs = this.options.nowMs();
    record.credentialChanges.add(changes, record.plane, nowMs);
    const writes = changes
      .filter(({ isOwn }) => !isOwn)
      .map((change) => secretWrite(change, record.memory.changeSettings(nowMs, nowMs - change.earlierMs)));
    if (writes.length > 0)
      record.addWrites({ before: record.judged(), after: record.plane, writes, atMs: nowMs });
    this.pending.addPlanes([uid]);
  }

  /** Whether the health of any plane depends on a proof that the controller runs. */
  get needsController(): boolean {
    return this.health.needsController;
  }

  /** Sets what proves that the controller runs. */
  setController(controller: ControllerFacts): void {
    this.controlPlaneTracker.controller = controller;
    this.pending.addPlanes(this.health.setController(controller, this.options.nowMs()));
  }

  /** Sets the plane kinds that the API server serves: they tell which kinds an upgrade left without a controller. */
  setServedKinds(served: readonly PlaneKindEntry[]): void {
    this.pending.addPlanes(this.health.setServedKinds(served));
  }

  /** Sets how the gateway is deployed, which decides what a missing heartbeat means. */
  setGateway(shape: GatewayShape): void {
    this.pending.addPlanes(this.health.setGateway(shape));
  }

  /** Begins a revision without a change, so that a reader whose view changes gets a later one than it has. */
  advance(): void {
    this.flush();
    this.publisher.advance();
  }

  find(kind: string, namespace: string | undefined, name: string): PlaneRecord | undefined {
    this.flush();
    return this.store.find(kind, namespace, name);
  }

  /** Returns the plane of that name as last read; its health may be out of date. */
  peek({ kind, namespace, name }: ObjectRef): Plane | undefined {
    return this.store.find(kind, namespace, name)?.plane;
  }

  /** Yields the namespaces that have planes. */
  namespaces(): Iterable<string> {
    return this.store.namespaces();
  }

  /** Yields all planes as last read, without their health. */
  *planes(): Generator<Plane> {
    for (const record of this.store.all()) yield record.plane;
  }

  /** Returns every plane's record with its current health, at the revision that `revision` has after the call. */
  records(): PlaneRecord[] {
    this.followClock();
    const nowMs = this.options.nowMs();
    // Otherwise a state that changed between two ticks would appear here and never reach a reader.
    this.pending.addPlanes(this.health.changedByTime(nowMs));
    this.flush(nowMs);
    const records = [...this.store.all()];
    for (const record of records) {
      // The sentences of reasons contain ages; a plane without reasons has none.
      if (record.health && record.health.reasons.length > 0)
        record.row.refreshHealth(this.health.healthOf(record.plane, record.facts, nowMs));
    }
    return records;
  }

  /** Returns the fleet as those with this view see it, the same object for equal views. */
  viewed(view: View): ViewedFleet {
    return this.views.of(view);
  }

  /** Returns a plane that was just read from the API server, with its current facts and health. */
  withHealth(read: Plane, view: View = WHOLE_FLEET): FleetPlane {
    const nowMs = this.options.nowMs();
    const record = this.store.get(read.uid);
    const plane = withChangeTimes(record?.times.onClockInUse(read) ?? read, record?.plane, nowMs);
    const facts = this.health.factsOf(plane, nowMs, view);
    const { state, reasons } = this.health.healthOf(plane, facts, nowMs);
    return { ...plane, facts, health: { state, reasons } };
  }

  /** Derives and publishes all changes now, without waiting for the batch or for the next second's heartbeats. */
  flush(atMs?: number): void {
    if (atMs === undefined) this.followClock();
    const nowMs = atMs ?? this.options.nowMs();
    if (!this.clock.awaitsReading) this.pending.includeHeartbeats();
    this.publish(nowMs);
  }

  private dropPlanes(scope: WatchScope): void {
    for (const uid of [...this.store.uidsOf(scope)]) this.drop(uid);
    this.options.history?.forgetKind(scope);
  }

  private drop(uid: string): void {
    const record = this.store.get(uid);
    if (!record) return;
    this.pending.addRemoved(uid, record.row.lastSent ? sentPlane(record.plane) : null);
    this.options.certificates.forget(uid);
    this.options.onRemoved?.(uid);
    this.pending.addPlanes(this.store.remove(uid));
  }

  /** Publishes what changes by time alone: health that is due to change, lost contact, incidents. */
  private tick(): void {
    this.followClock();
    const nowMs = this.options.nowMs();
    this.pending.addPlanes(this.health.changedByTime(nowMs));
    this.pending.addPlanes(this.views.dueUids(nowMs));
    this.views.forgetUnused();
    this.flush(nowMs);
  }

  /** Follows the API server's clock. When it is set, all that was stamped or seen before is moved with it. */
  private followClock(): void {
    const change = this.clock.check();
    if (!change) return;
    const { uids, byMs } = change;
    this.pending.addPlanes(uids);
    if (byMs === 0) return;
    this.health.shiftClock(byMs);
    this.options.history?.shiftClock(byMs);
    this.options.onClockSet?.(byMs);
    const { controller } = this.controlPlaneTracker;
    if (controller) this.setController(shiftedController(controller, byMs));
    this.pending.addSources();
    this.pending.addApiServer();
  }

  private publish(nowMs: number): void {
    this.publisher.unschedule();
    const silent = this.health.changedByContact(nowMs);
    const mayBeOtherClock = this.clock.awaitsReading || this.clock.isUndecided;
    const inIncident = mayBeOtherClock ? null : this.health.changedByIncident(nowMs);
    const { uids, deletes, sources, apiServer } = this.pending.take();
    this.publisher.publish({
      ...this.deriver.derive(new Set([...uids, ...silent, ...(inIncident ?? [])]), nowMs),
      deletes,
      sources: sources ? this.sources.wire() : undefined,
      apiServer: apiServer ? this.apiServer.wire() : undefined,
      incidents: inIncident ? this.incidents : undefined,
      controlPlane: this.controlPlaneTracker.changed(nowMs),
    });
  }
}

/** Has the memory of the connection take in edits of what it depends on. */
function noteEdits({ memory }: PlaneRecord, writes: readonly FieldWrite[], nowMs: number): void {
  const paths = writes.flatMap(({ fields }) => fields.map(({ path }) => path));
  if (paths.some(decidesConnection)) memory.changeSettings(nowMs);
  // An added certificate disconnects no agent, but one may connect.
  else if (paths.some((path) => slotOf(path) !== null)) memory.expectChange();
}
