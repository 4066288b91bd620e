import 'server-only';
import { paced } from '@/lib/plane/time/pace';
import { presentContinueToken } from '@/lib/server/kube/continue-token';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { asKubeError, type KubeError } from '@/lib/server/kube/kube-error';
import { listPage, PAGE_SIZE } from '@/lib/server/kube/list-pages';
import { METADATA_KIND } from '@/lib/server/kube/listed-kind';
import { METADATA_LIST_ONLY } from '@/lib/server/kube/object-metadata';
import { objectVersion } from './object-version';
import type { WatchComparison } from './watch-comparison';

const PERIOD_MS = 5000;
/** Three pages are read within this time, so that a difference in any of them is noticed and confirmed within 15 s. */
const SHORT_ROUND_MS = 10_000;
const SHORT_ROUND_PAGES = 3;
/** A watch that delivers nothing about an object for this long after a page showed a change has missed it. */
const MISSED_AFTER_MS = 5000;
const PAGE_TIMEOUT_MS = 10_000;

/** What a check of a watch found out. */
export interface WatchCheckResults {
  /** Nothing differs: the watch has delivered everything that the page shows. */
  readonly agreed: () => void;
  /** The watch has missed a change. */
  readonly missed: () => void;
  /** The page couldn't be read, so nothing is proven. */
  readonly failed: (error: KubeError) => void;
}

/**
 * Checks whether a watch delivers what happens: compares its objects with those of the API server, one page of metadata
 * at a time. Begins again with the first page after the last.
 */
export class WatchCheck {
  private token: string | undefined;
  private after: string | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private generation = 0;

  constructor(
    private readonly client: Pick<KubeClient, 'request'>,
    private readonly path: string,
    private readonly selection: Readonly<Record<string, string>>,
    private readonly comparison: WatchComparison,
    private readonly nowMs: () => number,
    private readonly results: WatchCheckResults,
  ) {}

  /** How long after a page the next one should be read, in milliseconds. */
  get periodMs(): number {
    const isShortRound = Math.ceil(this.comparison.size / PAGE_SIZE) === SHORT_ROUND_PAGES;
    return paced(isShortRound ? SHORT_ROUND_MS / SHORT_ROUND_PAGES : PERIOD_MS);
  }

  /** Forgets how far it is, because the watch begins anew. A page that is still being read proves nothing. */
  restart(): void {
    this.generation += 1;
    this.token = undefined;
    this.after = null;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /** Reads and compares the next page. Never throws. */
  async readPage(signal: AbortSignal): Promise<void> {
    const { generation, token, after } = this;
    // A token in an unknown form continues with the objects of the first page's time.
    const present = token === undefined ? undefined : presentContinueToken(token);
    if (present !== null) this.comparison.beginPage();
    try {
      const { items, next } = await listPage(this.client, this.path, METADATA_KIND, present ?? token, {
        query: this.selection,
        headers: { accept: METADATA_LIST_ONLY },
        timeoutMs: PAGE_TIMEOUT_MS,
        signal,
      });
      if (generation !== this.generation) return;
      this.compare(items, after, next);
    } catch (error) {
      if (generation !== this.generation || signal.aborted) return;
      this.token = undefined;
      this.after = null;
      this.results.failed(asKubeError(error));
    }
  }

  private compare(objects: readonly unknown[], after: string | null, next: string | undefined): void {
    const items = objects.map(objectVersion).filter((item) => item !== null);
    const last = items.at(-1)?.key ?? after;
    const agreed = this.comparison.compare({ items, after, upTo: next === undefined ? null : last });
    this.token = next;
    this.after = next === undefined ? null : last;
    if (agreed) this.results.agreed();
    else this.awaitEvents();
  }

  /** Gives the watch time to deliver what a page has shown. */
  private awaitEvents(): void {
    const sinceMs = this.comparison.differsSinceMs;
    if (this.timer || sinceMs === null) return;
    const { generation } = this;
    const waitMs = Math.max(0, sinceMs + paced(MISSED_AFTER_MS) - this.nowMs());
    this.timer = setTimeout(() => {
      // Events that arrived while this process was busy are read first.
      setImmediate(() => {
        if (generation !== this.generation) return;
        this.timer = undefined;
        this.decide();
      });
    }, waitMs);
  }

  private decide(): void {
    const sinceMs = this.comparison.differsSinceMs;
    if (sinceMs === null) return;
    if (this.nowMs() - sinceMs >= paced(MISSED_AFTER_MS)) this.results.missed();
    else this.awaitEvents();
  }
}
