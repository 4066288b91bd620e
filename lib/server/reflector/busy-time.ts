import 'server-only';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Requests wait no longer than about twice this for work in many small steps. */
const MAX_BUSY_MS = 20;

/** Lets a loop over many objects give way to requests whenever it has run for a while. */
export class BusyTime {
  private sinceMs: number;

  constructor(private readonly nowMs: () => number = () => performance.now()) {
    this.sinceMs = nowMs();
  }

  /** Returns whether the loop has run long enough and must await `giveWay` before the next step. */
  get isOver(): boolean {
    return this.nowMs() - this.sinceMs >= MAX_BUSY_MS;
  }

  async giveWay(): Promise<void> {
    await nextTurn();
    this.sinceMs = this.nowMs();
  }
}
