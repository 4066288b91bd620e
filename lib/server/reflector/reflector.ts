import 'server-only';
import { paced } from '@/lib/plane/time/pace';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { asKubeError, KubeError } from '@/lib/server/kube/kube-error';
import { listPages } from '@/lib/server/kube/list-pages';
import { type ListedKind, otherKindError } from '@/lib/server/kube/listed-kind';
import { Backoff } from './backoff';
import { BusyTime } from './busy-time';
import { objectVersion } from './object-version';
import { RelistBackoff } from './relist-backoff';
import { WatchCheck } from './watch-check';
import type { CheckedWatch } from './watch-checker';
import { type ObjectVersion, WatchComparison } from './watch-comparison';
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
  /** Called when the watch is open. That alone doesn't prove that it delivers anything. */
  readonly watching: () => void;
  /**
   * Called when the watch has proven that it delivers: something arrived over it, even a bookmark, or a page of metadata
   * agrees with what it delivered.
   */
  readonly contact: () => void;
  /** Called when a check of the watch failed, so it has proven nothing. */
  readonly unproven: (error: KubeError) => void;
  /** Called when the list or watch failed; it is tried again after `retryInMs`. */
  readonly failed: (failure: ReflectorFailure) => void;
}

/**
 * Keeps a collection mirrored: lists it, then watches from the list's resourceVersion, for ever. Lists again when the
 * version is too old or unreliable, or when a check shows that the watch missed a change, and resumes the watch when
 * only the connection broke. Never throws, and ends only by `stop`. A `WatchChecker` calls the checks.
 */
export class Reflector<Row> implements CheckedWatch {
  private readonly backoff = new Backoff();
  private readonly relistBackoff = new RelistBackoff();
  private readonly comparison = new WatchComparison(() => performance.now());
  private readonly watchCheck: WatchCheck;
  /** Why a check requires a new list; null: none does. */
  private checkFailure: KubeError | null = null;
  private open = false;
  private readonly stopping = new AbortController();
  private attempt = new AbortController();
  private wakeUp: () => void = () => {};
  private resourceVersion: string | null = null;
  private running: Promise<void> | null = null;

  constructor(
    private readonly client: KubeClient,
    private readonly path: string,
    private readonly kind: ListedKind,
    private readonly sink: ReflectorSink<Row>,
    /** Narrows the list and the watch, such as a field selector. */
    private readonly selection: Readonly<Record<string, string>> = {},
  ) {
    this.watchCheck = new WatchCheck(client, path, selection, this.comparison, () => performance.now(), {
      agreed: () => sink.contact(),
      missed: () =>
        this.relistAfterCheck(new KubeError('bad-answer', 'The watch missed changes. Listing again.')),
      failed: (error) => {
        sink.unproven(error);
        // The right or the kind may be gone, which a list and the catalog decide.
        if (error.code === 'forbidden' || error.code === 'not-served') this.relistAfterCheck(error);
      },
    });
  }

  get isOpen(): boolean {
    return this.open;
  }

  get checkPeriodMs(): number {
    return this.watchCheck.periodMs;
  }

  check(): Promise<void> {
    return this.watchCheck.readPage(this.attempt.signal);
  }

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
      await this.pauseBeforeRelist();
    }
  }

  private relistAfterCheck(error: KubeError): void {
    // While the watch is broken, it's no wonder that it delivers nothing.
    if (!this.open || this.checkFailure) return;
    this.checkFailure = error;
    this.attempt.abort();
  }

  private async pauseBeforeRelist(): Promise<void> {
    const error = this.checkFailure;
    this.checkFailure = null;
    if (error === null || this.stopping.signal.aborted) return;
    this.resourceVersion = null;
    const retryInMs = this.relistBackoff.next();
    this.sink.failed({ error, retryInMs, step: 'watch' });
    await this.pause(retryInMs);
  }

  private async list(signal: AbortSignal): Promise<void> {
    const rows: Row[] = [];
    const versions: ObjectVersion[] = [];
    let resourceVersion: string | undefined;
    const options = { query: this.selection, signal };
    for await (const page of listPages(this.client, this.path, this.kind, options)) {
      const busy = new BusyTime();
      for (const item of page.items) {
        if (busy.isOver) await busy.giveWay();
        rows.push(this.sink.slim(item));
        const version = objectVersion(item);
        if (version) versions.push(version);
      }
      resourceVersion = page.resourceVersion;
    }
    // Interrupted meanwhile, so this list may be out of date.
    signal.throwIfAborted();
    if (resourceVersion === undefined)
      throw new KubeError('bad-answer', 'The API server returned an invalid list.');
    this.resourceVersion = resourceVersion;
    this.watchCheck.restart();
    this.comparison.replace(versions);
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
        () => {
          this.open = true;
          this.comparison.reopened();
          this.sink.watching();
        },
      );
      for await (const batch of lines) {
        watchdog.refresh();
        // Events that arrived before a stop or a request for a new list must not undo it.
        signal.throwIfAborted();
        const busy = new BusyTime();
        for (const line of batch) {
          if (busy.isOver) {
            await busy.giveWay();
            signal.throwIfAborted();
          }
          this.apply(line);
        }
        // Later: a watch that only ever delivers errors must not be repeated without growing pauses.
        this.backoff.reset();
        this.sink.contact();
      }
    } finally {
      this.open = false;
      clearTimeout(watchdog);
      if (performance.now() - openedAtMs > paced(STEADY_WATCH_MS)) this.backoff.reset();
    }
    if (performance.now() - openedAtMs < SHORTEST_WATCH_MS) {
      throw new KubeError('unreachable', 'The API server closed the watch immediately.');
    }
  }

  private apply(line: unknown): void {
    const event = readWatchEvent(line, this.kind);
    switch (event.step) {
      case 'set': {
        const version = objectVersion(event.object);
        if (version) this.comparison.set(version);
        this.sink.set(this.sink.slim(event.object));
        break;
      }
      case 'delete': {
        const version = objectVersion(event.object);
        if (version) this.comparison.remove(version.uid);
        this.sink.removed(this.sink.slim(event.object));
        break;
      }
      case 'bookmark':
        break;
      case 'expired':
        throw new KubeError('expired', 'The watch position has expired on the API server.', 410);
      case 'other-kind':
        this.resourceVersion = null;
        throw otherKindError(`a watch of ${this.kind.kind} objects`);
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
