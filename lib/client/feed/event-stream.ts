import { keepaliveMs, READER_RETRY_SECONDS, STREAM_TIMEOUT_MS } from '@/lib/api/stream';
import { SECOND_MS } from '@/lib/plane/time/duration';
import { paced } from '@/lib/plane/time/pace';

const FIRST_RETRY_MS = 250;
/** A restarting server is back before the data are old (`dataOldMs`), so the restart doesn't show. */
const LONGEST_SOON_RETRY_MS = 2000;
/** About half a minute of retries; a server that is away longer isn't just restarting. */
const SOON_RETRIES = 20;
const LONGEST_RETRY_MS = 10_000;
/** A refused reader keeps trying: rights may be granted and links created without any input on the page. */
const REFUSED_RETRY_MS = READER_RETRY_SECONDS * SECOND_MS;
const PROBE_TIMEOUT_MS = 10_000;
/** A server answers a stream at once; a proxy may hold the answer back. */
const FIRST_EVENT_TIMEOUT_MS = 10_000;
/** A server that was only slow answers the stream together with the probe. */
const PROBE_LEAD_MS = 1000;
/** Events this far apart prove that a stream flows. All earlier ones may have been held back together. */
const FLOWING_MS = 2000;
/** How many attempts in a row must look held back before polling begins; one without any event at all is enough. */
const SUSPICIONS = 3;
/** How long a page that polls waits before it tries the stream again: someone may have changed the proxy. */
const POLLING_RETRY_MS = 30_000;

/** An unparsed event of a stream. */
export interface StreamEvent<Name extends string = string> {
  readonly event: Name;
  /** The event's own id or, without one, the last id before it; empty before the first id. */
  readonly id: string;
  readonly text: string;
}

/** How events arrive: by the stream, or by repeated requests because a proxy holds the stream back. */
export type Delivery = 'stream' | 'polling';

/** The result of a probe: the events that the stream should have brought, the reason for a refusal, or nothing. */
export type ProbeResult<Name extends string, Refusal> =
  | { readonly events: readonly StreamEvent<Name>[] }
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
   *
   * @param lastId the id of the last usable event; empty if there's none
   */
  readonly probe?: (signal: AbortSignal, lastId: string) => Promise<ProbeResult<Name, Refusal>>;
  /** Called when the server refuses this reader. No further stream is opened until a probe finds no refusal. */
  readonly onRefused?: (refusal: Refusal) => void;
  /** Called when polling begins, and when the stream flows again. */
  readonly onDelivery?: (delivery: Delivery) => void;
}

/**
 * A stream of server-sent events that is retried forever: the browser's end of every stream of Planeboard's server.
 *
 * An EventSource alone isn't enough. It gives up for good on a response other than 200, never notices a connection
 * that fell silent, and retries at the same fixed pace as all its siblings. So a new one is created after every error
 * and after STREAM_TIMEOUT_MS without an event, with a jittered backoff. It resumes after the last id.
 *
 * Behind a proxy that holds streams back, it polls with the probe, and tries the stream again from time to time.
 */
export class EventStream<Name extends string, Refusal = never> {
  private source: EventSource | null = null;
  private probing: AbortController | null = null;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private pollTimer: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private lastId = '';
  /** Consecutive attempts that brought nothing usable. */
  private failures = 0;
  /** Consecutive attempts that a proxy may have held back. */
  private suspicions = 0;
  private isPolling = false;
  /** When this attempt brought its first event and its last one; null before. */
  private firstEventAtMs: number | null = null;
  private lastEventAtMs = 0;

  constructor(private readonly options: EventStreamOptions<Name, Refusal>) {}

  /** Connects now, even if there is a connection: at the start, and when an existing one can't be trusted. */
  connect(): void {
    this.close();
    this.open();
    if (this.isPolling) void this.poll();
  }

  /** Closes the stream because the server refuses this reader, and checks only occasionally whether it still does. */
  refuse(refusal: Refusal): void {
    this.close();
    this.retryTimer = setTimeout(() => void this.checkRefusal(), paced(REFUSED_RETRY_MS));
    this.options.onRefused?.(refusal);
  }

  /** Closes the stream and stops retrying. It keeps the position: `connect` resumes after it. */
  close(): void {
    clearTimeout(this.retryTimer);
    clearTimeout(this.pollTimer);
    this.probing?.abort();
    this.probing = null;
    this.closeSource();
  }

  private open(): void {
    this.firstEventAtMs = null;
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
    this.watchdog = setTimeout(() => void this.checkSilence(source), FIRST_EVENT_TIMEOUT_MS);
  }

