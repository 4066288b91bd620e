import 'server-only';
import type { ChangeSet, EncodedPlane, SentPlane } from '@/lib/server/fleet/change-publisher';

const NONE: ChangeSet['derived'] = new Map();
const MAX_CHANGES = 4096;
/** Characters of JSON, which equal bytes for Latin text. */
const MAX_SIZE = 16 * 1024 * 1024;

/** The newest change sets, which let a reader that was briefly away catch up without the whole fleet. */
export class ChangeRing {
  private changes: { readonly set: ChangeSet; readonly size: number }[] = [];
  private size = 0;

  push(set: ChangeSet): void {
    const size = set.upserts.reduce((sum, plane) => sum + plane.json.length, 0);
    this.changes.push({ set: { ...set, derived: NONE }, size });
    this.size += size;
    while (this.changes.length > MAX_CHANGES || (this.size > MAX_SIZE && this.changes.length > 0)) {
      this.size -= this.changes.shift()?.size ?? 0;
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
    const missed = this.changes.map(({ set }) => set).filter((set) => set.revision > revision);
    if (missed.length !== current - revision) return null;
    const upserts = new Map<string, EncodedPlane>();
    const deletes = new Map<string, SentPlane>();
    for (const set of missed) {
      for (const removed of set.deletes) {
        upserts.delete(removed.uid);
        deletes.set(removed.uid, removed);
      }
      for (const plane of set.upserts) {
        deletes.delete(plane.uid);
        const earlier = upserts.get(plane.uid);
        // A heartbeat merged with a full change is a full change.
        const heartbeatJson =
          earlier && earlier.heartbeatJson === undefined ? undefined : plane.heartbeatJson;
        upserts.set(plane.uid, { ...plane, heartbeatJson });
      }
    }
    return {
      revision: current,
      derived: NONE,
      upserts: [...upserts.values()],
      deletes: [...deletes.values()],
      apiServer: missed.findLast((set) => set.apiServer)?.apiServer,
      sources: missed.findLast((set) => set.sources)?.sources,
      incidents: missed.findLast((set) => set.incidents)?.incidents,
      controlPlane: missed.findLast((set) => set.controlPlane)?.controlPlane,
    };
  }
}
