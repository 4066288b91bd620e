import { STREAM_TIMEOUT_MS } from '@/lib/api/stream';
import { FRAME_EVENTS, type FrameEvent } from './feed-frame';

/** Most changes are a new heartbeat alone, so those come in a compact form. */
export const STREAM_URL = '/api/planes/stream?heartbeats=compact';
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 10_000;

/** A frame as it came over the stream, not yet read. */
export interface RawFrame {
  readonly event: FrameEvent;
  /** `<epoch>:<revision>`; empty on a keep-alive. */
  readonly id: string;
  readonly text: string;
}

interface FeedHandlers {
  /** Returns whether the frame could be used; if not, the connection starts over with a snapshot. */
  readonly onFrame: (frame: RawFrame) => boolean;
  /** The stream ended, failed or fell silent; the connection retries by itself. */
  readonly onLost: () => void;
}

/**
 * One connection to the stream, with retries forever. An EventSource gives up when a single answer isn't 200. So a new one
 * is created after every error, with a jittered backoff, and resumes after the last frame that had an id. A connection can
 * also go silent without closing: then a new one is created after STREAM_TIMEOUT_MS.
 */
export class FeedConnection {
  private source: EventSource | null = null;
  private lastId = '';
  private failures = 0;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly url: string,
    private readonly handlers: FeedHandlers,
  ) {}

  /** Connects now, also when there is a connection: at the start, and when the page wakes up or the network is back. */
  connect(): void {
    this.close();
    const resume = this.lastId === '' ? '' : `&since=${encodeURIComponent(this.lastId)}`;
    const source = new EventSource(`${this.url}${resume}`);
    this.source = source;
    for (const event of FRAME_EVENTS) {
      source.addEventListener(event, (message) => this.receive(event, message));
    }
    // The server asks to reconnect: it shuts down, or this reader was too slow.
    source.addEventListener('resume', () => this.lose());
    source.onerror = () => this.lose();
    this.watch();
  }

  private receive(event: FrameEvent, message: MessageEvent<string>): void {
    const id = event === 'keepalive' ? '' : message.lastEventId;
    if (!this.handlers.onFrame({ event, id, text: message.data })) {
      this.lastId = '';
      this.lose();
      return;
    }
    this.failures = 0;
    if (id !== '') this.lastId = id;
    this.watch();
  }

  private watch(): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => this.lose(), STREAM_TIMEOUT_MS);
  }

  private lose(): void {
    this.close();
    this.handlers.onLost();
    const ceilingMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.failures);
    this.failures += 1;
    this.retryTimer = setTimeout(() => this.connect(), ceilingMs * (0.5 + Math.random() / 2));
  }

  /** Closes the connection and stops retrying. */
  close(): void {
    clearTimeout(this.retryTimer);
    clearTimeout(this.watchdog);
    this.source?.close();
    this.source = null;
  }
}

export interface FeedSourceHandlers {
  /**
   * Returns whether the frame could be used.
   *
   * @param ageMs how long ago it came from the server: 0 unless the worker already had it for another tab
   */
  readonly onFrame: (frame: RawFrame, ageMs: number) => boolean;
  readonly onLost: () => void;
}

/** Where a tab gets its frames from: a stream of its own, or one that all tabs share. */
export interface FeedSource {
  /** The machine slept or the network came back: the connection can't be trusted. */
  wake(): void;
  close(): void;
}

/** A stream of this tab's own. */
export function ownFeed(url: string, { onFrame, onLost }: FeedSourceHandlers): FeedSource {
  const connection = new FeedConnection(url, { onFrame: (frame) => onFrame(frame, 0), onLost });
  connection.connect();
  return {
    wake: () => connection.connect(),
    close: () => connection.close(),
  };
}
