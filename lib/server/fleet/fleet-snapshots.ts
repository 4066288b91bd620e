import 'server-only';
import type { FleetSnapshot } from '@/lib/api/fleet';
import { type FleetPart, PLANES_PER_PART } from '@/lib/api/fleet-table';
import type { JsonObject } from '@/lib/plane/json/json';
import { encodeColumn } from '@/lib/plane/json/json-table';
import type { View } from '@/lib/server/rights/view';
import type { FleetEngine } from './fleet-engine';
import type { SentRow } from './sent-row';

/** How long a snapshot is reused while its revision stays the same: only the ages in its sentences change. */
const REUSE_MS = 1000;

interface Cached {
  readonly revision: number;
  readonly createdAtMs: number;
  readonly json: string;
}

/** Snapshots of the fleet: objects for pages, and JSON for readers, joined from planes encoded before. */
export class FleetSnapshots {
  private readonly cache = new Map<string, Cached>();

  constructor(
    private readonly engine: FleetEngine,
    private readonly installation: string,
    private readonly serverTime: () => string,
  ) {}

  object(view: View): FleetSnapshot {
    return { ...this.envelope(view), planes: this.rows(view).map((row) => row.wire()) };
  }

  json(view: View): string {
    this.engine.flush();
    const cached = this.cache.get(view.key);
    const nowMs = performance.now();
    if (cached?.revision === this.engine.revision && nowMs - cached.createdAtMs < REUSE_MS)
      return cached.json;
    const planes = this.rows(view).map((row) => row.json());
    const json = `${JSON.stringify(this.envelope(view)).slice(0, -1)},"planes":[${planes.join(',')}]}`;
    this.evictOld(nowMs);
    this.cache.set(view.key, { revision: this.engine.revision, createdAtMs: nowMs, json });
    return json;
  }

  /**
   * Returns a snapshot by columns, in parts that are encoded when they are called for. By then a plane may have changed
   * since the snapshot's revision, which the changes after it repeat.
   */
  parts(view: View): (() => FleetPart)[] {
    this.engine.flush();
    const rows = this.rows(view);
    const envelope = this.envelope(view);
    const count = Math.max(1, Math.ceil(rows.length / PLANES_PER_PART));
    return Array.from({ length: count }, (_, part) => () => ({
      part,
      parts: count,
      // Of now: a browser that takes long to receive a snapshot mustn't set its clock back.
      serverTime: this.serverTime(),
      ...(part === 0 ? { envelope } : {}),
      planes: encodeColumn(rows.slice(part * PLANES_PER_PART, (part + 1) * PLANES_PER_PART).map(tableRow)),
    }));
  }

  /** Returns everything but the planes. */
  envelope(view: View): Omit<FleetSnapshot, 'planes'> {
    const { engine } = this;
    const viewed = engine.viewed(view);
    return {
      serverTime: this.serverTime(),
      revision: engine.revision,
      epoch: engine.epoch,
      installation: this.installation,
      limits: engine.limits,
      apiServer: engine.apiServer.wire(),
      sources: viewed.sources(engine.sources.wire()),
      incidents: viewed.incidents(),
      controlPlane: viewed.controlPlane(engine.controlPlane),
    };
  }

  private rows(view: View): SentRow[] {
    // Brings the whole fleet up to date first.
    this.engine.records();
    return this.engine.viewed(view).rows();
  }

  private evictOld(nowMs: number): void {
    for (const [key, { createdAtMs }] of this.cache)
      if (nowMs - createdAtMs >= REUSE_MS) this.cache.delete(key);
  }
}

function tableRow(row: SentRow): JsonObject {
  const plane: unknown = row.wire();
  // Undefined fields count as absent, as in JSON.
  return { ...(plane as JsonObject), nextChangeAtMs: row.health?.nextChangeAtMs ?? null };
}
