import 'server-only';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';

/** A clock whose estimate improves moves by less than this. One that moves further was set. */
const IMPROVED_MS = 1000;

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
   * estimate of that clock only improves: a page that names the last contact must not name another one later.
   *
   * @param nowMs the API server's clock
   */
  toldAtMs(nowMs: number): number {
    const atMs = nowMs - this.ageMs();
    if (this.toldMs === null || Math.abs(atMs - this.toldMs) > IMPROVED_MS) this.toldMs = atMs;
    return this.toldMs;
  }
}
