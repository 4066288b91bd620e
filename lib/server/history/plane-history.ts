import 'server-only';
import type { HistoryEntry } from '@/lib/api/history';
import { coveringValue, scopeKey, type WatchScope } from '@/lib/plane/fleet/watch-scope';
import type { JudgedPlane } from '@/lib/plane/health/health';
import type { FieldWrite } from '@/lib/plane/history/field-writes';
import {
  changesBetween,
  deletedChange,
  firstSeenChange,
  type PlaneChange,
} from '@/lib/plane/history/plane-changes';
import { isOwnManager, type RecordedWrite, recordedWrite } from '@/lib/plane/history/recorded-write';
import { secretOf } from '@/lib/plane/history/traced-fields';
import { actionText, authorText, type OwnAction, writeText } from '@/lib/plane/history/write-text';
import type { Plane } from '@/lib/plane/model/plane';
import { type PlaneIdentity, planeKey } from '@/lib/plane/model/plane-path';

const MAX_OF_PLANE = 50;
/** An incident writes two entries for each of 10,000 planes. A full history takes 10 to 20 MB. */
const MAX_ENTRIES = 40_000;

/** Writes of this server that its watches haven't shown yet. They do within milliseconds. */
const MAX_UNSEEN_WRITES = 1000;

/** A change as it is kept. */
type RecordedChange = {
  /** On the API server's clock, as it is now. */
  atMs: number;
} & (
  | PlaneChange
  | { readonly action: OwnAction; readonly user: string | null }
  | { readonly resourceVersion: string; json: string }
);

type NamedPlane = PlaneIdentity & { readonly uid: string };

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
  /** By the scope that was listed. */
  private readonly sinceMs = new Map<string, number>();
  /** The users of this server's own writes, by the version that each created. */
  private readonly unseenWrites = new Map<string, string | null>();
  private count = 0;
  /** Whether some planes' histories were dropped as a whole: a plane without one may have had one. */
  private forgotten = false;

  constructor(
    private readonly maxOfPlane = MAX_OF_PLANE,
    private readonly maxEntries = MAX_ENTRIES,
  ) {}

  /**
   * Records that all planes of a kind were listed, or those in one namespace. From the first list on, nothing about them
   * is missed.
   */
  listed(scope: WatchScope, atMs: number): void {
    const key = scopeKey(scope);
    if (!this.sinceMs.has(key)) this.sinceMs.set(key, atMs);
  }

  /**
   * Records a new plane: one that was not in the first list.
   *
   * @param atMs on the API server's clock
   */
  appeared(plane: JudgedPlane, atMs: number): void {
    this.record(plane.plane, [{ ...firstSeenChange(plane), atMs }]);
  }

  /** Records how a plane differs from what was last sent to readers. */
  changed(before: JudgedPlane, after: JudgedPlane, atMs: number): void {
    const changes = changesBetween(before, after);
    this.record(
      after.plane,
      changes.map((change) => ({ ...change, atMs })),
    );
  }

  /**
   * Records who wrote which fields of a plane. A write that managedFields date is recorded with that time.
   *
   * @param atMs when this server saw it
   */
  written(before: JudgedPlane, after: Plane, writes: readonly FieldWrite[], atMs: number): void {
    const changes = writes.map((write) => {
      const writtenAtMs = write.by?.atMs ?? atMs;
      const recorded = this.withUser(recordedWrite(before, after, write));
      const { resourceVersion } = recorded;
      return { resourceVersion, json: JSON.stringify(recorded), atMs: Math.min(writtenAtMs, atMs) };
    });
    this.record(after, changes);
  }

  /**
   * Records that this server wrote a plane for a user, before or after its watch has shown the result.
   *
   * @param resourceVersion the version that the write created
   * @param user the API server's name for the user; null if it's unknown
   */
  wroteHere(plane: PlaneIdentity, resourceVersion: string, user: string | null): void {
    const changes = this.rings.get(planeKey(plane))?.changes ?? [];
    let isSeen = false;
    for (const change of changes) {
      if (!('json' in change) || change.resourceVersion !== resourceVersion) continue;
      change.json = JSON.stringify(withAuthor(writeOf(change), user));
      isSeen = true;
    }
    if (isSeen) return;
    this.unseenWrites.set(resourceVersion, user);
    const [oldest] = this.unseenWrites.keys();
    if (this.unseenWrites.size > MAX_UNSEEN_WRITES && oldest !== undefined) this.unseenWrites.delete(oldest);
  }

  /** Records that this server created or deleted a plane for a user. */
  actedHere(action: OwnAction, plane: NamedPlane, user: string | null, atMs: number): void {
    this.record(plane, [{ action, user, atMs }]);
  }

  /** Records that a plane was deleted, as opposed to no longer visible. */
  deleted(plane: Plane, atMs: number): void {
    this.record(plane, [{ ...deletedChange(), atMs }]);
  }

  /**
   * Forgets the planes of a kind that can no longer be seen, all or those in one namespace: what happens to them meanwhile
   * stays unknown.
   */
  forgetKind(scope: WatchScope): void {
    const ofScope = scopeKey(scope);
    for (const key of [...this.sinceMs.keys()])
      if (key === ofScope || key.startsWith(`${ofScope}/`)) this.sinceMs.delete(key);
    for (const [key, ring] of this.rings) if (key.startsWith(`${ofScope}/`)) this.drop(key, ring);
  }

  /**
   * Forgets everything, because all planes now come from another cluster: planes of the same name there are others.
   */
  clear(): void {
    this.rings.clear();
    this.sinceMs.clear();
    this.unseenWrites.clear();
    this.count = 0;
    this.forgotten = false;
  }

  /** Takes in that the clock was set: all times before were on another one. */
  shiftClock(byMs: number): void {
    for (const [key, sinceMs] of this.sinceMs) this.sinceMs.set(key, sinceMs + byMs);
    for (const { changes } of this.rings.values()) for (const change of changes) change.atMs += byMs;
  }

  /** @param viewer the API server's name for the reader, who is addressed as "you"; null if unknown */
  of(identity: PlaneIdentity, viewer: string | null = null): History {
    const ring = this.rings.get(planeKey(identity));
    const changes = ring?.changes ?? [];
    return {
      sinceMs: coveringValue(this.sinceMs, identity) ?? null,
      entries: entriesOf(changes, viewer).reverse(),
      truncated: ring?.truncated ?? this.forgotten,
      uid: ring?.uid ?? null,
    };
  }

  /** The number of entries of all planes, of which those of written fields count twice. */
  get size(): number {
    return this.count;
  }

  private withUser(write: RecordedWrite): RecordedWrite {
    const user = this.unseenWrites.get(write.resourceVersion);
    if (user === undefined) return write;
    return withAuthor(write, user);
  }

  /** Ignores changes before the kind's first list, because what was known then came from elsewhere. */
  private record(plane: NamedPlane, changes: readonly RecordedChange[]): void {
    if (changes.length === 0 || coveringValue(this.sinceMs, plane) === undefined) return;
    const key = planeKey(plane);
    const ring = this.rings.get(key) ?? { uid: plane.uid, changes: [], truncated: this.forgotten };
    ring.uid = plane.uid;
    ring.changes.push(...changes);
    for (const change of changes) this.count += weightOf(change);
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
    const dropped = ring.changes.shift();
    if (dropped) this.count -= weightOf(dropped);
    ring.truncated = true;
  }

  private drop(key: string, ring: Ring): void {
    for (const change of ring.changes) this.count -= weightOf(change);
    this.rings.delete(key);
  }
}

