import 'server-only';
import { paced } from '@/lib/plane/time/pace';

/** The API server gets at most two checks a second, unless the fleet has more watches than that allows to prove. */
const SPACING_MS = 500;
/** Each of the fleet's watches is checked within this time: those that prove nothing for twice as long don't count as live. */
const FLEET_ROUND_MS = 10_000;

/** A watch that a checker checks. */
export interface CheckedWatch {
  /** Whether the watch is open. A broken one proves nothing, and isn't checked. */
  readonly isOpen: boolean;
  /** How long after the beginning of a check the next one is due, in milliseconds. */
  readonly checkPeriodMs: number;
  /** Sends one request. Never rejects. */
  readonly check: () => Promise<void>;
}

/** Whose checks come first when there are more than the budget allows. */
export type CheckPriority = 'fleet' | 'page';

interface Entry {
  readonly watch: CheckedWatch;
  readonly priority: CheckPriority;
  dueAtMs: number;
  isRunning: boolean;
}

/** Checks all watches of the process in turn, within one budget of requests. */
export class WatchChecker {
  private readonly entries = new Set<Entry>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private startedAtMs = Number.NEGATIVE_INFINITY;

  /**
   * Checks a watch from now on. `soon` requests a check as soon as the budget allows, such as when the watch has opened.
   */
  add(
    watch: CheckedWatch,
    priority: CheckPriority,
  ): { readonly soon: () => void; readonly stop: () => void } {
    const entry: Entry = {
      watch,
      priority,
      dueAtMs: performance.now() + watch.checkPeriodMs,
      isRunning: false,
    };
    this.entries.add(entry);
    this.schedule();
    return {
      soon: () => {
        entry.dueAtMs = performance.now();
        this.schedule();
      },
      stop: () => {
        this.entries.delete(entry);
        this.schedule();
      },
    };
  }

  stop(): void {
    this.entries.clear();
    clearTimeout(this.timer);
  }

  private schedule(): void {
    clearTimeout(this.timer);
    const waiting = [...this.entries].filter(({ isRunning }) => !isRunning);
    if (waiting.length === 0) return;
    const dueAtMs = Math.min(...waiting.map((entry) => entry.dueAtMs));
    const nextAtMs = Math.max(dueAtMs, this.startedAtMs + this.spacingMs());
    this.timer = setTimeout(() => this.checkNext(), Math.max(0, Math.ceil(nextAtMs - performance.now())));
  }

  /** How long after the beginning of a check the next one may begin, in milliseconds. */
  private spacingMs(): number {
    let fleetSize = 0;
    for (const { priority } of this.entries) if (priority === 'fleet') fleetSize += 1;
    return paced(Math.min(SPACING_MS, FLEET_ROUND_MS / fleetSize));
  }

  private checkNext(): void {
    const nowMs = performance.now();
    const due = [...this.entries].filter(({ isRunning, dueAtMs }) => !isRunning && dueAtMs <= nowMs);
    const open: Entry[] = [];
    for (const entry of due) {
      if (entry.watch.isOpen) open.push(entry);
      else entry.dueAtMs = nowMs + entry.watch.checkPeriodMs;
    }
    const [first] = open.toSorted(
      (a, b) => Number(a.priority === 'page') - Number(b.priority === 'page') || a.dueAtMs - b.dueAtMs,
    );
    if (first) void this.run(first, nowMs);
    this.schedule();
  }

  private async run(entry: Entry, nowMs: number): Promise<void> {
    this.startedAtMs = nowMs;
    entry.isRunning = true;
    entry.dueAtMs = nowMs + entry.watch.checkPeriodMs;
    await entry.watch.check();
    entry.isRunning = false;
    this.schedule();
  }
}
