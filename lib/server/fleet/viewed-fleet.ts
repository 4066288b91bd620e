import 'server-only';
import type { Source } from '@/lib/api/fleet';
import type { ControlPlane } from '@/lib/plane/health/gateway-certificates';
import type { Incident } from '@/lib/plane/health/incident';
import type { ObservedState } from '@/lib/plane/health/state-since';
import { uncheckedCaFindings } from '@/lib/plane/health/unchecked-cas';
import { PLANE_KINDS } from '@/lib/plane/model/kinds';
import { type View, WHOLE_FLEET } from '@/lib/server/rights/view';
import {
  type ChangeSet,
  type EncodedPlane,
  encodedPlane,
  type SentPlane,
  sentPlane,
} from './change-publisher';
import type { FleetHealth } from './fleet-health';
import type { FleetStore } from './fleet-store';
import { seenSource } from './kind-source';
import type { PlaneRecord } from './plane-record';
import { hasContent, type SentContent, SentRow } from './sent-row';

/** What a viewed fleet is derived from. */
export interface ViewedFleetOptions {
  readonly view: View;
  readonly store: FleetStore;
  readonly health: FleetHealth;
  /** The API server's clock. */
  readonly nowMs: () => number;
  readonly isCaForbidden: (uid: string) => boolean;
}

/**
 * The fleet as those with one view see it. What follows from other planes is derived from the visible ones only. Nearly
 * all planes are the same for everybody, so only those that differ have a row of their own.
 */
export class ViewedFleet {
  private readonly own = new Map<string, SentRow>();
  private readonly listeners = new Set<(changes: ChangeSet) => void>();

  constructor(private readonly options: ViewedFleetOptions) {
    if (this.isWhole) return;
    const nowMs = options.nowMs();
    for (const record of options.store.all()) if (this.sees(record)) this.derive(record, nowMs, null);
  }

  get view(): View {
    return this.options.view;
  }

  private get isWhole(): boolean {
    return this.options.view === WHOLE_FLEET;
  }

  get hasListeners(): boolean {
    return this.listeners.size > 0;
  }

