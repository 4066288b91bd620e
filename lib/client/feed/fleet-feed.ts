import { parseTimeMs } from '@/lib/plane/time/age';
import { SlewedClock } from '@/lib/plane/time/slewed-clock';
import { type FeedSource, ownFeed, type RawFrame, STREAM_URL } from './feed-connection';
import { FleetMirror } from './fleet-mirror';
import type { FleetState } from './fleet-state';
import { monotonicMs } from './monotonic-clock';
import { sharedFeed } from './shared-feed';

const SLEEP_CHECK_MS = 5000;
/** Timers of a hidden tab may be held back by up to a minute; a longer gap means that the machine slept. */
const SLEPT_MS = 60_000;

const mirror = new FleetMirror();
const clock = new SlewedClock();
let seedOffsetMs: number | null = null;
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
    source = ownFeed(STREAM_URL, handlers);
  });
  source ??= ownFeed(STREAM_URL, handlers);
  const stopWaking = onWake(() => source?.wake());
  return () => {
    stopWaking();
    source?.close();
  };
}

/** Calls back when the network returns, when the page comes back from the browser's cache, and after the machine slept. */
function onWake(wake: () => void): () => void {
  let checkedAtMs = Date.now();
  const timer = setInterval(() => {
    // The wall clock runs on while a machine sleeps, which the monotonic one need not; its difference alone is used.
    const sleptMs = Date.now() - checkedAtMs - SLEEP_CHECK_MS;
    checkedAtMs = Date.now();
    if (sleptMs > SLEPT_MS) wake();
  }, SLEEP_CHECK_MS);
  const onPageShow = (event: PageTransitionEvent) => {
    if (event.persisted) wake();
  };
  window.addEventListener('online', wake);
  window.addEventListener('pageshow', onPageShow);
  return () => {
    clearInterval(timer);
    window.removeEventListener('online', wake);
    window.removeEventListener('pageshow', onPageShow);
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
  const serverTimeMs = parseTimeMs(serverTime);
  if (serverTimeMs !== null) seedOffsetMs ??= serverTimeMs - monotonicMs();
}

/**
 * The API server's clock, milliseconds since the epoch. Before the first frame it runs from the time at which the page was
 * rendered, and only without that it is the browser's own.
 */
export function apiServerNowMs(): number {
  const offsetMs = mirror.clock.offsetMs ?? seedOffsetMs;
  return offsetMs === null ? Date.now() : clock.nowMs(monotonicMs(), offsetMs);
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
