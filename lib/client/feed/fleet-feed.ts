import { parseTimeMs } from '@/lib/plane/age';
import { FeedConnection, type RawFrame } from './feed-connection';
import { readFrame } from './feed-frame';
import { applyFrame, type FleetState, INITIAL_FLEET_STATE } from './fleet-state';
import { monotonicMs } from './monotonic-clock';
import { ServerClockEstimate } from './server-clock-estimate';

const STREAM_URL = '/api/planes/stream';
/** Timers of a hidden tab may be held back by up to a minute; a longer gap than this means that the machine slept. */
const SLEEP_CHECK_MS = 5000;

let state: FleetState = INITIAL_FLEET_STATE;
const clock = new ServerClockEstimate();
let seedOffsetMs: number | null = null;
const listeners = new Set<() => void>();
let stop: (() => void) | undefined;

function publish(next: FleetState): void {
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

function receive(connection: FeedConnection, raw: RawFrame): void {
  const nowMs = monotonicMs();
  try {
    const frame = readFrame(raw.event, raw.id, raw.text);
    const serverTimeMs = parseTimeMs(frame.data.serverTime);
    if (serverTimeMs !== null) clock.add(serverTimeMs, nowMs);
    publish(applyFrame(state, frame, nowMs));
  } catch {
    // The server speaks another version of the contract: what is shown must not pass for current.
    connection.forgetPosition();
    publish({ ...state, status: 'lost' });
  }
}

function lose(): void {
  if (state.status !== 'lost') publish({ ...state, status: 'lost', changedUids: new Set() });
}

function start(): () => void {
  const connection = new FeedConnection(STREAM_URL, {
    onFrame: (raw) => receive(connection, raw),
    onLost: lose,
  });
  connection.connect();
  const stopWaking = onWake(() => connection.connect());
  return () => {
    stopWaking();
    connection.close();
  };
}

/** Calls back when the network returns, when the page comes back from the browser's cache, and after the machine slept. */
function onWake(wake: () => void): () => void {
  let checkedAtMs = Date.now();
  const timer = setInterval(() => {
    // The wall clock runs on while a machine sleeps, which the monotonic one need not; its difference alone is used.
    const sleptMs = Date.now() - checkedAtMs - SLEEP_CHECK_MS;
    checkedAtMs = Date.now();
    if (sleptMs > 60_000) wake();
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

/** Follows the fleet; the stream runs while anybody listens. The listener is called after every frame. */
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
  return state;
}

/** Sets the clock by the time at which the server rendered the page, until the first frame tells it better. */
export function seedServerClock(serverTime: string): void {
  const serverTimeMs = parseTimeMs(serverTime);
  if (serverTimeMs !== null) seedOffsetMs ??= serverTimeMs - monotonicMs();
}

/**
 * The API server's clock, milliseconds since the epoch. Before the first frame it is what the page was rendered with,
 * and only when that is unknown too the browser's own.
 */
export function apiServerNowMs(): number {
  const offsetMs = clock.offsetMs ?? seedOffsetMs;
  return offsetMs === null ? Date.now() : monotonicMs() + offsetMs;
}

/**
 * How old the data are: the older of the last frame from the server, and the server's last proven contact with the API
 * server. Null while neither is known.
 */
export function dataAgeMs(): number | null {
  const contactAtMs = parseTimeMs(state.apiServer?.lastContactAt ?? undefined);
  if (state.lastFrameAtMs === null || contactAtMs === null) return null;
  const frameAgeMs = monotonicMs() - state.lastFrameAtMs;
  return Math.max(0, frameAgeMs, apiServerNowMs() - contactAtMs);
}
