import type { RawFrame } from './feed-frame';
import { type FeedSource, ownFeed } from './feed-source';
import { FleetMirror } from './fleet-mirror';
import type { FleetState } from './fleet-state';
import { monotonicMs } from './monotonic-clock';
import { onWake } from './page-stream';
import { sharedFeed } from './shared-feed';

const mirror = new FleetMirror();
const listeners = new Set<() => void>();
let stop: (() => void) | undefined;

function notify(): void {
  for (const listener of listeners) listener();
}

function lose(): void {
  if (mirror.state.status === 'lost') return;
  mirror.lose();
  notify();
}

function start(): () => void {
  let source: FeedSource | null = null;
  const handlers = {
    onFrame: (frame: RawFrame, ageMs: number) => {
      const used = mirror.apply(frame, monotonicMs() - ageMs);
      notify();
      return used;
    },
    onLost: lose,
  };
  source = sharedFeed(handlers, () => {
    source = ownFeed(handlers);
  });
  source ??= ownFeed(handlers);
  const stopWaking = onWake(() => source?.wake());
  return () => {
    stopWaking();
    source?.close();
  };
}

/** Calls the listener after every frame. The stream runs while there are listeners. */
export function subscribeFleet(listener: () => void): () => void {
  listeners.add(listener);
  stop ??= start();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stop?.();
    stop = undefined;
  };
}

/** The fleet as the last frame left it. */
export function getFleetState(): FleetState {
  return mirror.state;
}

/** Sets the clock to the time at which the server rendered the page, until the first frame brings a better one. */
export function seedServerClock(serverTime: string): void {
  mirror.clock.seed(serverTime);
}

/**
 * The API server's clock, milliseconds since the epoch. Before the first frame it runs from the time at which the page was
 * rendered, and only without that it is the browser's own.
 */
export function apiServerNowMs(): number {
  return mirror.clock.nowMs();
}

/** How long ago the stream's last frame came, milliseconds; null: none yet. */
export function frameAgeMs(): number | null {
  const { lastFrameAtMs } = mirror.state;
  return lastFrameAtMs === null ? null : monotonicMs() - lastFrameAtMs;
}

/**
 * Last contact with Planeboard's server, on the API server's clock, milliseconds since the epoch.
 *
 * @param renderedAtMs when it rendered the page: the last contact until the first frame
 */
export function serverContactAtMs(renderedAtMs: number): number {
  const ageMs = frameAgeMs();
  return ageMs === null ? renderedAtMs : apiServerNowMs() - ageMs;
}
