import 'server-only';
import {
  type ChangeSet,
  type EncodedPlane,
  type SentPlane,
  sentPlane,
} from '@/lib/server/fleet/change-publisher';

const NONE: ChangeSet['derived'] = new Map();
const MAX_SETS = 4096;
/** Changed planes, over all change sets. At 10,000 planes with a heartbeat every minute, they cover ten minutes. */
const MAX_CHANGES = 100_000;

/** Returns a plane as readers have it after the last change set; null if they don't. */
type Encode = (uid: string, change: 'full' | 'heartbeat') => EncodedPlane | null;

/** A change set without its planes' content: of each, readers only ever need the newest. */
interface Noted extends Pick<ChangeSet, 'revision' | 'apiServer' | 'sources' | 'incidents' | 'controlPlane'> {
  /** The uids of the changed planes. */
  readonly full: readonly string[];
  /** The uids of those in which only the heartbeat differs. */
  readonly heartbeats: readonly string[];
  readonly deletes: readonly SentPlane[];
}

/** The newest change sets, which let a reader that was briefly away catch up without the whole fleet. */
export class ChangeRing {
  private sets: Noted[] = [];
  private size = 0;

  constructor(private readonly encode: Encode) {}

  push({ revision, upserts, deletes, apiServer, sources, incidents, controlPlane }: ChangeSet): void {
    const uidsOf = (isHeartbeat: boolean) =>
      upserts.flatMap(({ uid, heartbeatJson }) =>
        (heartbeatJson !== undefined) === isHeartbeat ? [uid] : [],
      );
    const noted: Noted = {
      revision,
      full: uidsOf(false),
      heartbeats: uidsOf(true),
      deletes: deletes.map(sentPlane),
      apiServer,
      sources,
      incidents,
      controlPlane,
    };
    this.sets.push(noted);
    this.size += sizeOf(noted);
    while (this.sets.length > MAX_SETS || (this.size > MAX_CHANGES && this.sets.length > 0)) {
      const oldest = this.sets.shift();
      this.size -= oldest ? sizeOf(oldest) : 0;
    }
  }

  /**
   * Returns everything after a revision as one change set with the newest state of each plane, or null when it is no
   * longer known.
   *
   * @param current the ring's revision
   */
  since(revision: number, current: number): ChangeSet | null {
    if (revision > current || revision < 0) return null;
    const missed = this.sets.filter((set) => set.revision > revision);
    if (missed.length !== current - revision) return null;
    const changes = new Map<string, 'full' | 'heartbeat'>();
    const deletes = new Map<string, SentPlane>();
    for (const set of missed) {
      for (const removed of set.deletes) {
        changes.delete(removed.uid);
        deletes.set(removed.uid, removed);
      }
      for (const uid of [...set.full, ...set.heartbeats]) deletes.delete(uid);
      for (const uid of set.full) changes.set(uid, 'full');
      // A heartbeat merged with a full change is a full change.
      for (const uid of set.heartbeats) if (!changes.has(uid)) changes.set(uid, 'heartbeat');
    }
    return {
      revision: current,
      derived: NONE,
      upserts: [...changes].flatMap(([uid, change]) => this.encode(uid, change) ?? []),
      deletes: [...deletes.values()],
      apiServer: missed.findLast((set) => set.apiServer)?.apiServer,
      sources: missed.findLast((set) => set.sources)?.sources,
      incidents: missed.findLast((set) => set.incidents)?.incidents,
      controlPlane: missed.findLast((set) => set.controlPlane)?.controlPlane,
    };
  }
}

function sizeOf({ full, heartbeats, deletes }: Noted): number {
  return full.length + heartbeats.length + deletes.length;
}
