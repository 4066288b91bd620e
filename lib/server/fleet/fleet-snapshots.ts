import 'server-only';
import type { FleetSnapshot } from '@/lib/api/fleet';
import type { View } from '@/lib/server/rights/view';
import type { FleetEngine } from './fleet-engine';

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
    const records = this.engine.records();
    return {
      ...this.envelope(),
      planes: records.filter((record) => view.sees(record.plane)).map((record) => record.row.wire()),
    };
  }

  json(view: View): string {
    this.engine.flush();
    const cached = this.cache.get(view.key);
    const nowMs = performance.now();
    if (cached?.revision === this.engine.revision && nowMs - cached.createdAtMs < REUSE_MS)
      return cached.json;
    const records = this.engine.records();
    const planes = records.filter((record) => view.sees(record.plane)).map((record) => record.row.json());
    const json = `${JSON.stringify(this.envelope()).slice(0, -1)},"planes":[${planes.join(',')}]}`;
    this.evictOld(nowMs);
    this.cache.set(view.key, { revision: this.engine.revision, createdAtMs: nowMs, json });
    return json;
  }

  /** Returns everything but the planes. */
  envelope(): Omit<FleetSnapshot, 'planes'> {
    const { engine } = this;
    return {
      serverTime: this.serverTime(),
      revision: engine.revision,
      epoch: engine.epoch,
      installation: this.installation,
      limits: engine.limits,
      apiServer: engine.apiServer.wire(),
      sources: engine.sources.wire(),
      incidents: [...engine.incidents],
      controlPlane: engine.controlPlane,
    };
  }

  private evictOld(nowMs: number): void {
    for (const [key, { createdAtMs }] of this.cache)
      if (nowMs - createdAtMs >= REUSE_MS) this.cache.delete(key);
  }
}
