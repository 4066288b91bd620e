import 'server-only';
import type { PlaneEvent, PlaneEventsFrame } from '@/lib/api/related';
import { isKubernetesName } from '@/lib/plane/model/plane-path';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { monotonicMs } from '@/lib/server/process/monotonic-clock';
import { Reflector } from '@/lib/server/reflector/reflector';
import type { WatchChecker } from '@/lib/server/reflector/watch-checker';
import { compareEvents, readEventAbout } from './read-event';

const MAX_SHOWN = 100;
/** More than are shown, so some may expire. */
const MAX_STORED = 400;
/** The first change is sent at once; changes within this time are sent together. */
const BATCH_MS = 100;
/** Events about objects without a namespace are stored here. */
const CLUSTER_WIDE_NAMESPACE = 'default';

/** The object that the events are about. */
export interface EventSubject {
  readonly uid: string;
  readonly namespace: string | undefined;
}

/** Watches the Kubernetes Events of one object as one caller, and sends all of them whenever anything changed. */
export class PlaneEventWatch {
  private events = new Map<string, PlaneEvent>();
  private state: PlaneEventsFrame['state'] = 'lost';
  private readonly reflector: Reflector<PlaneEvent | null>;
  private checks: ReturnType<WatchChecker['add']> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private sentAtMs = Number.NEGATIVE_INFINITY;
  private stopped = false;

  constructor(
    client: KubeClient,
    private readonly checker: WatchChecker,
    { uid, namespace = CLUSTER_WIDE_NAMESPACE }: EventSubject,
    private readonly send: (frame: PlaneEventsFrame) => void,
  ) {
    // A field of the resource becomes part of a path here.
    if (!isKubernetesName(namespace)) throw new TypeError('Invalid namespace name.');
    this.reflector = new Reflector(
      client,
      `/api/v1/namespaces/${namespace}/events`,
      { apiVersion: 'v1', kind: 'Event', namespace },
      this.sink(uid),
      { fieldSelector: `involvedObject.uid=${uid}` },
    );
  }

  start(): void {
    this.checks = this.checker.add(this.reflector, 'page');
    this.reflector.start();
  }

  /** Resolves when its connection is closed. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    this.checks?.stop();
    await this.reflector.stop();
  }

  /**
   * Sets whether the API server is reachable. A watch on a dead connection would notice this only after minutes, and
   * a watch that pauses before its next attempt need not wait any longer.
   */
  setReachable(reachable: boolean): void {
    if (!reachable && this.state === 'live') {
      this.setState('lost');
      this.reflector.interrupt();
    } else if (reachable && this.state === 'lost') this.reflector.retryNow();
  }

  private sink(uid: string) {
    return {
      slim: (object: unknown) => readEventAbout(uid, object),
      replaced: (rows: readonly (PlaneEvent | null)[]) => {
        this.events = new Map(rows.flatMap((row) => (row ? [[row.uid, row]] : [])));
        this.prune();
        this.setState('live');
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
      watching: () => {
        // After a failure, an open watch proves nothing yet.
        if (this.state !== 'live') this.checks?.soon();
      },
      contact: () => this.setState('live'),
      unproven: () => {},
      failed: ({ error, step }: { error: { readonly code: string }; step: 'list' | 'watch' }) => {
        // A failed watch says nothing about the list, and the first 410 only requests a new one.
        if (error.code === 'expired') return;
        if (error.code !== 'forbidden' || step === 'watch') {
          this.setState('lost');
          return;
        }
        this.events.clear();
        this.setState('not-visible');
      },
    };
  }

  private setState(state: PlaneEventsFrame['state']): void {
    // The first state is sent even when it means that no events are available.
    if (this.state === state && this.sentAtMs !== Number.NEGATIVE_INFINITY) return;
    this.state = state;
    this.schedule();
  }

  private prune(): void {
    if (this.events.size <= MAX_STORED) return;
    const newest = [...this.events.values()].toSorted(compareEvents).slice(0, MAX_STORED / 2);
    this.events = new Map(newest.map((event) => [event.uid, event]));
  }

  private schedule(): void {
    if (this.timer || this.stopped) return;
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        this.sentAtMs = monotonicMs();
        const events = [...this.events.values()].toSorted(compareEvents).slice(0, MAX_SHOWN);
        this.send({ state: this.state, events });
      },
      Math.max(0, this.sentAtMs + BATCH_MS - monotonicMs()),
    );
  }
}
