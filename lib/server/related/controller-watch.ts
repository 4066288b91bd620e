import 'server-only';
import { type ControllerFacts, UNKNOWN_CONTROLLER } from '@/lib/plane/health/controller-facts';
import { paced } from '@/lib/plane/time/pace';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { asKubeError } from '@/lib/server/kube/kube-error';
import { listPage } from '@/lib/server/kube/list-pages';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import { controllerLeases, leasesIn, leasesPath } from './controller-leases';

/** A leader renews its Lease every 2 s, so two readings this far apart differ. */
const PERIOD_MS = 10_000;
/** The second reading, without which nothing is proven, comes sooner. */
const SECOND_READING_MS = 3000;
/** How often it checks whether a plane needs the proof. */
const CHECK_MS = 1000;
const READ_TIMEOUT_MS = 8000;

export interface ControllerWatchOptions {
  readonly client: Pick<KubeClient, 'request'>;
  /** The control plane's namespace; checked, because it comes from the configuration. */
  readonly namespace: string;
  /** The API server's clock. */
  readonly nowMs: () => number;
  /** Whether the health of any plane depends on the proof. If not, nothing is read. */
  readonly isNeeded: () => boolean;
  /** Called when the facts differ. */
  readonly onFacts: (facts: ControllerFacts) => void;
}

/**
 * Proves that OpenChoreo's controller manager is alive, by seeing its leader renew its Lease between two readings. That
 * needs no clock but Planeboard's own: the Lease's times are the leader's. Read with Planeboard's account, every 10 s
 * while a plane needs it. What can't be read proves nothing.
 */
export class ControllerWatch {
  private lease: ControllerFacts['lease'] = UNKNOWN_CONTROLLER.lease;
  /** When the leader was last proven alive, on the monotonic clock; null: never. */
  private provenAtMs: number | null = null;
  /** Renewal times at the last reading, by the Lease's name. */
  private seen = new Map<string, string>();
  /** When the last successful reading was requested, on the monotonic clock. */
  private seenAtMs = 0;
  private readings = 0;
  private dueAtMs = 0;
  private timer: ReturnType<typeof setInterval> | undefined;
  private stopping = new AbortController();

  constructor(private readonly options: ControllerWatchOptions) {}

  start(): void {
    this.timer ??= setInterval(() => this.check(), paced(CHECK_MS));
  }

  stop(): void {
    this.stopping.abort();
    clearInterval(this.timer);
  }

  /** Forgets what was seen: the cluster is another one. */
  forget(): void {
    this.stopping.abort();
    this.stopping = new AbortController();
    this.seen.clear();
    this.readings = 0;
    this.dueAtMs = 0;
    this.accept(UNKNOWN_CONTROLLER.lease, null);
  }

  private check(): void {
    if (performance.now() < this.dueAtMs || !this.options.isNeeded()) return;
    // Until the reading ends, none is due.
    this.dueAtMs = Number.POSITIVE_INFINITY;
    void this.read(this.stopping.signal);
  }

  private async read(signal: AbortSignal): Promise<void> {
    const { client, namespace } = this.options;
    const askedAtMs = monotonicMs();
    try {
      const options = { timeoutMs: READ_TIMEOUT_MS, signal };
      const { items } = await listPage(
        client,
        leasesPath(namespace),
        leasesIn(namespace),
        undefined,
        options,
      );
      if (!signal.aborted) this.compare(items, askedAtMs);
    } catch (error) {
      const { code } = asKubeError(error);
      const lease = code === 'forbidden' ? 'not-visible' : code === 'not-found' ? 'missing' : 'unknown';
      if (!signal.aborted) this.accept(lease, this.provenAtMs);
    }
    if (signal.aborted) return;
    this.readings += 1;
    this.dueAtMs = performance.now() + paced(this.readings === 1 ? SECOND_READING_MS : PERIOD_MS);
  }

  private compare(items: readonly unknown[], askedAtMs: number): void {
    const leases = controllerLeases(items);
    const isRenewed = leases.some(({ name, holder, renewedAt }) => {
      const before = this.seen.get(name);
      return before !== undefined && holder !== null && renewedAt !== null && renewedAt !== before;
    });
    // The renewal came after the reading before, and that's all that's known of its time.
    const provenAtMs = isRenewed ? this.seenAtMs : this.provenAtMs;
    this.seen = new Map(leases.map(({ name, renewedAt }) => [name, renewedAt ?? '']));
    this.seenAtMs = askedAtMs;
    this.accept(leases.length > 0 ? 'read' : 'missing', provenAtMs);
  }

  private accept(lease: ControllerFacts['lease'], provenAtMs: number | null): void {
    if (lease === this.lease && provenAtMs === this.provenAtMs) return;
    this.lease = lease;
    this.provenAtMs = provenAtMs;
    this.options.onFacts({ lease, provenAt: provenAtMs === null ? null : this.timeText(provenAtMs) });
  }

  /** Formats a moment on the clock in use, which may have been set since. */
  private timeText(atMs: number): string {
    return new Date(Math.round(this.options.nowMs() - (monotonicMs() - atMs))).toISOString();
  }
}
