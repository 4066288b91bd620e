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
/** An incident writes two entries for each of 10,000 planes; about 10 MB when it is full. */
const MAX_ENTRIES = 40_000;

interface RecordedChange extends PlaneChange {
  /** On the API server's clock. */
  readonly atMs: number;
}

interface Ring {
  /** Of the plane that last bore the name. */
  uid: string;
  readonly changes: RecordedChange[];
  truncated: boolean;
}

/** What is known of one plane's past. */
export interface History {
  /** Nothing from before is known; null: its kind has not been listed yet. */
  readonly sinceMs: number | null;
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  readonly truncated: boolean;
  /** Of the plane that last bore the name; null: nothing ever happened to it. */
  readonly uid: string | null;
}

/**
 * What this server saw happen to planes, bounded in memory: planes that don't change cost nothing. Stored by name, so
 * that a plane that was deleted and created again has one history.
 */
export class PlaneHistory {
  /** Those to which something happened last come last. */
  private readonly rings = new Map<string, Ring>();
  private readonly sinceMs = new Map<string, number>();
  private count = 0;
  /** Some planes' histories were dropped as a whole: those that have none may have had one. */
  private forgotten = false;

  constructor(
    private readonly maxOfPlane = MAX_OF_PLANE,
    private readonly maxEntries = MAX_ENTRIES,
  ) {}

  /** All planes of a kind were listed: from now on, unless it was so before, nothing of them is missed. */
  listed(plural: string, atMs: number): void {
    if (!this.sinceMs.has(plural)) this.sinceMs.set(plural, atMs);
  }

  /**
   * A plane that was not in its kind's first list is new.
   *
   * @param atMs on the API server's clock
   */
  appeared(plane: JudgedPlane, atMs: number): void {
    this.record(plane.plane, [firstSeenChange(plane)], atMs);
  }

  /** A plane differs from what was last sent to readers. */
  changed(before: JudgedPlane, after: JudgedPlane, atMs: number): void {
    this.record(after.plane, changesBetween(before, after), atMs);
  }

  /** A plane is gone because it was deleted, not because the right to see it is. */
  deleted(plane: Plane, atMs: number): void {
    this.record(plane, [deletedChange()], atMs);
  }

  /** Planes of the kind can no longer be seen: what happens to them meanwhile will not be known. */
  forgetKind(plural: string): void {
    this.sinceMs.delete(plural);
    for (const [key, ring] of this.rings) if (key.startsWith(`${plural}/`)) this.drop(key, ring);
  }

  /** All planes come from another cluster from now on: those of the same name there are others. */
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

  /** Changes before the kind's first list don't count: what was known then came from elsewhere. */
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
   * Gives up entries of the planes to which nothing has happened for longest. A tenth at once: to find the first of a
   * Map after many deletions takes as long as there were deletions.
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
