import 'server-only';
import type { HistoryEntry } from '@/lib/api/history';
import type { JudgedPlane } from '@/lib/plane/health/health';
import {
  changesBetween,
  deletedChange,
  firstSeenChange,
  type PlaneChange,
} from '@/lib/plane/history/plane-changes';
import type { Plane } from '@/lib/plane/model/plane';
import { type PlaneIdentity, planeKey } from '@/lib/plane/model/plane-path';

const MAX_OF_PLANE = 50;
/** An incident writes two entries for each of 10,000 planes. A full history takes about 10 MB. */
const MAX_ENTRIES = 40_000;

interface RecordedChange extends PlaneChange {
  /** On the API server's clock. */
  readonly atMs: number;
}

interface Ring {
  /** The uid of the plane that last had the name. */
  uid: string;
  readonly changes: RecordedChange[];
  truncated: boolean;
}

/** What is known of one plane's past. */
export interface History {
  /** The server knows nothing from before this time; null: the kind has not been listed yet. */
  readonly sinceMs: number | null;
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  readonly truncated: boolean;
  /** The uid of the plane that last had the name; null: nothing ever happened to it. */
  readonly uid: string | null;
}

/**
 * What this server saw happen to planes, bounded in memory: planes that don't change cost nothing. Stored by name, so
 * a plane that was deleted and recreated has one history.
 */
export class PlaneHistory {
  /** In the order of their last change, the latest last. */
  private readonly rings = new Map<string, Ring>();
  private readonly sinceMs = new Map<string, number>();
  private count = 0;
  /** Whether some planes' histories were dropped as a whole: a plane without one may have had one. */
  private forgotten = false;

  constructor(
    private readonly maxOfPlane = MAX_OF_PLANE,
    private readonly maxEntries = MAX_ENTRIES,
  ) {}

  /** Records that all planes of a kind were listed. From the first list on, nothing about them is missed. */
  listed(plural: string, atMs: number): void {
    if (!this.sinceMs.has(plural)) this.sinceMs.set(plural, atMs);
  }

  /**
   * Records a new plane: one that was not in its kind's first list.
   *
   * @param atMs on the API server's clock
   */
  appeared(plane: JudgedPlane, atMs: number): void {
    this.record(plane.plane, [firstSeenChange(plane)], atMs);
  }

  /** Records how a plane differs from what was last sent to readers. */
  changed(before: JudgedPlane, after: JudgedPlane, atMs: number): void {
    this.record(after.plane, changesBetween(before, after), atMs);
  }

  /** Records that a plane was deleted, as opposed to no longer visible. */
  deleted(plane: Plane, atMs: number): void {
    this.record(plane, [deletedChange()], atMs);
  }

  /** Forgets the planes of a kind that can no longer be seen: what happens to them meanwhile stays unknown. */
  forgetKind(plural: string): void {
    this.sinceMs.delete(plural);
    for (const [key, ring] of this.rings) if (key.startsWith(`${plural}/`)) this.drop(key, ring);
  }

  /**
   * Forgets everything, because all planes now come from another cluster: planes of the same name there are others.
   */
  clear(): void {
    this.rings.clear();
    this.sinceMs.clear();
    this.count = 0;
    this.forgotten = false;
  }

  of(identity: PlaneIdentity): History {
    const ring = this.rings.get(planeKey(identity));
    return {
      sinceMs: this.sinceMs.get(identity.plural) ?? null,
      entries: (ring?.changes ?? []).map(entryOf).reverse(),
      truncated: ring?.truncated ?? this.forgotten,
      uid: ring?.uid ?? null,
    };
  }

  /** The number of entries of all planes. */
  get size(): number {
    return this.count;
  }

  /** Ignores changes before the kind's first list, because what was known then came from elsewhere. */
  private record(plane: Plane, changes: readonly PlaneChange[], atMs: number): void {
    if (changes.length === 0 || !this.sinceMs.has(plane.plural)) return;
    const key = planeKey(plane);
    const ring = this.rings.get(key) ?? { uid: plane.uid, changes: [], truncated: this.forgotten };
    ring.uid = plane.uid;
    for (const change of changes) ring.changes.push({ ...change, atMs });
    this.count += changes.length;
    while (ring.changes.length > this.maxOfPlane) this.dropOldest(ring);
    this.rings.delete(key);
    this.rings.set(key, ring);
    if (this.count > this.maxEntries) this.dropQuietest();
  }

  /**
   * Drops entries of the planes that have been quiet for longest. Drops a tenth of all at once, because finding the
   * first entry of a Map after many deletions takes as long as there were deletions.
   */
  private dropQuietest(): void {
    const target = this.maxEntries - Math.floor(this.maxEntries / 10);
    for (const [key, ring] of this.rings) {
      while (this.count > target && ring.changes.length > 0) this.dropOldest(ring);
      if (ring.changes.length > 0) return;
      this.rings.delete(key);
      this.forgotten = true;
    }
  }

  private dropOldest(ring: Ring): void {
    if (ring.changes.shift()) this.count -= 1;
    ring.truncated = true;
  }

  private drop(key: string, ring: Ring): void {
    this.count -= ring.changes.length;
    this.rings.delete(key);
  }
}

function entryOf({ atMs, what, text, health }: RecordedChange): HistoryEntry {
  return { at: new Date(atMs).toISOString(), what, text, ...(health ? { health } : {}) };
}
