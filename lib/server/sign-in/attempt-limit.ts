import 'server-only';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import { processSlot } from '@/lib/server/process/process-slot';

/** How many attempts are possible at once, and how many more per second. */
interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

/** People at one proxy or gateway share an address. Successful attempts don't count. */
const PER_SOURCE: Rate = { burst: 20, perSecond: 1 / 6 };
const IN_ALL: Rate = { burst: 200, perSecond: 5 };
const MAX_SOURCES = 10_000;

interface Bucket {
  readonly left: number;
  readonly atMs: number;
}

/** Limits attempts to sign in, for each source address and for all together. */
export class AttemptLimit {
  private readonly sources = new Map<string, Bucket>();
  private all: Bucket | undefined;

  /**
   * Takes one attempt of a source.
   *
   * @returns 0 if it may be made, or the seconds until the next one may
   */
  take(source: string, nowMs: number): number {
    const ofSource = filled(this.sources.get(source), PER_SOURCE, nowMs);
    const ofAll = filled(this.all, IN_ALL, nowMs);
    const waitSeconds = Math.max(waitOf(ofSource, PER_SOURCE), waitOf(ofAll, IN_ALL));
    if (waitSeconds > 0) return waitSeconds;
    this.keep(source, { ...ofSource, left: ofSource.left - 1 });
    this.all = { ...ofAll, left: ofAll.left - 1 };
    return 0;
  }

  /** Gives an attempt back, because it succeeded. */
  giveBack(source: string, nowMs: number): void {
    const ofSource = filled(this.sources.get(source), PER_SOURCE, nowMs);
    const ofAll = filled(this.all, IN_ALL, nowMs);
    this.keep(source, { ...ofSource, left: Math.min(PER_SOURCE.burst, ofSource.left + 1) });
    this.all = { ...ofAll, left: Math.min(IN_ALL.burst, ofAll.left + 1) };
  }

  /** The least recently used source is forgotten first; the limit for all still counts its attempts. */
  private keep(source: string, bucket: Bucket): void {
    this.sources.delete(source);
    this.sources.set(source, bucket);
    const [oldest] = this.sources.keys();
    if (this.sources.size > MAX_SOURCES && oldest !== undefined) this.sources.delete(oldest);
  }
}

/** The limit of this process. */
export function attemptLimit(): AttemptLimit {
  return processSlot('sign-in-attempts', () => new AttemptLimit());
}

/** Returns the present time for `AttemptLimit`, in milliseconds. */
export function attemptTimeMs(): number {
  return monotonicMs();
}

function filled(bucket: Bucket | undefined, { burst, perSecond }: Rate, nowMs: number): Bucket {
  if (!bucket) return { left: burst, atMs: nowMs };
  const gained = (Math.max(0, nowMs - bucket.atMs) / 1000) * perSecond;
  return { left: Math.min(burst, bucket.left + gained), atMs: nowMs };
}

function waitOf({ left }: Bucket, { perSecond }: Rate): number {
  return left >= 1 ? 0 : Math.ceil((1 - left) / perSecond);
}
