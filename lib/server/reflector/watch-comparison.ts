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
  readonly atMs: number;
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
    this.removed.add(uid);
  }

  /** Forgets what differs: the watch was broken, and delivers what it missed when it's open again. */
  forgetDifferences(): void {
    this.differences.clear();
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
    // A map keeps the order of insertion, so the first difference is the oldest.
    const [oldest] = this.differences.values();
    return oldest?.atMs ?? null;
  }

  private note(uid: string, held: Held | undefined): void {
    if ((held && held.sinceMs >= this.readAtMs) || this.differences.has(uid)) return;
    this.differences.set(uid, { heldVersion: held?.resourceVersion, atMs: this.nowMs() });
  }

  /** Drops the differences of objects that the watch has reported on since: it is alive. */
  private settle(): void {
    for (const [uid, { heldVersion }] of this.differences)
      if (this.held.get(uid)?.resourceVersion !== heldVersion) this.differences.delete(uid);
  }
}
