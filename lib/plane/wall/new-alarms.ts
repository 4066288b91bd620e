import { type AttentionState, attentionOf, compareAttention, isAlarm } from '@/lib/plane/health/attention';
import type { BoardPlane } from './board';

/** Somebody who comes by within this has the chance to see that it is new. */
const NEW_FOR_MS = 120_000;

/**
 * Remembers which trouble is new: a plane that came into an alarming state, or a worse one, while the wall was shown.
 * It knows the planes of the last frame and no others, so it does not grow.
 */
export class NewAlarms {
  private states: ReadonlyMap<string, AttentionState> | null = null;
  private readonly since = new Map<string, number>();

  /**
   * Takes over how the planes stand. What the first call tells is nothing new; a plane whose maintenance is over is.
   *
   * @param nowMs any clock that goes on
   * @param serverNowMs the API server's clock, at which maintenance ends
   */
  apply(
    planes: readonly Pick<BoardPlane, 'uid' | 'health' | 'maintenance'>[],
    nowMs: number,
    serverNowMs: number,
  ): void {
    const before = this.states;
    const states = new Map(
      planes.map((plane) => [plane.uid, attentionOf(plane, plane.health.state, serverNowMs)]),
    );
    this.states = states;
    for (const uid of [...this.since.keys()]) {
      const state = states.get(uid);
      if (state === undefined || !isAlarm(state)) this.since.delete(uid);
    }
    if (before === null) return;
    for (const [uid, state] of states) {
      const was = before.get(uid);
      const worse = was === undefined || compareAttention(state, was) < 0;
      if (isAlarm(state) && worse) this.since.set(uid, nowMs);
    }
  }

  /** Somebody is at the screen, so no alarm is new any more. */
  acknowledge(): void {
    this.since.clear();
  }

  /** The planes whose trouble is new and has not been seen. */
  uids(nowMs: number): ReadonlySet<string> {
    for (const [uid, atMs] of [...this.since]) if (nowMs - atMs > NEW_FOR_MS) this.since.delete(uid);
    return new Set(this.since.keys());
  }
}
