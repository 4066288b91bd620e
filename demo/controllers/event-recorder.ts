import { type KubeClient, KubeError } from '@/demo/control-plane/kube-client';
import { PLANE_API_VERSION } from '@/lib/plane/model/kinds';
import { formatRfc3339 } from '@/lib/plane/time/age';
import type { PlaneObject, SimulatedKind } from './plane-object';

/** As in client-go's recorder: an object may have this many events at once, then one every five minutes. */
const BURST = 25;
const REFILL_MS = 5 * 60_000;
/** The namespace of events about cluster-scoped objects. */
const CLUSTER_WIDE_NAMESPACE = 'default';

interface Recorded {
  readonly path: string;
  count: number;
  tokens: number;
  refilledAtMs: number;
}

/**
 * Records Kubernetes Events as client-go's recorder does: equal events share one object with a count, and frequent
 * events are rate-limited. Failed writes are ignored, because an event isn't worth an error.
 */
export class EventRecorder {
  private readonly recorded = new Map<string, Recorded>();
  private readonly underWay = new Set<Promise<void>>();

  /** @param speed divides the interval of five minutes */
  constructor(
    private readonly client: KubeClient,
    private readonly speed: number,
  ) {}

  /** Records the event that follows a status update. The real controllers record no other. */
  reconciled(kind: SimulatedKind, plane: PlaneObject): void {
    const writing = this.write(
      kind,
      plane,
      'ReconcileComplete',
      `Successfully created ${plane.metadata.name}`,
    )
      .catch(() => {})
      .finally(() => this.underWay.delete(writing));
    this.underWay.add(writing);
  }

  forget(uid: string): void {
    this.recorded.delete(uid);
  }

  /** Resolves when no write is pending. */
  async settle(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async write(
    kind: SimulatedKind,
    plane: PlaneObject,
    reason: string,
    message: string,
  ): Promise<void> {
    const uid = plane.metadata.uid ?? '';
    const nowMs = Date.now();
    const known = this.recorded.get(uid);
    if (known && !this.takeToken(known, nowMs)) return;
    if (known) {
      known.count += 1;
      const found = await this.countUp(known, nowMs);
      if (found) return;
    }
    const { namespace, name, resourceVersion } = plane.metadata;
    const collection = `/api/v1/namespaces/${namespace ?? CLUSTER_WIDE_NAMESPACE}/events`;
    const eventName = `${name}.${nowMs.toString(16)}`;
    this.recorded.set(uid, {
      path: `${collection}/${eventName}`,
      count: 1,
      tokens: BURST - 1,
      refilledAtMs: nowMs,
    });
    await this.client.post(collection, {
      metadata: { name: eventName },
      involvedObject: {
        apiVersion: PLANE_API_VERSION,
        kind: kind.entry.kind,
        ...(namespace === undefined ? {} : { namespace }),
        name,
        uid,
        resourceVersion,
      },
      type: 'Normal',
      reason,
      message,
      count: 1,
      firstTimestamp: formatRfc3339(nowMs),
      lastTimestamp: formatRfc3339(nowMs),
      source: { component: `${kind.entry.kind.toLowerCase()}-controller` },
    });
  }

  private takeToken(known: Recorded, nowMs: number): boolean {
    const refilled = Math.floor((nowMs - known.refilledAtMs) / (REFILL_MS / this.speed));
    if (refilled > 0) {
      known.tokens = Math.min(BURST, known.tokens + refilled);
      known.refilledAtMs = nowMs;
    }
    if (known.tokens === 0) return false;
    known.tokens -= 1;
    return true;
  }

  /** Returns false when the event no longer exists: the API server keeps events for an hour. */
  private async countUp({ path, count }: Recorded, nowMs: number): Promise<boolean> {
    try {
      await this.client.patch(path, { count, lastTimestamp: formatRfc3339(nowMs) });
      return true;
    } catch (error) {
      if (error instanceof KubeError && error.status === 404) return false;
      throw error;
    }
  }
}