  /** Calls the listener with each change set as this view gets it. Returns a function that unsubscribes. */
  subscribe(listener: (changes: ChangeSet) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Takes in a change set of the whole fleet. */
  take(all: ChangeSet): void {
    const changes = this.isWhole ? all : this.seenIn(all);
    for (const listener of this.listeners) listener(changes);
  }

  /** Returns all visible planes with their current health. The fleet's own rows must be current. */
  rows(): SentRow[] {
    return this.records().map((record) => this.rowOf(record));
  }

  /** Returns the same, each with the time since when this server has seen its state. */
  observedRows(): { readonly row: SentRow; readonly observed: ObservedState }[] {
    return this.records().map((record) => ({ row: this.rowOf(record), observed: record.observedState }));
  }

  private records(): PlaneRecord[] {
    const { store, health, nowMs } = this.options;
    for (const [uid, row] of this.own) {
      const record = store.get(uid);
      if (record && row.health && row.health.reasons.length > 0)
        row.refreshHealth(health.healthOf(record.plane, row.facts, nowMs()));
    }
    const seen: PlaneRecord[] = [];
    for (const record of store.all()) if (this.sees(record)) seen.push(record);
    return seen;
  }

  /** Returns the planes whose health here was due to change by now. */
  dueUids(atMs: number): string[] {
    return [...this.own].flatMap(([uid, { health }]) => {
      const dueAtMs = health?.nextChangeAtMs ?? null;
      return dueAtMs !== null && dueAtMs <= atMs ? [uid] : [];
    });
  }

  private seenIn(all: ChangeSet): ChangeSet {
    const { view, store, nowMs } = this.options;
    const atMs = nowMs();
    const upserts: EncodedPlane[] = [];
    const base = new Map(all.upserts.map((upsert) => [upsert.uid, upsert]));
    for (const [uid, had] of all.derived) {
      const record = store.get(uid);
      if (!record || !this.sees(record)) continue;
      const upsert = this.derive(record, atMs, had, base.get(uid));
      if (upsert) upserts.push(upsert);
    }
    const deletes = all.deletes.filter(view.sees);
    for (const { uid } of deletes) this.own.delete(uid);
    return {
      ...all,
      upserts,
      deletes,
      sources: all.sources && this.sources(all.sources),
      incidents: all.incidents && this.incidents(),
      controlPlane: all.controlPlane && this.controlPlane(all.controlPlane),
    };
  }

  /** Returns a plane as readers have it, or need it if they have another version; null if they may not see it. */
  encoded(uid: string, change: 'full' | 'heartbeat'): EncodedPlane | null {
    const record = this.options.store.get(uid);
    if (!record || !this.sees(record)) return null;
    const row = this.rowOf(record);
    return encodedPlane(record.plane, row, change === 'heartbeat' ? row.newestHeartbeatJson() : undefined);
  }

  /** Returns what readers of another view need to become readers of this one. */
  since(other: ViewedFleet): Pick<ChangeSet, 'upserts' | 'deletes'> {
    const upserts: EncodedPlane[] = [];
    const deletes: SentPlane[] = [];
    for (const record of this.options.store.all()) {
      if (!this.sees(record)) {
        if (other.sees(record)) deletes.push(sentPlane(record.plane));
        continue;
      }
      const row = this.rowOf(record);
      const [is, was] = [row.content, other.sees(record) ? other.rowOf(record).content : null];
      if (is && was && hasContent(is, was)) continue;
      upserts.push(encodedPlane(record.plane, row));
    }
    return { upserts, deletes };
  }

  /** Returns the incidents in the numbers of the visible planes. */
  incidents(): Incident[] {
    const { store, health, nowMs } = this.options;
    if (this.isWhole) return [...health.incidents];
    const seen = [...store.all()].filter((record) => this.sees(record));
    return health.incidentsSeenBy(
      seen.map((record) => ({ ...record.plane, facts: this.rowOf(record).facts })),
      nowMs(),
      'fleet',
    );
  }

  /** Returns the sources, without any word on those that can't be seen. */
  sources(all: readonly Source[]): Source[] {
    return all.map((source) => seenSource(source, this.options.view));
  }

  /** Returns what is known of the control plane; nothing if the view has no planes. */
  controlPlane(all: ControlPlane): ControlPlane {
    const { reachOf } = this.options.view;
    if (!PLANE_KINDS.some(({ plural }) => reachOf(plural) !== 'none')) return { findings: [] };
    return this.isWhole || !all.uncheckedCas ? all : this.withOwnCas(all);
  }

  /** Counts only the visible ones of the planes whose CA isn't checked. */
  private withOwnCas({ uncheckedCas: _, ...all }: ControlPlane): ControlPlane {
    let planes = 0;
    for (const record of this.options.store.all())
      if (this.sees(record) && this.options.isCaForbidden(record.plane.uid)) planes += 1;
    const others = all.findings.filter(({ code }) => code !== 'ca-secrets-not-checked');
    if (planes === 0) return { ...all, findings: others };
    const uncheckedCas = { planes };
    return { ...all, uncheckedCas, findings: [...others, ...uncheckedCaFindings(uncheckedCas)] };
  }

  private sees({ plane, health }: PlaneRecord): boolean {
    return health !== null && this.options.view.sees(plane);
  }

  private rowOf(record: PlaneRecord): SentRow {
    return this.own.get(record.plane.uid) ?? record.row;
  }

  /**
   * Derives a plane's facts again.
   *
   * @param had what readers of the whole fleet had of it
   * @param base what they get of it now
   * @returns what readers need; null: they have it
   */
  private derive(
    record: PlaneRecord,
    atMs: number,
    had: SentContent | null,
    base?: EncodedPlane,
  ): EncodedPlane | null {
    const { health, view } = this.options;
    const { plane, row } = record;
    const facts = health.factsOf(plane, atMs, view);
    const before = this.own.get(plane.uid);
    if (JSON.stringify(facts) === JSON.stringify(row.facts)) {
      if (!before) return base ?? null;
      this.own.delete(plane.uid);
      const [{ content: was }, { content: is }] = [before, row];
      if (was && is && hasContent(was, is)) return null;
      return encodedPlane(record.plane, row);
    }
    // Readers who had the plane as everybody has it may need nothing, and then mustn't learn that others got something.
    const own = before ?? new SentRow(plane, had);
    this.own.set(plane.uid, own);
    const differs = own.update(plane, facts, health.healthOf(plane, facts, atMs));
    return differs ? encodedPlane(record.plane, own, own.heartbeatJson()) : null;
  }
}
