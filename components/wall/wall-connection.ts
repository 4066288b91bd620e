import { STREAM_TIMEOUT_MS } from '@/lib/api/stream';
import { refusalOf, type WallRefusal } from './wall-refusal';

const ASK_TIMEOUT_MS = 10_000;
const FIRST_RETRY_MS = 500;
/** A server that is restarted is back before its data are old, and nobody has to see that it was away. */
const SOON_RETRY_MS = 2000;
const SOON_RETRIES = 20;
const LONGEST_RETRY_MS = 10_000;
/** Whoever was refused asks again all the same: a link can be made anew, and nobody touches the screen. */
const REFUSED_RETRY_MS = 15_000;
const EVENTS = ['wall', 'keepalive'] as const;

export interface WallConnectionHandlers {
  /** Returns whether the frame could be used. */
  readonly onFrame: (event: (typeof EVENTS)[number], text: string) => boolean;
  readonly onLost: () => void;
  readonly onRefused: (refusal: WallRefusal) => void;
}

/**
 * A wall's stream, kept up for ever. An EventSource does not tell why it was refused, so after each attempt that brought
 * nothing the data are asked for once: that answer tells, and where some proxy holds streams back it is a frame.
 */
export class WallConnection {
  private source: EventSource | null = null;
  private failures = 0;
  private heard = false;
  private asking: AbortController | null = null;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;

  /** @param search the wall's own query, with its question mark, or empty */
  constructor(
    private readonly search: string,
    private readonly handlers: WallConnectionHandlers,
  ) {}

  /** Connects now, whatever is there. */
  connect(): void {
    this.close();
    this.heard = false;
    const source = new EventSource(`/wall/stream${this.search}`);
    this.source = source;
    for (const event of EVENTS)
      source.addEventListener(event, (message: MessageEvent<string>) => this.receive(event, message.data));
    source.addEventListener('revoked', () => this.refuse('revoked'));
    // Told to come again: by a server that shuts down, or because the link's limits were changed.
    source.addEventListener('resume', () => this.lose());
    source.onerror = () => this.lose();
    this.watch();
  }

  close(): void {
    clearTimeout(this.retryTimer);
    clearTimeout(this.watchdog);
    this.asking?.abort();
    this.asking = null;
    this.source?.close();
    this.source = null;
  }

  private receive(event: (typeof EVENTS)[number], text: string): void {
    if (!this.handlers.onFrame(event, text)) {
      this.lose();
      return;
    }
    this.heard = true;
    this.failures = 0;
    this.watch();
  }

  private watch(): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => this.lose(), STREAM_TIMEOUT_MS);
  }

  private lose(): void {
    const { heard } = this;
    this.close();
    this.handlers.onLost();
    if (heard) this.retry();
    else void this.ask();
  }

  /** Asks for the data once, for a frame or for why there is none. */
  private async ask(): Promise<void> {
    const asking = new AbortController();
    this.asking = asking;
    const timer = setTimeout(() => asking.abort(), ASK_TIMEOUT_MS);
    try {
      const response = await fetch(`/wall/data${this.search}`, { cache: 'no-store', signal: asking.signal });
      const text = await response.text();
      if (this.asking !== asking) return;
      if (response.ok) this.handlers.onFrame('wall', text);
      else {
        const refusal = refusalOf(JSON.parse(text));
        if (refusal !== null) {
          this.refuse(refusal);
          return;
        }
      }
    } catch {
      // No answer, or none that is ours (a proxy's own page): the next attempt may bring one.
    } finally {
      clearTimeout(timer);
    }
    // Superseded by a connection made meanwhile, which has its own timers.
    if (this.asking === asking) this.retry();
  }

  private refuse(refusal: WallRefusal): void {
    this.close();
    this.handlers.onRefused(refusal);
    this.retryTimer = setTimeout(() => void this.ask(), REFUSED_RETRY_MS);
  }

  private retry(): void {
    this.asking = null;
    const longestMs = this.failures < SOON_RETRIES ? SOON_RETRY_MS : LONGEST_RETRY_MS;
    const ceilingMs = Math.min(longestMs, FIRST_RETRY_MS * 2 ** this.failures);
    this.failures = Math.min(this.failures + 1, SOON_RETRIES);
    this.retryTimer = setTimeout(() => this.connect(), ceilingMs * (0.5 + Math.random() / 2));
  }
}
