/** The intervals of the gateway, the agents and the controllers, all in milliseconds. */
export interface Timing {
  /** By which the real times were divided. */
  readonly speed: number;
  /** The gateway pings each agent this often. */
  readonly pingMs: number;
  /** An agent that has not answered for this long is dropped. */
  readonly dropAfterMs: number;
  /** An agent that lost its connection comes back after this. */
  readonly reconnectMs: number;
  /** Each controller copies the gateway's view this often. */
  readonly copyMs: number;
  /** A changed resource is reconciled after this. */
  readonly changeMs: number;
  /** A deletion that has to wait is tried again after this. */
  readonly retryMs: number;
}

/**
 * The real intervals (pings each 30 s, dropped 90 s after the last answer, back after 5 s, copies each 60 s), divided by a
 * speed. What happens at once stays as it is.
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
