import { apiServerNowMs } from './fleet-feed';

const TICK_MS = 1000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let tickedAtMs: number | undefined;

function tick(): void {
  tickedAtMs = apiServerNowMs();
  for (const listener of listeners) listener();
}

/**
 * The one clock of the page: every age subscribes to it, so that all of them move together and one timer serves
 * thousands of rows. It stops when nobody listens.
 */
export function subscribeTick(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    tickedAtMs = apiServerNowMs();
    timer = setInterval(tick, TICK_MS);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
      tickedAtMs = undefined;
    }
  };
}

/**
 * The API server's clock as of the last tick, milliseconds since the epoch. It stands still between ticks, as React
 * demands of what it reads while rendering.
 */
export function tickNowMs(): number {
  tickedAtMs ??= apiServerNowMs();
  return tickedAtMs;
}
