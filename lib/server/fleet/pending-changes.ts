import 'server-only';
import type { SentPlane } from './change-publisher';

/** Changes that readers have not been sent yet. */
export interface TakenChanges {
  /** Planes whose health must be derived. */
  readonly uids: readonly string[];
  readonly deletes: readonly SentPlane[];
  readonly sources: boolean;
  readonly apiServer: boolean;
}

/** What has changed in the fleet since the last change set. */
export class PendingChanges {
  private readonly changed = new Set<string>();
  /** Planes in which only the heartbeat changed. They are sent once a second, so they delay no other change. */
  private readonly heartbeats = new Set<string>();
  private readonly removed = new Map<string, SentPlane>();
  private sources = false;
  private apiServer = false;

  /** @param schedule requests the next change set; heartbeats alone don't call it */
  constructor(private readonly schedule: () => void) {}

  addPlanes(uids: Iterable<string>): void {
    for (const uid of uids) this.changed.add(uid);
    if (this.changed.size > 0) this.schedule();
  }

  addHeartbeat(uid: string): void {
    this.heartbeats.add(uid);
  }

  addSources(): void {
    this.sources = true;
    this.schedule();
  }

  addApiServer(): void {
    this.apiServer = true;
    this.schedule();
  }

  /**
   * Records that a plane has left the store.
   *
   * @param sent the plane as readers know it; null: they don't know it
   */
  addRemoved(uid: string, sent: SentPlane | null): void {
    this.changed.delete(uid);
    this.heartbeats.delete(uid);
    if (sent) this.removed.set(uid, sent);
    this.schedule();
  }

  /** Cancels the removal of a plane that is back before readers were sent it. */
  cancelRemoved(uid: string): void {
    this.removed.delete(uid);
  }

  /** Includes the heartbeats in the next change set. */
  includeHeartbeats(): void {
    for (const uid of this.heartbeats) this.changed.add(uid);
    this.heartbeats.clear();
  }

  /** Returns all pending changes and clears them; heartbeats only after `includeHeartbeats`. */
  take(): TakenChanges {
    const taken = {
      uids: [...this.changed],
      deletes: [...this.removed.values()],
      sources: this.sources,
      apiServer: this.apiServer,
    };
    this.changed.clear();
    this.removed.clear();
    this.sources = false;
    this.apiServer = false;
    return taken;
  }
}
