import 'server-only';
import { randomUUID } from 'node:crypto';
import type { FleetPlane } from '@/lib/api/fleet';
import type { CertificateFact, HealthLimits } from '@/lib/plane/health/health-facts';
import { isHeartbeatOnly } from '@/lib/plane/health/heartbeat';
import type { Incident } from '@/lib/plane/health/incident';
import type { SeenPlane } from '@/lib/plane/history/happening';
import type { Plane } from '@/lib/plane/model/plane';
import type { ReferenceTarget } from '@/lib/plane/model/references';
import type { PlaneHistory } from '@/lib/server/history/plane-history';
import type { PlaneScope } from '@/lib/server/rights/visible-planes';
import { ApiServerState } from './api-server-state';
import type { ChangeSet, EncodedPlane } from './change-set';
import type { FleetRecord } from './fleet-record';
import { FleetStore } from './fleet-store';
import { FreshSources } from './fresh-sources';
import { IncidentWatch } from './incident-watch';
import { PlaneJudge } from './plane-judge';
import { SourceTable } from './source-table';

/** The first change goes out at once, what follows within this time goes out together. */
const BATCH_MS = 50;
const TICK_MS = 1000;

export interface FleetEngineOptions {
  readonly limits: HealthLimits;
  /** The API server's clock. */
  readonly nowMs: () => number;
  readonly certificates: {
    readonly factOf: (uid: string) => CertificateFact;
    readonly forget: (uid: string) => void;
  };
  /** Remembers what happened to planes, without their heartbeats. */
  readonly history?: Pick<PlaneHistory, 'listed' | 'appeared' | 'saw' | 'deleted' | 'forgetKind'>;
  /** Told of each plane that leaves the store. */
  readonly onRemoved?: (uid: string) => void;
}

/**
 * The fleet as this process knows it: rows, facts, judgements and revisions. Changes come in one by one, and go out as
 * change sets that every reader can apply in the same order.
 */
