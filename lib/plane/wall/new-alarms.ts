import { type AttentionState, attentionOf, compareAttention, isAlarm } from '@/lib/plane/health/attention';
import type { BoardPlane } from './board';

/** How long an alarm stays new, so people passing by can notice it. */
const NEW_FOR_MS = 120_000;

/**
 * Whether a heartbeat is late while gateway replicas report that don't know it. It happens now and then on a healthy
 * plane, and is no news until it's stale.
 */
function isLateByReplicas({ health: { reasons } }: Pick<BoardPlane, 'health'>): boolean {
  return reasons[0]?.code === 'heartbeat-late' && reasons.some(({ code }) => code === 'heartbeat-remembered');
}

/**
 * Tracks new alarms: planes that entered an alarming or a worse state while the wall was shown. Stores only the
 * planes of the last frame, so it doesn't grow.
 */
export class NewAlarms {
  private states: ReadonlyMap<string, AttentionState> | null = null;
  private readonly since = new Map<string, number>();

  /**
   * Updates the planes' states. Nothing in the first call is new. An alarm after the end of a maintenance is.
   *
   * @param nowMs any clock that never goes back
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
    const late = new Set(planes.filter(isLateByReplicas).map(({ uid }) => uid));
    for (const uid of [...this.since.keys()]) {
      const state = states.get(uid);
      if (state === undefined || !isAlarm(state)) this.since.delete(uid);
    }
    if (before === null) return;
    for (const [uid, state] of states) {
      const was = before.get(uid);
      const worse = was === undefined || compareAttention(state, was) < 0;
      if (isAlarm(state) && worse && !late.has(uid)) this.since.set(uid, nowMs);
    }
  }

  /** Acknowledges all alarms, because a person is at the screen. */
  acknowledge(): void {
    this.since.clear();
  }

  /** Returns the planes with a new alarm. */
  uids(nowMs: number): ReadonlySet<string> {
    for (const [uid, atMs] of [...this.since]) if (nowMs - atMs > NEW_FOR_MS) this.since.delete(uid);
    return new Set(this.since.keys());
  }
}
