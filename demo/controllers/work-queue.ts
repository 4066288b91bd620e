/** Runs one job per key at a time, with bounded concurrency. A key that is added while its job runs, runs again. */
export class WorkQueue {
  private readonly waiting = new Set<string>();
  private readonly running = new Set<string>();
  private readonly timers = new Map<string, { at: number; timer: NodeJS.Timeout }>();
  private readonly idleWaiters: (() => void)[] = [];
  private closed = false;

  constructor(
    private readonly work: (key: string) => Promise<void>,
    private readonly concurrency: number,
  ) {}

  /** Queues a key to run as soon as a slot is free. */
  add(key: string): void {
    if (this.closed) return;
    this.waiting.add(key);
    this.pump();
  }

  /** Queues a key after a delay. If it is already scheduled, the earlier time wins. */
  addAfter(key: string, delayMs: number): void {
    if (this.closed) return;
    const at = performance.now() + delayMs;
    const planned = this.timers.get(key);
    if (planned && planned.at <= at) return;
    if (planned) clearTimeout(planned.timer);
    const timer = setTimeout(() => {
      this.timers.delete(key);
      this.add(key);
    }, delayMs);
    this.timers.set(key, { at, timer });
  }

  forget(key: string): void {
    this.waiting.delete(key);
    const planned = this.timers.get(key);
    if (planned) clearTimeout(planned.timer);
    this.timers.delete(key);
  }

  /** Resolves when no job runs or is queued. Jobs scheduled for later don't count. */
  async idle(): Promise<void> {
    if (this.waiting.size + this.running.size === 0) return;
    await new Promise<void>((resolve) => this.idleWaiters.push(resolve));
  }

  /** Accepts no more keys. Resolves when the running jobs have ended. */
  async close(): Promise<void> {
    this.closed = true;
    this.waiting.clear();
    for (const { timer } of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    await this.idle();
  }

  private pump(): void {
    for (const key of this.waiting) {
      if (this.running.size >= this.concurrency) return;
      if (this.running.has(key)) continue;
      this.waiting.delete(key);
      this.running.add(key);
      void this.work(key).finally(() => {
        this.running.delete(key);
        this.pump();
        if (this.waiting.size + this.running.size === 0)
          for (const wake of this.idleWaiters.splice(0)) wake();
      });
    }
  }
}
