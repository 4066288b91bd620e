import 'server-only';

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
    this.seenAtMs.set(linkId, this.nowMs());
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
