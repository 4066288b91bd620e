/** The intervals of the gateway, the agents and the controllers, all in milliseconds. */
export interface Timing {
  /** The divisor of the real intervals. */
  readonly speed: number;
  /** The gateway pings each agent this often. */
  readonly pingMs: number;
  /** An agent that has not answered for this long is dropped. */
  readonly dropAfterMs: number;
  /** An agent that lost its connection reconnects after this. */
  readonly reconnectMs: number;
  /** Each controller copies the gateway's view this often. */
  readonly copyMs: number;
  /** A changed resource is reconciled after this. */
  readonly changeMs: number;
  /** A waiting deletion is retried after this. */
  readonly retryMs: number;
}

/**
 * Divides the real intervals by a speed: pings every 30 s, drop 90 s after the last answer, reconnect after 5 s,
 * copies every 60 s. Changes are reconciled within 500 ms and deletions retried within 5 s at any speed.
 */
export function timingOf(speed: number): Timing {
  return {
    speed,
    pingMs: 30_000 / speed,
    dropAfterMs: 90_000 / speed,
    reconnectMs: 5_000 / speed,
    copyMs: 60_000 / speed,
    changeMs: Math.min(500, 5_000 / speed),
    retryMs: Math.min(5_000, 60_000 / speed),
  };
}
