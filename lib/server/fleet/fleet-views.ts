import 'server-only';
import { SECOND_MS } from '@/lib/plane/time/duration';
import type { View } from '@/lib/server/rights/view';
import type { ChangeSet } from './change-publisher';
import { ViewedFleet, type ViewedFleetOptions } from './viewed-fleet';

/** How long a view is kept without a use, so that a page that reloads finds what it has missed. */
const KEEP_MS = 60 * SECOND_MS;

interface KeptView {
  readonly viewed: ViewedFleet;
  usedAtMs: number;
}

/** The views that are in use. Each of them takes in every change set. */
export class FleetViews {
  private readonly views = new Map<string, KeptView>();

  constructor(private readonly options: Omit<ViewedFleetOptions, 'view'>) {}

  get size(): number {
    return this.views.size;
  }

  /** Returns the fleet as those with this view see it, the same object for equal views. */
  of(view: View): ViewedFleet {
    const usedAtMs = performance.now();
    const known = this.views.get(view.key);
    if (known) {
      known.usedAtMs = usedAtMs;
      return known.viewed;
    }
    const viewed = new ViewedFleet({ ...this.options, view });
    this.views.set(view.key, { viewed, usedAtMs });
    return viewed;
  }

  take(changes: ChangeSet): void {
    for (const { viewed } of this.views.values()) viewed.take(changes);
  }

  /** Returns the planes whose health in any view was due to change by now. */
  dueUids(atMs: number): string[] {
    return [...this.views.values()].flatMap(({ viewed }) => viewed.dueUids(atMs));
  }

  /** Forgets the views that nobody has used for a while. */
  forgetUnused(): void {
    const nowMs = performance.now();
    for (const [key, kept] of this.views) {
      if (kept.viewed.hasListeners) kept.usedAtMs = nowMs;
      else if (nowMs - kept.usedAtMs > KEEP_MS) this.views.delete(key);
    }
  }
}
