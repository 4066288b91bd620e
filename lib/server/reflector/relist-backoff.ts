import 'server-only';
import { paced } from '@/lib/plane/time/pace';

const FIRST_DELAY_MS = 5000;
/** Less than the age at which contact counts as lost, so a path that delivers no events still brings current lists. */
const LONGEST_DELAY_MS = 30_000;
/** A watch that missed nothing for this long starts over. */
const FORGET_MS = 300_000;

/** Growing pauses between lists because a watch missed changes: the first list is at once. */
export class RelistBackoff {
  private relists = 0;
  private lastAtMs = Number.NEGATIVE_INFINITY;

  /** @param nowMs a monotonic clock */
  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  /** Returns the pause before the next list in milliseconds. */
  next(): number {
    const nowMs = this.nowMs();
    if (nowMs - this.lastAtMs > paced(FORGET_MS)) this.relists = 0;
    this.lastAtMs = nowMs;
    const pauseMs =
      this.relists === 0 ? 0 : Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (this.relists - 1));
    this.relists = Math.min(this.relists + 1, 20);
    return paced(pauseMs);
  }
}
