import 'server-only';
import type { ChangeSet } from '@/lib/server/fleet/change-publisher';
import type { ViewedFleet } from '@/lib/server/fleet/viewed-fleet';
import { ChangeRing } from './change-ring';

/** The changes of one view, as long as anybody reads it, and what a reader that was briefly away has missed of them. */
export class ViewFeed {
  private readonly ring: ChangeRing;
  private readonly unsubscribe: () => void;
  /** When it last had a reader, on the monotonic clock. */
  usedAtMs = performance.now();

  /** @param onChanges called with each change set, after it can be missed */
  constructor(
    readonly viewed: ViewedFleet,
    onChanges: (changes: ChangeSet) => void,
  ) {
    this.ring = new ChangeRing((uid, change) => viewed.encoded(uid, change));
    this.unsubscribe = viewed.subscribe((changes) => {
      this.ring.push(changes);
      onChanges(changes);
    });
  }

  /** Returns everything after a revision as one change set; null if it is no longer known. */
  since(revision: number, current: number): ChangeSet | null {
    return this.ring.since(revision, current);
  }

  end(): void {
    this.unsubscribe();
  }
}
