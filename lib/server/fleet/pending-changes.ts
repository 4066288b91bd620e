import 'server-only';
import type { PlaneScope } from '@/lib/server/rights/visible-planes';

/** What readers have not been sent yet. */
export interface TakenChanges {
  /** Of planes whose health is to be derived. */
  readonly uids: readonly string[];
  readonly deletes: readonly PlaneScope[];
  readonly sources: boolean;
  readonly apiServer: boolean;
}

/** What has changed in the fleet since the last change set. */
export class PendingChanges {
  private readonly changed = new Set<string>();
  /** Planes of which only the heartbeat moved: sent once a second, so that they delay no other change. */
  private readonly heartbeats = new Set<string>();
  private readonly removed = new Map<string, PlaneScope>();
  private sources = false;
  private apiServer = false;

  /** @param schedule asks for the next change set; heartbeats alone don't */
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

  /** A plane has left the store. @param sent the scope that readers know it in; null: they don't know it */
  addRemoved(uid: string, sent: PlaneScope | null): void {
    this.changed.delete(uid);
    this.heartbeats.delete(uid);
    if (sent) this.removed.set(uid, sent);
    this.schedule();
  }

  /** A plane that had left is back before readers were told. */
  cancelRemoved(uid: string): void {
    this.removed.delete(uid);
  }

  /** Lets the next change set carry the heartbeats too. */
  includeHeartbeats(): void {
    for (const uid of this.heartbeats) this.changed.add(uid);
    this.heartbeats.clear();
  }

  /** All of it, which then no longer pends; heartbeats only where they are included. */
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
