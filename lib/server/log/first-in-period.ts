import 'server-only';

/** What was logged of one key. */
interface Logged {
  readonly atMs: number;
  repeats: number;
}

/** Tells what was already logged within a period, so that what repeats all the time doesn't fill the log. */
export class FirstInPeriod {
  private readonly logged = new Map<string, Logged>();

  /** @param maxKeys the oldest are forgotten first, and then count as new */
  constructor(
    private readonly periodMs: number,
    private readonly maxKeys = 10_000,
  ) {}

  /**
   * Returns how often the key came since it was last logged, if it is to be logged now: 0 for the first time; null if it
   * was logged within the period.
   *
   * @param nowMs on a clock that doesn't go back
   */
  take(key: string, nowMs: number): number | null {
    const before = this.logged.get(key);
    if (before && nowMs - before.atMs < this.periodMs) {
      before.repeats += 1;
      return null;
    }
    this.logged.delete(key);
    this.logged.set(key, { atMs: nowMs, repeats: 0 });
    const [oldest] = this.logged.keys();
    if (this.logged.size > this.maxKeys && oldest !== undefined) this.logged.delete(oldest);
    return before?.repeats ?? 0;
  }
}
