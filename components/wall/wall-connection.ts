import { STREAM_TIMEOUT_MS } from '@/lib/api/stream';
import { refusalOf, type WallRefusal } from './wall-refusal';

const FETCH_TIMEOUT_MS = 10_000;
const FIRST_RETRY_MS = 500;
/** A server that restarts is back before the data are old, so that the restart doesn't show. */
const SOON_RETRY_MS = 2000;
const SOON_RETRIES = 20;
const LONGEST_RETRY_MS = 10_000;
/** A refused screen keeps retrying, because a new link can be created and nobody touches the screen. */
const REFUSED_RETRY_MS = 15_000;
const EVENTS = ['wall', 'keepalive'] as const;

export interface WallConnectionHandlers {
  /** Returns whether the frame could be used. */
  readonly onFrame: (event: (typeof EVENTS)[number], text: string) => boolean;
  readonly onLost: () => void;
  readonly onRefused: (refusal: WallRefusal) => void;
}

/**
 * A wall's stream, with retries forever. An EventSource doesn't report why it was refused. So after each attempt without a
 * frame, the data are fetched once: the answer has the reason or, where a proxy holds streams back, a frame.
 */
export class WallConnection {
  private source: EventSource | null = null;
  private failures = 0;
  private hasFrame = false;
  private fetching: AbortController | null = null;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;

  /** @param search the wall's own query, with its question mark, or empty */
  constructor(
    private readonly search: string,
    private readonly handlers: WallConnectionHandlers,
  ) {}

  /** Connects now, also when there is a connection. */
  connect(): void {
    this.close();
    this.hasFrame = false;
    const source = new EventSource(`/wall/stream${this.search}`);
    this.source = source;
    for (const event of EVENTS)
      source.addEventListener(event, (message: MessageEvent<string>) => this.receive(event, message.data));
    source.addEventListener('revoked', () => this.refuse('revoked'));
    // The server asks to reconnect: it shuts down, or the link's limits were changed.
    source.addEventListener('resume', () => this.lose());
    source.onerror = () => this.lose();
    this.watch();
  }

  close(): void {
    clearTimeout(this.retryTimer);
    clearTimeout(this.watchdog);
    this.fetching?.abort();
    this.fetching = null;
    this.source?.close();
    this.source = null;
  }

  private receive(event: (typeof EVENTS)[number], text: string): void {
    if (!this.handlers.onFrame(event, text)) {
      this.lose();
      return;
    }
    this.hasFrame = true;
    this.failures = 0;
    this.watch();
  }

  private watch(): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => this.lose(), STREAM_TIMEOUT_MS);
  }

  private lose(): void {
    const { hasFrame } = this;
    this.close();
    this.handlers.onLost();
    if (hasFrame) this.retry();
    else void this.fetchData();
  }

  /** Fetches the data once, for a frame or the reason why there is none. */
  private async fetchData(): Promise<void> {
    const fetching = new AbortController();
    this.fetching = fetching;
    const timer = setTimeout(() => fetching.abort(), FETCH_TIMEOUT_MS);
    try {
      const response = await fetch(`/wall/data${this.search}`, {
        cache: 'no-store',
        signal: fetching.signal,
      });
      const text = await response.text();
      if (this.fetching !== fetching) return;
      if (response.ok) this.handlers.onFrame('wall', text);
      else {
        const refusal = refusalOf(JSON.parse(text));
        if (refusal !== null) {
          this.refuse(refusal);
          return;
        }
      }
    } catch {
      // No answer, or not Planeboard's (a proxy's own page): the next attempt may bring one.
    } finally {
      clearTimeout(timer);
    }
    // Otherwise a new connection has replaced this attempt, with timers of its own.
    if (this.fetching === fetching) this.retry();
  }

  private refuse(refusal: WallRefusal): void {
    this.close();
    this.handlers.onRefused(refusal);
    this.retryTimer = setTimeout(() => void this.fetchData(), REFUSED_RETRY_MS);
  }

  private retry(): void {
    this.fetching = null;
    const longestMs = this.failures < SOON_RETRIES ? SOON_RETRY_MS : LONGEST_RETRY_MS;
    const ceilingMs = Math.min(longestMs, FIRST_RETRY_MS * 2 ** this.failures);
    this.failures = Math.min(this.failures + 1, SOON_RETRIES);
    this.retryTimer = setTimeout(() => this.connect(), ceilingMs * (0.5 + Math.random() / 2));
  }
}
