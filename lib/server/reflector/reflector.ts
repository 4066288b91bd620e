import 'server-only';
import { paced } from '@/lib/plane/time/pace';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { asKubeError, KubeError } from '@/lib/server/kube/kube-error';
import { listPages } from '@/lib/server/kube/list-pages';
import { Backoff } from './backoff';
import { readWatchEvent } from './watch-event';

/** Quiet watches send their first bookmark only after two minutes; a watch that is silent for longer is dead. */
const WATCHDOG_MS = 150_000;
const WATCH_MIN_SECONDS = 240;
const WATCH_SPREAD_SECONDS = 240;
/** A watch that ends sooner has done no work. It counts as a failure, or it would be repeated without a pause. */
const SHORTEST_WATCH_MS = 1000;
/** A watch that lasted this long was sound, even if nothing happened in it. */
const STEADY_WATCH_MS = 10_000;

export interface ReflectorFailure {
  readonly error: KubeError;
  readonly retryInMs: number;
  /** A failed watch says nothing about the list, which is requested next. */
  readonly step: 'list' | 'watch';
}

/** Where a reflector's rows go. The rows of a complete list come together, for one comparison. */
export interface ReflectorSink<Row> {
  /** Returns the slim row of an object; must not hold on to the object. */
  readonly slim: (object: unknown) => Row;
  readonly replaced: (rows: readonly Row[]) => void;
  readonly set: (row: Row) => void;
  readonly removed: (row: Row) => void;
  /** Called when the watch is open, and nothing is missing up to now. */
  readonly watching: () => void;
  /** Called when anything arrived over the watch, even a bookmark. */
  readonly contact: () => void;
  /** Called when the list or watch failed; it is tried again after `retryInMs`. */
  readonly failed: (failure: ReflectorFailure) => void;
}

/**
 * Keeps a collection mirrored: lists it, then watches from the list's resourceVersion, for ever. Lists again when the
 * version is too old or unreliable, and resumes the watch when only the connection broke. Never throws, and ends only
 * by `stop`.
 */
export class Reflector<Row> {
  private readonly backoff = new Backoff();
  private readonly stopping = new AbortController();
  private attempt = new AbortController();
  private wakeUp: () => void = () => {};
  private resourceVersion: string | null = null;
  private running: Promise<void> | null = null;

  constructor(
    private readonly client: KubeClient,
    private readonly path: string,
    private readonly sink: ReflectorSink<Row>,
    /** Narrows the list and the watch, such as a field selector. */
    private readonly selection: Readonly<Record<string, string>> = {},
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.attempt.abort();
    this.wakeUp();
    await this.running;
  }

  /** Ends the wait for the next attempt, because the server is back. */
  retryNow(): void {
    this.backoff.reset();
    this.wakeUp();
  }

  /** Breaks the current connection, which is dead, and retries at once. */
  interrupt(): void {
    this.attempt.abort();
    this.wakeUp();
  }

  /** Lists again, such as when the kind's schema has changed. */
  relist(): void {
    this.resourceVersion = null;
    this.interrupt();
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.attempt = new AbortController();
      const from = this.resourceVersion;
      try {
        if (from === null) await this.list(this.attempt.signal);
        else await this.watch(from, this.attempt.signal);
      } catch (error) {
        // The caller of `interrupt` wants an immediate retry and has already logged the reason.
        if (!this.attempt.signal.aborted)
          await this.recover(asKubeError(error), from === null ? 'list' : 'watch');
      }
    }
  }

  private async list(signal: AbortSignal): Promise<void> {
    const rows: Row[] = [];
    let resourceVersion: string | undefined;
    for await (const page of listPages(this.client, this.path, { query: this.selection, signal })) {
      for (const item of page.items) rows.push(this.sink.slim(item));
      resourceVersion = page.resourceVersion;
    }
    // Interrupted meanwhile, so this list may be out of date.
    signal.throwIfAborted();
    if (resourceVersion === undefined)
      throw new KubeError('bad-answer', 'The API server returned an invalid list.');
    this.resourceVersion = resourceVersion;
    this.sink.replaced(rows);
  }

  private async watch(from: string, signal: AbortSignal): Promise<void> {
    const silence = new AbortController();
    const watchdog = setTimeout(() => silence.abort(), WATCHDOG_MS);
    const openedAtMs = performance.now();
    try {
      const lines = this.client.stream(
        {
          path: this.path,
          query: {
            ...this.selection,
            watch: 'true',
            allowWatchBookmarks: 'true',
            resourceVersion: from,
            timeoutSeconds: String(Math.round(WATCH_MIN_SECONDS + Math.random() * WATCH_SPREAD_SECONDS)),
          },
          signal: AbortSignal.any([signal, silence.signal]),
        },
        () => this.sink.watching(),
      );
      for await (const batch of lines) {
        watchdog.refresh();
        this.backoff.reset();
        // Events that arrived before a stop or a request for a new list must not undo it.
        signal.throwIfAborted();
        for (const line of batch) this.apply(line);
        this.sink.contact();
      }
    } finally {
      clearTimeout(watchdog);
      if (performance.now() - openedAtMs > paced(STEADY_WATCH_MS)) this.backoff.reset();
    }
    if (performance.now() - openedAtMs < SHORTEST_WATCH_MS) {
      throw new KubeError('unreachable', 'The API server closed the watch immediately.');
    }
  }

  private apply(line: unknown): void {
    const event = readWatchEvent(line);
    switch (event.step) {
      case 'set':
        this.sink.set(this.sink.slim(event.object));
        break;
      case 'delete':
        this.sink.removed(this.sink.slim(event.object));
        break;
      case 'bookmark':
        break;
      case 'expired':
        throw new KubeError('expired', 'The watch position has expired on the API server.', 410);
      case 'failed':
        // Only a new list can show what was missed.
        this.resourceVersion = null;
        throw new KubeError('bad-answer', 'The watch returned an error.', event.status);
    }
    this.resourceVersion = event.resourceVersion;
  }

  private async recover(error: KubeError, step: ReflectorFailure['step']): Promise<void> {
    // Only a broken connection leaves the watch's position valid; any answer but success requires a new list.
    const connectionOnly =
      error.code === 'unreachable' || error.code === 'timeout' || error.code === 'credential';
    if (!connectionOnly) this.resourceVersion = null;
    // The first 410 is normal; a server that answers nothing else must not be hammered.
    const atOnce = error.code === 'expired' && this.backoff.fresh;
    const pauseMs = this.backoff.next(error.retryAfterMs);
    const retryInMs = atOnce ? 0 : pauseMs;
    this.sink.failed({ error, retryInMs, step });
    await this.pause(retryInMs);
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
