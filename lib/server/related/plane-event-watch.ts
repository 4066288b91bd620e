import 'server-only';
import type { PlaneEvent, PlaneEventsFrame } from '@/lib/api/related';
import { isKubernetesName } from '@/lib/plane/model/plane-path';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import { Reflector } from '@/lib/server/reflector/reflector';
import { compareEvents, readEvent } from './read-event';

const MAX_SHOWN = 100;
/** Kept beside those that are shown, so that some may expire. */
const MAX_KEPT = 400;
/** The first change is told at once, what follows within this time together. */
const BATCH_MS = 100;
/** Where the API server keeps events about objects without a namespace. */
const CLUSTER_WIDE_NAMESPACE = 'default';

/** Of which object. */
export interface EventSubject {
  readonly uid: string;
  readonly namespace: string | undefined;
}

/** Watches the Kubernetes Events of one object as one caller, and tells all of them whenever anything changed. */
export class PlaneEventWatch {
  private events = new Map<string, PlaneEvent>();
  private state: PlaneEventsFrame['state'] = 'lost';
  private readonly reflector: Reflector<PlaneEvent | null>;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private toldAtMs = Number.NEGATIVE_INFINITY;
  private stopped = false;

  constructor(
    client: KubeClient,
    { uid, namespace = CLUSTER_WIDE_NAMESPACE }: EventSubject,
    private readonly tell: (frame: PlaneEventsFrame) => void,
  ) {
    // What a resource says of itself becomes part of a path here.
    if (!isKubernetesName(namespace)) throw new TypeError('A namespace must be a Kubernetes name.');
    this.reflector = new Reflector(client, `/api/v1/namespaces/${namespace}/events`, this.sink(), {
      fieldSelector: `involvedObject.uid=${uid}`,
    });
  }

  start(): void {
    this.reflector.start();
  }

  /** Resolves when its connection is closed. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.reflector.stop();
  }

  /**
   * Somebody knows whether the API server answers: a watch that stands on a dead connection would notice only after
   * minutes, and one that waits for its next attempt need not.
   */
  apiServerIs(reachable: boolean): void {
    if (!reachable && this.state === 'live') {
      this.become('lost');
      this.reflector.interrupt();
    } else if (reachable && this.state === 'lost') this.reflector.retryNow();
  }

  private sink() {
    return {
      slim: readEvent,
      replaced: (rows: readonly (PlaneEvent | null)[]) => {
        this.events = new Map(rows.flatMap((row) => (row ? [[row.uid, row]] : [])));
        this.prune();
        this.become('live');
        this.schedule();
      },
      set: (row: PlaneEvent | null) => {
        if (!row) return;
        this.events.set(row.uid, row);
        this.prune();
        this.schedule();
      },
      removed: (row: PlaneEvent | null) => {
        if (row && this.events.delete(row.uid)) this.schedule();
      },
      watching: () => this.become('live'),
      contact: () => {},
      failed: ({ error, step }: { error: { readonly code: string }; step: 'list' | 'watch' }) => {
        // A watch that fails is no word on the list, and the first 410 asks for a new one.
        if (error.code === 'expired') return;
        if (error.code !== 'forbidden' || step === 'watch') {
          this.become('lost');
          return;
        }
        this.events.clear();
        this.become('not-visible');
      },
    };
  }

  private become(state: PlaneEventsFrame['state']): void {
    // The first word is told even if it is that nothing could be had.
    if (this.state === state && this.toldAtMs !== Number.NEGATIVE_INFINITY) return;
    this.state = state;
    this.schedule();
  }

  private prune(): void {
    if (this.events.size <= MAX_KEPT) return;
    const newest = [...this.events.values()].toSorted(compareEvents).slice(0, MAX_KEPT / 2);
    this.events = new Map(newest.map((event) => [event.uid, event]));
  }

  private schedule(): void {
    if (this.timer || this.stopped) return;
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        this.toldAtMs = monotonicMs();
        const events = [...this.events.values()].toSorted(compareEvents).slice(0, MAX_SHOWN);
        this.tell({ state: this.state, events });
      },
      Math.max(0, this.toldAtMs + BATCH_MS - monotonicMs()),
    );
  }
}
