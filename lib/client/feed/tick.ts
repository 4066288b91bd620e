'use client';

import { useCallback, useSyncExternalStore } from 'react';
import { apiServerNowMs } from './fleet-feed';
import { useFirstPaint } from './fleet-meta';

const TICK_MS = 1000;
/** A clock that differs this much from the last tick was set. */
const JUMP_MS = 5000;

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let tickedAtMs: number | undefined;

function tick(): void {
  tickedAtMs = apiServerNowMs();
  for (const listener of listeners) listener();
}

/**
 * Subscribes to the page's one clock. All ages share it, so they change together and one timer serves thousands of
 * rows. It stops without subscribers.
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
 * Returns the API server's time as of the last tick, in milliseconds since the epoch. It doesn't move between ticks,
 * as React requires of values that are read while rendering.
 */
export function tickNowMs(): number {
  tickedAtMs ??= apiServerNowMs();
  return tickedAtMs;
}

/**
 * Moves the tick to the API server's present time if that clock was set since. The frame that sets it also brings the
 * data that belong to it, which must not be judged on the earlier clock. Listeners follow at the next tick.
 */
export function followClock(): void {
  const nowMs = apiServerNowMs();
  if (tickedAtMs !== undefined && Math.abs(nowMs - tickedAtMs) > JUMP_MS) tickedAtMs = nowMs;
}

/**
 * Derives a value from the ticking clock. The component renders again only when `read` returns another value, so a
 * text that changes once a minute costs one render a minute.
 *
 * @param read maps the API server's time (milliseconds since the epoch) to a primitive; on the server and during
 * hydration it gets the time when the server rendered
 */
export function useTick<T extends string | number | boolean | null>(read: (nowMs: number) => T): T {
  const { serverTime } = useFirstPaint();
  const live = useCallback(() => read(tickNowMs()), [read]);
  const atFirstPaint = useCallback(() => read(Date.parse(serverTime)), [read, serverTime]);
  return useSyncExternalStore(subscribeTick, live, atFirstPaint);
}

/**
 * Returns the whole seconds since the server rendered the page; stays 0 while not `running`, so nothing renders for
 * it.
 */
export function useSecondsSinceFirstPaint(running: boolean): number {
  const renderedAtMs = Date.parse(useFirstPaint().serverTime);
  return useTick(
    useCallback(
      (nowMs: number) => (running ? Math.max(0, Math.floor((nowMs - renderedAtMs) / 1000)) : 0),
      [running, renderedAtMs],
    ),
  );
}