export class FleetEngine {
  /** Revisions of different runs of the server cannot be compared. */
  readonly epoch = randomUUID();
  readonly sources: SourceTable;
  readonly apiServer: ApiServerState;
  private readonly store = new FleetStore();
  private readonly listeners = new Set<(changes: ChangeSet) => void>();
  private readonly dirty = new Set<string>();
  /** Planes of which only the heartbeat moved: told once a second, so that they make no other change wait. */
  private readonly beats = new Set<string>();
  private readonly removed = new Map<string, PlaneScope>();
  private readonly fresh: FreshSources;
  private readonly incidentWatch: IncidentWatch;
  private readonly judge: PlaneJudge;
  private revisionNumber = 0;
  private sourcesDirty = false;
  private apiServerDirty = false;
  private flushedAtMs = Number.NEGATIVE_INFINITY;
  private dueCheckedAtMs = Number.NEGATIVE_INFINITY;
  private flushTimer: ReturnType<typeof setTimeout> | undefined;
  private tickTimer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly options: FleetEngineOptions) {
    this.incidentWatch = new IncidentWatch(options.limits);
    this.sources = new SourceTable(options.nowMs, () => {
      this.sourcesDirty = true;
      this.scheduleFlush();
    });
    this.fresh = new FreshSources(this.sources, options.limits);
    this.judge = new PlaneJudge({
      limits: options.limits,
      store: this.store,
      sources: this.sources,
      fresh: this.fresh,
      incidents: this.incidentWatch,
      certificateOf: (uid) => options.certificates.factOf(uid),
    });
    this.apiServer = new ApiServerState(options.nowMs, () => {
      this.apiServerDirty = true;
      this.scheduleFlush();
    });
  }

  start(): void {
    this.tickTimer ??= setInterval(() => this.tick(), TICK_MS);
  }

  stop(): void {
    clearInterval(this.tickTimer);
    clearTimeout(this.flushTimer);
    this.tickTimer = undefined;
  }

  get revision(): number {
    return this.revisionNumber;
  }

  get limits(): HealthLimits {
    return this.options.limits;
  }

  /** Called with each change set, in order of revision. Returns how to stop. */
  subscribe(listener: (changes: ChangeSet) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** A complete list of one kind: what is not in it is gone. Rows that did not change cost nothing further. */
  replaceKind(plural: string, planes: readonly Plane[]): void {
    const gone = new Set(this.store.uidsOf(plural));
    for (const plane of planes) {
      gone.delete(plane.uid);
      this.set(plane);
    }
    for (const uid of gone) this.remove(uid);
    if (!this.sources.isListed(plural)) this.markAll(this.store.referrers());
    this.sources.listed(plural);
    this.options.history?.listed(plural, this.options.nowMs());
  }

  set(plane: Plane): void {
    this.removed.delete(plane.uid);
    const row = this.store.get(plane.uid);
    const beatOnly = row?.isSettled === true && isHeartbeatOnly(row.plane, plane);
    const concerned = this.store.set(plane);
    // What the first list of its kind brings was there before.
    const added = row ? undefined : this.store.get(plane.uid);
    if (added) added.isNews = this.sources.isListed(plane.plural);
    if (beatOnly) this.beats.add(plane.uid);
    else this.markAll(concerned);
  }

  /** A plane was deleted. */
  remove(uid: string): void {
    const plane = this.store.get(uid)?.plane;
    if (plane) this.options.history?.deleted(plane, this.options.nowMs());
    this.takeOut(uid);
  }

  private takeOut(uid: string): void {
    const row = this.store.get(uid);
    if (!row) return;
    if (row.wasTold) this.removed.set(uid, scopeOf(row.plane));
    this.dirty.delete(uid);
    this.beats.delete(uid);
    this.options.certificates.forget(uid);
    this.options.onRemoved?.(uid);
    this.markAll(this.store.remove(uid));
    this.scheduleFlush();
  }

  /** The right to list the kind is gone: what may not be seen is deleted, and comes back with the right. */
  refuseKind(plural: string, problem: string): void {
    for (const uid of [...this.store.uidsOf(plural)]) this.takeOut(uid);
    this.options.history?.forgetKind(plural);
    this.sources.refused(plural, problem);
    this.markAll(this.store.referrers());
  }

  /** The kind is no longer served: its planes and its source go. */
  dropKind(plural: string): void {
    for (const uid of [...this.store.uidsOf(plural)]) this.takeOut(uid);
    this.options.history?.forgetKind(plural);
    this.sources.remove(plural);
    this.fresh.forget(plural);
    this.markAll(this.store.referrers());
  }

  /** Something about this plane that is not in its row has changed. */
  touch(uid: string): void {
    if (this.store.get(uid)) this.markAll([uid]);
  }

  find(kind: string, namespace: string | undefined, name: string): FleetRecord | undefined {
    this.flush();
    return this.store.find(kind, namespace, name);
  }

  /** The plane of that name as it was last read, not judged anew. */
  peek({ kind, namespace, name }: ReferenceTarget): Plane | undefined {
    return this.store.find(kind, namespace, name)?.plane;
  }

  /** All planes as they were last read, not judged anew. */
  *planes(): Generator<Plane> {
    for (const row of this.store.all()) yield row.plane;
  }

  /** Every row, judged up to this moment, at the revision that `revision` says after the call. */
  rows(): FleetRecord[] {
    const nowMs = this.options.nowMs();
    // At this very moment, or a state that changed between two ticks would be shown here and told to no reader.
    this.markDue(nowMs);
    this.flush(nowMs);
    const rows = [...this.store.all()];
    for (const row of rows) {
      // The sentences of reasons tell ages; a plane without any has nothing to tell.
      if (row.health && row.health.reasons.length > 0)
        row.refreshHealth(this.judge.healthOf(row.plane, row.facts, nowMs));
    }
    return rows;
  }

  /** A plane that was just read from the API server, as it travels: with what is known and judged of it now. */
  judgeNow(plane: Plane): FleetPlane {
    const facts = this.judge.factsOf(plane);
    const { state, reasons } = this.judge.healthOf(plane, facts, this.options.nowMs());
    return { ...plane, facts, health: { state, reasons } };
  }

  get incidents(): readonly Incident[] {
    return this.incidentWatch.all;
  }

  private markAll(uids: Iterable<string>): void {
    for (const uid of uids) this.dirty.add(uid);
    if (this.dirty.size > 0) this.scheduleFlush();
  }

  private scheduleFlush(): void {
    if (this.flushTimer) return;
    const waitMs = Math.max(0, this.flushedAtMs + BATCH_MS - performance.now());
    this.flushTimer = setTimeout(() => this.flushDirty(this.options.nowMs()), waitMs);
  }

  /** What changes by time alone: judgements whose moment has come, contact that is lost, incidents. */
  private tick(): void {
    const nowMs = this.options.nowMs();
    this.markDue(nowMs);
    this.flush(nowMs);
  }

  private markDue(nowMs: number): void {
    // Somebody has set the clock back: every moment at which a judgement was to change lies too late.
    const setBack = nowMs < this.dueCheckedAtMs;
    this.dueCheckedAtMs = nowMs;
    for (const row of this.store.all()) {
      const dueAtMs = row.health?.nextChangeAtMs ?? null;
      if (setBack || (dueAtMs !== null && dueAtMs <= nowMs)) this.dirty.add(row.plane.uid);
    }
  }

  /** Judges all that changed and tells it now: neither within the next 50 ms nor with the next second's heartbeats. */
  flush(nowMs = this.options.nowMs()): void {
    for (const uid of this.beats) this.dirty.add(uid);
    this.beats.clear();
    this.flushDirty(nowMs);
  }

  private flushDirty(nowMs: number): void {
    clearTimeout(this.flushTimer);
    this.flushTimer = undefined;
    this.checkFreshness(nowMs);
    const incidents = this.checkIncident(nowMs);
    const upserts = this.judgeDirty(nowMs);
    const deletes = [...this.removed.values()];
    const sources = this.sourcesDirty ? this.sources.wire() : undefined;
    const apiServer = this.apiServerDirty ? this.apiServer.wire() : undefined;
    this.removed.clear();
    this.sourcesDirty = false;
    this.apiServerDirty = false;
    if (upserts.length + deletes.length === 0 && !sources && !apiServer && !incidents) return;
    this.revisionNumber += 1;
    this.flushedAtMs = performance.now();
    const changes = { revision: this.revisionNumber, upserts, deletes, sources, apiServer, incidents };
    for (const listener of this.listeners) listener(changes);
  }

  private judgeDirty(nowMs: number): EncodedPlane[] {
    const upserts: EncodedPlane[] = [];
    for (const uid of this.dirty) {
      const row = this.store.get(uid);
      if (!row) continue;
      const facts = this.judge.factsOf(row.plane);
      const before = row.lastTold;
      const mustTell = row.judge(facts, this.judge.healthOf(row.plane, facts, nowMs), nowMs);
      row.inIncident = this.incidentWatch.sinceMs(row.plane, nowMs) !== null;
      if (!mustTell) continue;
      const beat = row.beatJson();
      upserts.push({ ...scopeOf(row.plane), json: row.json(), beat });
      const after = row.lastTold;
      if (beat !== undefined || !after) continue;
      this.remember(before, after, row.isNews, nowMs);
    }
    this.dirty.clear();
    return upserts;
  }

  /** What is kept is read later, so its sentences tell moments: an age in them would stand still. */
  private remember(before: SeenPlane | null, told: SeenPlane, isNews: boolean, nowMs: number): void {
    const { history } = this.options;
    if (!history || !(before || isNews)) return;
    const health = this.judge.healthOf(told.plane, told.facts, nowMs, 'moments');
    if (before) history.saw(before, { ...told, health }, nowMs);
    else history.appeared({ ...told, health }, nowMs);
  }

  private checkFreshness(nowMs: number): void {
    for (const plural of this.fresh.check(nowMs)) {
      for (const uid of this.store.uidsOf(plural)) this.dirty.add(uid);
    }
  }

  /** Returns the incidents when they differ from before. */
  private checkIncident(nowMs: number): readonly Incident[] | undefined {
    if (!this.incidentWatch.check(this.freshPlanes(), nowMs)) return undefined;
    for (const row of this.store.all()) {
      const inIncident = this.incidentWatch.sinceMs(row.plane, nowMs) !== null;
      if (row.inIncident !== inIncident) this.dirty.add(row.plane.uid);
    }
    return this.incidents;
  }

  private *freshPlanes(): Generator<Plane> {
    for (const row of this.store.all()) if (this.fresh.has(row.plane.plural)) yield row.plane;
  }
}

function scopeOf({ uid, plural, namespace }: Plane): PlaneScope {
  return { uid, plural, namespace };
}
