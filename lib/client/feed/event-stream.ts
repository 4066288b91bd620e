import { STREAM_TIMEOUT_MS } from '@/lib/api/stream';
import { paced } from '@/lib/plane/time/pace';

const FIRST_RETRY_MS = 250;
/** A restarting server is back before the data are old (`dataOldMs`), so the restart doesn't show. */
const LONGEST_SOON_RETRY_MS = 2000;
/** About half a minute of retries; a server that is away longer isn't just restarting. */
const SOON_RETRIES = 20;
const LONGEST_RETRY_MS = 10_000;
/** A refused reader keeps trying: rights may be granted and links created without any input on the page. */
const REFUSED_RETRY_MS = 15_000;
const PROBE_TIMEOUT_MS = 10_000;

/** An unparsed event of a stream. */
export interface StreamEvent<Name extends string = string> {
  readonly event: Name;
  /** The event's own id or, without one, the last id before it; empty before the first id. */
  readonly id: string;
  readonly text: string;
}

/** The result of a probe: the data that the stream should have brought, the reason for a refusal, or nothing. */
export type ProbeResult<Name extends string, Refusal> =
  | { readonly event: StreamEvent<Name> }
  | { readonly refusal: Refusal }
  | null;

export interface EventStreamOptions<Name extends string, Refusal = never> {
  /**
   * Returns the address of the next attempt.
   *
   * @param lastId the id of the last usable event, to resume after it; empty if there's none
   */
  readonly url: (lastId: string) => string;
  /** The names of the events to pass on; every stream of Planeboard's has `keepalive`. */
  readonly events: readonly Name[];
  /** Returns whether the event could be used. If not, the stream starts over without an id to resume after. */
  readonly onEvent: (event: StreamEvent<Name>) => boolean;
  /** Called when the stream ended, failed, fell silent, or brought something unusable. It's retried automatically. */
  readonly onLost: () => void;
  /**
   * Makes a plain request after each attempt that brought no event, to learn what an EventSource can't say: why the
   * server refuses this reader, or the data if a proxy holds streams back. It must reject when the signal is aborted;
   * a rejection says nothing.
   */
  readonly probe?: (signal: AbortSignal) => Promise<ProbeResult<Name, Refusal>>;
  /** Called when the server refuses this reader. No further stream is opened until a probe finds no refusal. */
  readonly onRefused?: (refusal: Refusal) => void;
}

/**
 * A stream of server-sent events that is retried forever: the browser's end of every stream of Planeboard's server.
 *
 * An EventSource alone isn't enough. It gives up for good on a response other than 200, never notices a connection
 * that fell silent, and retries at the same fixed pace as all its siblings. So a new one is created after every error
 * and after STREAM_TIMEOUT_MS without an event, with a jittered backoff. It resumes after the last id.
 */
export class EventStream<Name extends string, Refusal = never> {
  private source: EventSource | null = null;
  private probing: AbortController | null = null;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private lastId = '';
  /** Consecutive attempts that brought nothing usable. */
  private failures = 0;
  private hasEvent = false;

  constructor(private readonly options: EventStreamOptions<Name, Refusal>) {}

  /** Connects now, even if there is a connection: at the start, and when an existing one can't be trusted. */
  connect(): void {
    this.close();
    this.hasEvent = false;
    const source = new EventSource(this.options.url(this.lastId));
    this.source = source;
    for (const event of this.options.events) {
      source.addEventListener(event, (message: MessageEvent<string>) => {
        this.receive(source, { event, id: message.lastEventId, text: message.data });
      });
    }
    // The server requests a reconnect: it's shutting down, this reader's view has changed, or the reader was too
    // slow.
    source.addEventListener('resume', () => this.lose());
    source.onerror = () => this.lose();
    this.restartWatchdog();
  }

  /** Closes the stream because the server refuses this reader, and checks only occasionally whether it still does. */
  refuse(refusal: Refusal): void {
    this.close();
    this.retryTimer = setTimeout(() => void this.runProbe(), paced(REFUSED_RETRY_MS));
    this.options.onRefused?.(refusal);
  }

  /** Closes the stream and stops retrying. It keeps the position: `connect` resumes after it. */
  close(): void {
    clearTimeout(this.retryTimer);
    clearTimeout(this.watchdog);
    this.probing?.abort();
    this.probing = null;
    this.source?.close();
    this.source = null;
  }

  private receive(source: EventSource, event: StreamEvent<Name>): void {
    const isUsable = this.options.onEvent(event);
    // The handler may have closed or reopened the stream.
    if (this.source !== source) return;
    if (!isUsable) {
      this.lastId = '';
      this.lose();
      return;
    }
    this.hasEvent = true;
    this.failures = 0;
    if (event.id !== '') this.lastId = event.id;
    this.restartWatchdog();
  }

  private restartWatchdog(): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => this.lose(), STREAM_TIMEOUT_MS);
  }

  private lose(): void {
    const { hasEvent } = this;
    this.close();
    if (hasEvent) this.retry();
    else void this.runProbe();
    // Last, so a handler that closes the stream has the final say.
    this.options.onLost();
  }

  /** Probes once, and retries unless the probe finds a refusal. */
  private async runProbe(): Promise<void> {
    const probing = new AbortController();
    this.probing = probing;
    const timer = setTimeout(() => probing.abort(), PROBE_TIMEOUT_MS);
    // No response, or one that isn't Planeboard's (a proxy's page), says nothing: the next attempt may bring one.
    const result = await this.options.probe?.(probing.signal).catch(() => null);
    clearTimeout(timer);
    // If not, the stream was closed or reopened meanwhile.
    if (this.probing !== probing) return;
    this.probing = null;
    if (result && 'refusal' in result) {
      this.refuse(result.refusal);
      return;
    }
    this.retry();
    if (result) this.options.onEvent(result.event);
  }

  private retry(): void {
    const longestMs = this.failures < SOON_RETRIES ? LONGEST_SOON_RETRY_MS : LONGEST_RETRY_MS;
    const ceilingMs = paced(Math.min(longestMs, FIRST_RETRY_MS * 2 ** this.failures));
    this.failures += 1;
    // Jittered, because a restarting server loses all its readers at the same moment.
    this.retryTimer = setTimeout(() => this.connect(), ceilingMs * (0.5 + Math.random() / 2));
  }
}