  private closeSource(): void {
    clearTimeout(this.watchdog);
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
    this.failures = 0;
    if (event.id !== '') this.lastId = event.id;
    this.lastEventAtMs = performance.now();
    this.firstEventAtMs ??= this.lastEventAtMs;
    if (this.isFlowing()) this.stopPolling();
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => this.loseSilent(), STREAM_TIMEOUT_MS);
  }

  /** Whether the events of this attempt didn't all arrive at the same moment. */
  private isFlowing(): boolean {
    return this.firstEventAtMs !== null && this.lastEventAtMs - this.firstEventAtMs >= paced(FLOWING_MS);
  }

  private stopPolling(): void {
    this.suspicions = 0;
    if (!this.isPolling) return;
    this.isPolling = false;
    clearTimeout(this.pollTimer);
    this.probing?.abort();
    this.probing = null;
    this.options.onDelivery?.('stream');
  }

  /** Finds out why an open connection has brought no event yet. It stays open meanwhile: a slow one may still bring some. */
  private async checkSilence(source: EventSource): Promise<void> {
    if (this.isPolling) {
      this.lose();
      return;
    }
    const result = await this.runProbe();
    if (this.source !== source || this.firstEventAtMs !== null) return;
    if (result === null) this.lose(false);
    else if (result && 'refusal' in result) this.refuse(result.refusal);
    else if (result) {
      this.watchdog = setTimeout(() => this.startPolling(), PROBE_LEAD_MS);
      this.apply(result.events);
    }
  }

  /** Loses a connection that was alive and fell silent, or on which a proxy holds back everything after the beginning. */
  private loseSilent(): void {
    if (!this.isFlowing()) this.suspicions += 1;
    this.lose(this.suspicions >= SUSPICIONS);
  }

  /** @param probes whether to probe before the next attempt; by default after an attempt that brought no event */
  private lose(probes = this.firstEventAtMs === null): void {
    this.closeSource();
    if (this.isPolling) {
      // The polls report what the page needs to know.
      this.retryTimer = setTimeout(() => this.open(), paced(POLLING_RETRY_MS));
      return;
    }
    if (probes) void this.checkFailure();
    else this.retry();
    // Last, so a handler that closes the stream has the final say.
    this.options.onLost();
  }

  /** Probes after a failed attempt, and tries again unless the server refuses this reader. */
  private async checkFailure(): Promise<void> {
    const result = await this.runProbe();
    if (result === undefined) return;
    if (result && 'refusal' in result) {
      this.refuse(result.refusal);
      return;
    }
    if (result) this.suspicions += 1;
    if (result && this.suspicions >= SUSPICIONS) this.startPolling();
    else this.retry();
    if (result) this.apply(result.events);
  }

  private async checkRefusal(): Promise<void> {
    const result = await this.runProbe();
    if (result === undefined) return;
    if (result && 'refusal' in result) {
      this.refuse(result.refusal);
      return;
    }
    this.retry();
    if (result) this.apply(result.events);
  }

  private startPolling(): void {
    this.closeSource();
    this.isPolling = true;
    this.pollTimer = setTimeout(() => void this.poll(), keepaliveMs());
    this.retryTimer = setTimeout(() => this.open(), paced(POLLING_RETRY_MS));
    this.options.onDelivery?.('polling');
  }

  private async poll(): Promise<void> {
    const result = await this.runProbe();
    if (result === undefined) return;
    if (result && 'refusal' in result) {
      this.refuse(result.refusal);
      return;
    }
    if (result) this.failures = 0;
    this.pollTimer = setTimeout(() => void this.poll(), result ? keepaliveMs() : this.backoffMs());
    if (result) this.apply(result.events);
    else this.options.onLost();
  }

  /** Returns null if the probe learned nothing, and undefined if the stream was closed or reopened meanwhile. */
  private async runProbe(): Promise<ProbeResult<Name, Refusal> | undefined> {
    this.probing?.abort();
    const probing = new AbortController();
    this.probing = probing;
    const timer = setTimeout(() => probing.abort(), PROBE_TIMEOUT_MS);
    // No response, or one that isn't Planeboard's (a proxy's page), says nothing: the next attempt may bring one.
    const result = await this.options.probe?.(probing.signal, this.lastId).catch(() => null);
    clearTimeout(timer);
    if (this.probing !== probing) return undefined;
    this.probing = null;
    return result ?? null;
  }

  /** Passes on the events of a probe. */
  private apply(events: readonly StreamEvent<Name>[]): void {
    for (const event of events) {
      const isUsable = this.options.onEvent(event);
      if (!isUsable) this.lastId = '';
      else if (event.id !== '') this.lastId = event.id;
      if (!isUsable) return;
    }
  }

  private retry(): void {
    this.retryTimer = setTimeout(() => this.connect(), this.backoffMs());
  }

  private backoffMs(): number {
    const longestMs = this.failures < SOON_RETRIES ? LONGEST_SOON_RETRY_MS : LONGEST_RETRY_MS;
    const ceilingMs = paced(Math.min(longestMs, FIRST_RETRY_MS * 2 ** this.failures));
    this.failures += 1;
    // Jittered, because a restarting server loses all its readers at the same moment.
    return ceilingMs * (0.5 + Math.random() / 2);
  }
}
