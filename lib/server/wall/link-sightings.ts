import 'server-only';

/** Far more than there may be links. Only links that were revoked elsewhere stay without a use. */
const MAX_LINKS = 1000;

/**
 * When a screen with each link was last connected to this process. Kept in memory: it says nothing about other replicas
 * or earlier starts.
 */
export class LinkSightings {
  private readonly seenAtMs = new Map<string, number>();

  /** @param nowMs the API server's clock, milliseconds since the epoch */
  constructor(private readonly nowMs: () => number) {}

  /** Notes that a screen with this link is connected now. */
  note(linkId: string): void {
    // The latest is last, so the first is the one that was seen the longest ago.
    this.seenAtMs.delete(linkId);
    this.seenAtMs.set(linkId, this.nowMs());
    const [oldest] = this.seenAtMs.keys();
    if (this.seenAtMs.size > MAX_LINKS && oldest !== undefined) this.seenAtMs.delete(oldest);
  }

  /** Forgets a revoked link. */
  forget(linkId: string): void {
    this.seenAtMs.delete(linkId);
  }

  /** Returns when a screen with this link was last connected, RFC 3339; null: never since this process started. */
  seenAt(linkId: string): string | null {
    const atMs = this.seenAtMs.get(linkId);
    return atMs === undefined ? null : new Date(atMs).toISOString();
  }
}
