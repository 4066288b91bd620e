const EAGER_MS = 5 * 60_000;

/**
 * How long to wait before a plane is touched again so that its controller looks at once: every 15 s while somebody
 * stands before the page, and every minute once they evidently do something else meanwhile.
 *
 * @param elapsedMs since the first touch
 */
export function refreshPauseMs(elapsedMs: number): number {
  return elapsedMs < EAGER_MS ? 15_000 : 60_000;
}
