import 'server-only';
import { randomUUID } from 'node:crypto';
import type { FleetPlane } from '@/lib/api/fleet';
import type { JudgedPlane } from '@/lib/plane/health/health';
import type { CertificateFact, HealthLimits } from '@/lib/plane/health/health-facts';
import { isHeartbeatOnly } from '@/lib/plane/health/heartbeat';
import type { Incident } from '@/lib/plane/health/incident';
import type { ObjectRef } from '@/lib/plane/model/object-ref';
import type { Plane } from '@/lib/plane/model/plane';
import { scopeOf } from '@/lib/server/rights/visible-planes';
import { ApiServerState } from './api-server-state';
import { ChangePublisher, type ChangeSet, type EncodedPlane } from './change-publisher';
import { FleetHealth } from './fleet-health';
import { FleetStore } from './fleet-store';
import { PendingChanges } from './pending-changes';
import type { PlaneRecord } from './plane-record';
import { SourceTable } from './source-table';

const TICK_MS = 1000;

/** Records what happens to planes, without their heartbeats. All times are the API server's. */
export interface HistoryRecorder {
  /** All planes of a kind were listed. */
  readonly listed: (plural: string, atMs: number) => void;
  /** A plane that was not in its kind's first list is new. */
  readonly appeared: (plane: JudgedPlane, atMs: number) => void;
  readonly changed: (before: JudgedPlane, after: JudgedPlane, atMs: number) => void;
  /** A plane was deleted, as opposed to no longer visible. */
  readonly deleted: (plane: Plane, atMs: number) => void;
  readonly forgetKind: (plural: string) => void;
}

export interface FleetEngineOptions {
  readonly limits: HealthLimits;
  /** The API server's clock. */
  readonly nowMs: () => number;
  readonly certificates: {
    readonly factOf: (uid: string) => CertificateFact;
    readonly forget: (uid: string) => void;
  };
  readonly history?: HistoryRecorder;
  /** Called for each plane that leaves the store. */
  readonly onRemoved?: (uid: string) => void;
}

/**
 * The fleet as this process knows it. Planes come in one by one, and go out as numbered change sets with their health
 * derived, which every reader can apply in the same order.
 */
