import 'server-only';
import { SPREAD_MS } from '@/lib/plane/time/slewed-clock';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';

/** The moment of a contact with the API server, kept on the monotonic clock because the API server's own may be set. */
export class ContactTime {
  private readonly atMs = monotonicMs();
  private toldMs: number | null = null;

  /** Milliseconds since the contact. */
  ageMs(): number {
    return monotonicMs() - this.atMs;
  }

  /**
   * Returns the contact's time on the API server's clock, in milliseconds since the epoch. It stays the same while the
   * estimate of that clock only improves, which it does for some seconds after a slow answer: a page that names the last
   * contact must not name another one later. A larger correction than that clock spreads means that it was set.
   *
   * @param nowMs the API server's clock
   */
  toldAtMs(nowMs: number): number {
    const atMs = nowMs - this.ageMs();
    if (this.toldMs === null || Math.abs(atMs - this.toldMs) > SPREAD_MS) this.toldMs = atMs;
    return this.toldMs;
  }
}