function withAuthor(write: RecordedWrite, user: string | null): RecordedWrite {
  return isOwnManager(write.author) ? { ...write, author: { ...write.author, user } } : write;
}

/** Written fields are kept as JSON, which takes less than half the memory of their objects. */
function writeOf({ json }: { readonly json: string }): RecordedWrite {
  return JSON.parse(json) as RecordedWrite;
}

/** A change of written fields takes about twice the memory of another one. */
function weightOf(change: RecordedChange): number {
  return 'json' in change ? 2 : 1;
}

function entriesOf(changes: readonly RecordedChange[], viewer: string | null): HistoryEntry[] {
  const writes = new Map<string, RecordedWrite>();
  return changes.map((change) => {
    const at = new Date(change.atMs).toISOString();
    if ('action' in change) {
      const { action, user } = change;
      const what = action === 'registered' ? 'first-seen' : 'deletion';
      return { at, what, text: actionText(action, user, viewer) };
    }
    if ('json' in change) {
      const write = withEarlierAuthor(writeOf(change), writes);
      writes.set(write.resourceVersion, write);
      return writeEntry(at, write, viewer);
    }
    const { what, text, health } = change;
    return { at, what, text, ...(health ? { health } : {}) };
  });
}

/** The user of a change that is taken back may have become known only after the change that took it back. */
function withEarlierAuthor(write: RecordedWrite, earlier: ReadonlyMap<string, RecordedWrite>): RecordedWrite {
  const author = write.takesBack && earlier.get(write.takesBack.resourceVersion)?.author;
  return author && write.takesBack ? { ...write, takesBack: { ...write.takesBack, author } } : write;
}

function writeEntry(at: string, write: RecordedWrite, viewer: string | null): HistoryEntry {
  const { subject, resourceVersion, author, fields, takesBack, planeID, wasConnected } = write;
  return {
    at,
    what: subject,
    text: writeText(write, viewer),
    write: {
      resourceVersion,
      by: fields.every(({ path }) => secretOf(path) !== null) ? null : authorText(author, viewer),
      fields: fields.map(({ path, change }) => ({ path: [...path], change })),
      ...(takesBack
        ? {
            takesBack: {
              resourceVersion: takesBack.resourceVersion,
              by: authorText(takesBack.author, viewer),
            },
          }
        : {}),
      ...(planeID ? { planeID } : {}),
      wasConnected,
    },
  };
}
