import { checkSession } from '@/lib/client/session/session-renewal';
import { getSessionState, subscribeSession } from '@/lib/client/session/session-store';
import type { Delivery } from './event-stream';
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
  // The end of the session may be the reason.
  if (!getSessionState().hasEnded) void checkSession();
}

function start(): () => void {
  let source: FeedSource | null = null;
  const handlers = {
    onFrame: (frame: RawFrame, ageMs: number) => {
      const isUsable = mirror.apply(frame, monotonicMs() - ageMs);
      notify();
      return isUsable;
    },
    onLost: lose,
    onRefused: (refusal: string) => {
      mirror.refuse(refusal);
      notify();
    },
    onDelivery: (delivery: Delivery) => {
      if (delivery === mirror.state.delivery) return;
      mirror.setDelivery(delivery);
      notify();
    },
  };
  const open = () => {
    source = sharedFeed(handlers, () => {
      source = ownFeed(handlers);
    });
    source ??= ownFeed(handlers);
  };
  const close = () => {
    source?.close();
    source = null;
  };
  open();
  const stopWaking = onWake(() => source?.wake());
  // After the end of the session, each attempt would be refused until the person has signed in again.
  const stopFollowing = subscribeSession(() => {
    const { hasEnded } = getSessionState();
    if (hasEnded && source) {
      close();
      lose();
    } else if (!hasEnded && !source) open();
  });
  return () => {
    stopFollowing();
    stopWaking();
    close();
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

/** Returns the fleet as of the last frame. */
export function getFleetState(): FleetState {
  return mirror.state;
}

/** Sets the clock to the time when the server rendered the page, until the first frame brings a better one. */
export function seedServerClock(serverTime: string): void {
  mirror.clock.seed(serverTime);
}

/**
 * Returns the API server's time in milliseconds since the epoch. Before the first frame it's based on the time when
 * the page was rendered; without that, it's the browser's own clock.
 */
export function apiServerNowMs(): number {
  return mirror.clock.nowMs();
}

/** Returns the milliseconds since the stream's last frame; null before the first. */
export function frameAgeMs(): number | null {
  const { lastFrameAtMs } = mirror.state;
  return lastFrameAtMs === null ? null : monotonicMs() - lastFrameAtMs;
}

/**
 * Returns the time of the last contact with Planeboard's server, on the API server's clock, in milliseconds since the
 * epoch.
 *
 * @param renderedAtMs when the server rendered the page: the last contact until the first frame
 */
export function serverContactAtMs(renderedAtMs: number): number {
  const ageMs = frameAgeMs();
  return ageMs === null ? renderedAtMs : apiServerNowMs() - ageMs;
}