export class FleetEngine {
  /** Revisions of different runs of the server cannot be compared. */
  readonly epoch = randomUUID();
  readonly sources: SourceTable;
  readonly apiServer: ApiServerState;
  private readonly store = new FleetStore();
  private readonly health: FleetHealth;
  private readonly publisher = new ChangePublisher(() => this.publish(this.options.nowMs()));
  private readonly pending = new PendingChanges(() => this.publisher.schedule());
  private tickTimer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: FleetEngineOptions) {
    const { limits, nowMs, certificates } = options;
    this.sources = new SourceTable(limits, nowMs, () => this.pending.addSources());
    this.apiServer = new ApiServerState(nowMs, () => this.pending.addApiServer());
    this.health = new FleetHealth({
      limits,
      store: this.store,
      sources: this.sources,
      certificateOf: (uid) => certificates.factOf(uid),
    });
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

  /** Called with each change set, in order of revision. Returns how to stop. */
  subscribe(listener: (changes: ChangeSet) => void): () => void {
    return this.publisher.subscribe(listener);
  }

  /** A complete list of one kind: planes that aren't in it are gone. Planes that did not change cost nothing further. */
  replaceKind(plural: string, planes: readonly Plane[]): void {
    const gone = new Set(this.store.uidsOf(plural));
    for (const plane of planes) {
      gone.delete(plane.uid);
      this.set(plane);
    }
    for (const uid of gone) this.remove(uid);
    if (!this.sources.isListed(plural)) this.pending.addPlanes(this.store.referrers());
    this.sources.listed(plural);
    this.options.history?.listed(plural, this.options.nowMs());
  }

  set(plane: Plane): void {
    this.pending.cancelRemoved(plane.uid);
    const record = this.store.get(plane.uid);
    const heartbeatOnly = record?.isSettled === true && isHeartbeatOnly(record.plane, plane);
    const concerned = this.store.set(plane);
    // Planes of the kind's first list existed before this server started.
    const added = record ? undefined : this.store.get(plane.uid);
    if (added) added.isNew = this.sources.isListed(plane.plural);
    if (heartbeatOnly) this.pending.addHeartbeat(plane.uid);
    else this.pending.addPlanes(concerned);
  }

  /** A plane was deleted. */
  remove(uid: string): void {
    const plane = this.store.get(uid)?.plane;
    if (plane) this.options.history?.deleted(plane, this.options.nowMs());
    this.drop(uid);
  }

  /** The right to list the kind is gone: its planes are deleted for readers, and come back with the right. */
  refuseKind(plural: string, problem: string): void {
    this.dropPlanes(plural);
    this.sources.refused(plural, problem);
    this.pending.addPlanes(this.store.referrers());
  }

  /** The kind is no longer served: its planes and its source go. */
  dropKind(plural: string): void {
    this.dropPlanes(plural);
    this.sources.remove(plural);
    this.pending.addPlanes(this.store.referrers());
  }

  /** Something about this plane that is not in its resource has changed. */
  markChanged(uid: string): void {
    if (this.store.get(uid)) this.pending.addPlanes([uid]);
  }

  find(kind: string, namespace: string | undefined, name: string): PlaneRecord | undefined {
    this.flush();
    return this.store.find(kind, namespace, name);
  }

  /** The plane of that name as it was last read; its health may be out of date. */
  peek({ kind, namespace, name }: ObjectRef): Plane | undefined {
    return this.store.find(kind, namespace, name)?.plane;
  }

  /** All planes as they were last read, without their health. */
  *planes(): Generator<Plane> {
    for (const record of this.store.all()) yield record.plane;
  }

  /** Every plane's record with its health up to this moment, at the revision that `revision` gives after the call. */
  records(): PlaneRecord[] {
    const nowMs = this.options.nowMs();
    // Or a state that changed between two ticks would be shown here and sent to no reader.
    this.pending.addPlanes(this.health.changedByTime(nowMs));
    this.flush(nowMs);
    const records = [...this.store.all()];
    for (const record of records) {
      // The sentences of reasons contain ages; a plane without reasons has none.
      if (record.health && record.health.reasons.length > 0)
        record.refreshHealth(this.health.healthOf(record.plane, record.facts, nowMs));
    }
    return records;
  }

  /** A plane that was just read from the API server, with its facts and health as of now. */
  withHealth(plane: Plane): FleetPlane {
    const facts = this.health.factsOf(plane);
    const { state, reasons } = this.health.healthOf(plane, facts, this.options.nowMs());
    return { ...plane, facts, health: { state, reasons } };
  }

  /** Derives and publishes all that changed now: without waiting for the batch or for the next second's heartbeats. */
  flush(nowMs = this.options.nowMs()): void {
    this.pending.includeHeartbeats();
    this.publish(nowMs);
  }

  private dropPlanes(plural: string): void {
    for (const uid of [...this.store.uidsOf(plural)]) this.drop(uid);
    this.options.history?.forgetKind(plural);
  }

  private drop(uid: string): void {
    const record = this.store.get(uid);
    if (!record) return;
    this.pending.addRemoved(uid, record.lastSent ? scopeOf(record.plane) : null);
    this.options.certificates.forget(uid);
    this.options.onRemoved?.(uid);
    this.pending.addPlanes(this.store.remove(uid));
  }

  /** What changes by time alone: health that was to change by now, contact that is lost, incidents. */
  private tick(): void {
    const nowMs = this.options.nowMs();
    this.pending.addPlanes(this.health.changedByTime(nowMs));
    this.flush(nowMs);
  }

  private publish(nowMs: number): void {
    this.publisher.unschedule();
    const silent = this.health.changedByContact(nowMs);
    const inIncident = this.health.changedByIncident(nowMs);
    const { uids, deletes, sources, apiServer } = this.pending.take();
    this.publisher.publish({
      upserts: this.derive(new Set([...uids, ...silent, ...(inIncident ?? [])]), nowMs),
      deletes,
      sources: sources ? this.sources.wire() : undefined,
      apiServer: apiServer ? this.apiServer.wire() : undefined,
      incidents: inIncident ? this.incidents : undefined,
    });
  }

  /** Derives the health of these planes, and returns those of which readers have something to learn. */
  private derive(uids: Iterable<string>, nowMs: number): EncodedPlane[] {
    const upserts: EncodedPlane[] = [];
    for (const uid of uids) {
      const record = this.store.get(uid);
      if (!record) continue;
      const before = record.lastSent;
      if (!this.health.update(record, nowMs)) continue;
      const heartbeatJson = record.heartbeatJson();
      upserts.push({ ...scopeOf(record.plane), json: record.json(), heartbeatJson });
      const after = record.lastSent;
      if (heartbeatJson === undefined && after) this.recordHistory(before, after, record.isNew, nowMs);
    }
    return upserts;
  }

  /** History is read later, so its sentences give moments: an age in them would be frozen. */
  private recordHistory(before: JudgedPlane | null, after: JudgedPlane, isNew: boolean, nowMs: number): void {
    const { history } = this.options;
    if (!history || !(before || isNew)) return;
    const health = this.health.healthOf(after.plane, after.plane.facts, nowMs, 'moments');
    if (before) history.changed(before, { ...after, health }, nowMs);
    else history.appeared({ ...after, health }, nowMs);
  }
}
