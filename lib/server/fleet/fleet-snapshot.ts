import 'server-only';
import type { FleetSnapshot } from '@/lib/api/fleet';
import type { Visibility } from '@/lib/server/rights/visible-planes';
import type { FleetEngine } from './fleet-engine';

/** A snapshot is used again for this long while its revision stays the same: only the sentences' ages move on. */
const REUSE_MS = 1000;

interface Cached {
  readonly revision: number;
  readonly madeAtMs: number;
  readonly json: string;
}

/** Makes snapshots of the fleet, as objects for pages and as JSON for readers, put together from rows encoded before. */
export class FleetSnapshots {
  private readonly cache = new Map<string, Cached>();

  constructor(
    private readonly engine: FleetEngine,
    private readonly installation: string,
    private readonly serverTime: () => string,
  ) {}

  object(visibility: Visibility): FleetSnapshot {
    const rows = this.engine.rows();
    return {
      ...this.envelope(),
      planes: rows.filter((row) => visibility.sees(scope(row.plane))).map((row) => row.wire()),
    };
  }

  json(visibility: Visibility): string {
    this.engine.flush();
    const cached = this.cache.get(visibility.key);
    const nowMs = performance.now();
    if (cached?.revision === this.engine.revision && nowMs - cached.madeAtMs < REUSE_MS) return cached.json;
    const rows = this.engine.rows();
    const planes = rows.filter((row) => visibility.sees(scope(row.plane))).map((row) => row.json());
    const json = `${JSON.stringify(this.envelope()).slice(0, -1)},"planes":[${planes.join(',')}]}`;
    this.forgetOld(nowMs);
    this.cache.set(visibility.key, { revision: this.engine.revision, madeAtMs: nowMs, json });
    return json;
  }

  /** Everything but the planes. */
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
    };
  }

  private forgetOld(nowMs: number): void {
    for (const [key, { madeAtMs }] of this.cache) if (nowMs - madeAtMs >= REUSE_MS) this.cache.delete(key);
  }
}

function scope({ uid, plural, namespace }: { uid: string; plural: string; namespace?: string | undefined }) {
  return { uid, plural, namespace };
}
