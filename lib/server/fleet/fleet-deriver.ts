import 'server-only';
import type { JudgedPlane } from '@/lib/plane/health/health';
import { type ChangeSet, type EncodedPlane, encodedPlane } from './change-publisher';
import type { FleetHealth } from './fleet-health';
import type { FleetStore } from './fleet-store';
import type { HistoryRecorder } from './history-recorder';
import type { PlaneRecord } from './plane-record';
import type { SentContent } from './sent-row';

/** Derives the health of planes, encodes those that readers need again, and has the history record what changed. */
export class FleetDeriver {
  constructor(
    private readonly store: FleetStore,
    private readonly health: FleetHealth,
    private readonly history: HistoryRecorder | undefined,
  ) {}

  /** Derives the health of these planes and of those that depend on it, and returns those that readers need again. */
  derive(uids: ReadonlySet<string>, nowMs: number): Pick<ChangeSet, 'upserts' | 'derived'> {
    const derived = new Map<string, SentContent | null>();
    const upserts = new Map<string, EncodedPlane>();
    const siblings = new Set<string>();
    const note = (uid: string) => {
      const record = this.store.get(uid);
      if (record && !derived.has(uid)) derived.set(uid, record.row.content);
    };
    for (const uid of uids) note(uid);
    for (const uid of uids) this.deriveOne(uid, nowMs, upserts, siblings);
    // Their facts depend on the health just derived. Nothing depends on theirs in turn.
    for (const uid of siblings) note(uid);
    for (const uid of siblings) this.deriveOne(uid, nowMs, upserts, new Set());
    return { upserts: [...upserts.values()], derived };
  }

  private deriveOne(
    uid: string,
    nowMs: number,
    upserts: Map<string, EncodedPlane>,
    siblings: Set<string>,
  ): void {
    const record = this.store.get(uid);
    if (!record) return;
    const before = record.row.lastSent;
    const differs = this.health.update(record, nowMs);
    if (before) this.recordWrites(record);
    for (const sibling of this.health.affectedSiblings(record)) siblings.add(sibling);
    if (!differs) return;
    const earlier = upserts.get(uid);
    // A heartbeat after a full change in the same set is still a full change.
    const heartbeatJson =
      earlier && earlier.heartbeatJson === undefined ? undefined : record.row.heartbeatJson();
    upserts.set(uid, encodedPlane(record.plane, record.row, heartbeatJson));
    const after = record.row.lastSent;
    if (record.row.heartbeatJson() === undefined && after) this.recordHistory(record, before, after, nowMs);
  }

  /** Records history. Its sentences give moments, because an age in them would be frozen. */
  private recordHistory(
    record: PlaneRecord,
    before: JudgedPlane | null,
    after: JudgedPlane,
    nowMs: number,
  ): void {
    const { history } = this;
    const { isNew, isFirstReading } = record;
    if (!history || !(before || isNew) || isFirstReading) return;
    const health = this.health.healthOf(after.plane, after.plane.facts, nowMs, 'moments');
    if (before) history.changed(before, { ...after, health }, nowMs);
    else history.appeared({ ...after, health }, nowMs);
    this.recordWrites(record);
  }

  /** Records writes before their effects, and after the plane's appearance. */
  recordWrites(record: PlaneRecord): void {
    for (const { before, after, writes, atMs } of record.takeWrites())
      this.history?.written(before, after, writes, atMs);
  }
}
