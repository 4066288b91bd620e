import 'server-only';

/** One object's version, as a list or a watch reports it. */
export interface ObjectVersion {
  readonly uid: string;
  /** `<namespace>/<name>` or `<name>`: the API server lists objects in the byte order of this text. */
  readonly key: string;
  /** Compared only for equality, because it is opaque. */
  readonly resourceVersion: string;
}

/** A part of a list: every object whose key is above `after` and not above `upTo`. */
export interface MetadataPage {
  readonly items: readonly ObjectVersion[];
  /** The key of the last object before the page; null: it is the first page. */
  readonly after: string | null;
  /** The key of the page's last object; null: it is the last page. */
  readonly upTo: string | null;
}

interface Held {
  readonly key: string;
  readonly resourceVersion: string;
  readonly sinceMs: number;
}

/** What the watch had delivered of an object when a page showed something else, and when that was. */
interface Difference {
  /** Undefined: the watch had not delivered the object. */
  readonly heldVersion: string | undefined;
  /** When it was noticed, or when the watch was opened again after that for the first time. */
  readonly atMs: number;
  readonly isReopened: boolean;
}

/**
 * Compares what a watch has delivered with pages of metadata. An object that differs is a fault only if the watch
 * delivers nothing about it for a while: events always arrive a little later than a page may show them.
 *
 * It holds a version per object and nothing else of it. All times are on one monotonic clock, in milliseconds.
 */
export class WatchComparison {
  private held = new Map<string, Held>();
  private differences = new Map<string, Difference>();
  /** Objects that the watch reported as deleted since `readAtMs`, which the page may still contain. */
  private readonly removed = new Set<string>();
  private readAtMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly nowMs: () => number) {}

  get size(): number {
    return this.held.size;
  }

  /** Sets the objects of a complete list, which settles every difference. */
  replace(objects: Iterable<ObjectVersion>): void {
    this.held = new Map();
    this.differences.clear();
    this.removed.clear();
    for (const object of objects) this.set(object);
  }

  /** Takes in an object that the watch delivered. */
  set({ uid, key, resourceVersion }: ObjectVersion): void {
    this.held.set(uid, { key, resourceVersion, sinceMs: this.nowMs() });
    this.removed.delete(uid);
  }

  /** Takes in a deletion that the watch delivered. */
  remove(uid: string): void {
    this.held.delete(uid);
    this.differences.delete(uid);
    this.removed.add(uid);
  }

  /**
   * Call it when a broken watch is open again: it then delivers what it missed, and gets the time for that. Only once
   * for each difference, because a watch that keeps breaking would otherwise never be found out.
   */
  reopened(): void {
    for (const [uid, difference] of this.differences)
      if (!difference.isReopened)
        this.differences.set(uid, { ...difference, atMs: this.nowMs(), isReopened: true });
  }

  /** Call it when the API server begins to read the next page: a page can't show what changed after that. */
  beginPage(): void {
    this.readAtMs = this.nowMs();
    this.removed.clear();
  }

  /**
   * Compares a page, and remembers what differs. Objects that the watch reported on since `beginPage` aren't compared:
   * the page may be older than what the watch delivered.
   *
   * @returns whether nothing differs, neither in this page nor since an earlier one
   */
  compare({ items, after, upTo }: MetadataPage): boolean {
    const listed = new Set<string>();
    for (const { uid, resourceVersion } of items) {
      listed.add(uid);
      const held = this.held.get(uid);
      if (held ? held.resourceVersion !== resourceVersion : !this.removed.has(uid)) this.note(uid, held);
      else this.differences.delete(uid);
    }
    for (const [uid, held] of this.held) {
      const isInPage = (after === null || held.key > after) && (upTo === null || held.key <= upTo);
      if (isInPage && !listed.has(uid)) this.note(uid, held);
    }
    this.settle();
    return this.differences.size === 0;
  }

  /** When the oldest difference was noticed that the watch hasn't settled since; null: there is none. */
  get differsSinceMs(): number | null {
    this.settle();
    let oldestMs: number | null = null;
    for (const { atMs } of this.differences.values()) oldestMs = Math.min(atMs, oldestMs ?? atMs);
    return oldestMs;
  }

  private note(uid: string, held: Held | undefined): void {
    if ((held && held.sinceMs >= this.readAtMs) || this.differences.has(uid)) return;
    this.differences.set(uid, { heldVersion: held?.resourceVersion, atMs: this.nowMs(), isReopened: false });
  }

  /** Drops the differences of objects that the watch has reported on since: it is alive. */
  private settle(): void {
    for (const [uid, { heldVersion }] of this.differences)
      if (this.held.get(uid)?.resourceVersion !== heldVersion) this.differences.delete(uid);
  }
}
