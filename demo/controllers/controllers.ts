import { KubeClient, type KubeCredentials, KubeError } from '@/demo/control-plane/kube-client';
import { type AgentConnection, isSameKey } from '@/demo/gateway/agent-registry';
import type { Gateway, PlaneVerdict } from '@/demo/gateway/gateway';
import type { Timing } from '@/demo/gateway/timing';
import { PLANE_KINDS, type PlaneKindEntry } from '@/lib/plane/model/kinds';
import { ClientCaReader } from './client-ca-reader';
import { EventRecorder } from './event-recorder';
import { Finaliser } from './finaliser';
import { InitialSync } from './initial-sync';
import { watchKind } from './kind-watch';
import {
  agentKeyOf,
  finalizerOf,
  hasFinalizer,
  keyOf,
  type PlaneObject,
  type ServedKind,
  writePathOf,
} from './plane-object';
import { type GatewayView, statusPatch } from './plane-status';
import { WorkQueue } from './work-queue';

const CONCURRENCY = 16;
/** In a larger fleet an event for each status would double what is written. */
const EVENTS_UP_TO_PLANES = 200;

interface Tracked {
  kind: ServedKind;
  plane: PlaneObject;
  /** All of the resource but its status: when it changes, somebody touched it. */
  touchMark: string;
}

/**
 * The simulated OpenChoreo controllers: one loop for every plane kind. They write status only through the status
 * subresource, copy the gateway's view on their own rhythm and when a resource is touched, and finish deletions.
 */
export class Controllers {
  private readonly client: KubeClient;
  private readonly cas: ClientCaReader;
  private readonly finaliser: Finaliser;
  private readonly events: EventRecorder;
  private readonly tracked = new Map<string, Tracked>();
  private readonly frozenKeys = new Set<string>();
  private readonly queue = new WorkQueue((uid) => this.lookAt(uid), CONCURRENCY);
  private readonly stopWatching = new AbortController();
  private frozen = false;
  private firstLook: InitialSync | null = null;
  private watches: Promise<unknown> = Promise.resolve();

  constructor(
    credentials: KubeCredentials,
    private readonly gateway: Gateway,
    private readonly timing: Timing,
  ) {
    this.client = new KubeClient(credentials, CONCURRENCY + PLANE_KINDS.length + 4);
    this.cas = new ClientCaReader(this.client);
    this.finaliser = new Finaliser(this.client, gateway);
    this.events = new EventRecorder(this.client, timing.speed);
  }

  /** Resolves when every plane that was there at the start has been looked at once. */
  async start(): Promise<void> {
    this.gateway.judge = (agent) => this.judge(agent);
    const firstLook = new InitialSync(PLANE_KINDS.map((entry) => entry.kind));
    this.firstLook = firstLook;
    const listener = {
      onListed: (entry: PlaneKindEntry) => firstLook.listed(entry.kind),
      onUpsert: (kind: ServedKind, plane: PlaneObject) => this.onUpsert(kind, plane),
      onDelete: (uid: string) => this.onDelete(uid),
    };
    this.watches = Promise.all(
      PLANE_KINDS.map((entry) => watchKind(this.client, entry, listener, this.stopWatching.signal)),
    );
    this.stopWatching.signal.addEventListener('abort', () => firstLook.giveUp());
    await firstLook.done;
    this.firstLook = null;
  }

  async stop(): Promise<void> {
    this.stopWatching.abort();
    await this.queue.close();
    await this.watches;
    await this.events.settle();
    await this.client.close();
  }

  /** As when the controller manager dies: every status stays as it is, and deletions hang. */
  freeze(): void {
    this.frozen = true;
  }

  get isFrozen(): boolean {
    return this.frozen;
  }

  /** The controller manager is back, and looks at everything at once. */
  thaw(): void {
    this.frozen = false;
    for (const uid of this.tracked.keys()) this.queue.add(uid);
  }

  /** Nobody looks at this plane any more: `dataplanes/<namespace>/<name>` or `clusterdataplanes/<name>`. */
  freezePlane(planeKey: string): void {
    this.frozenKeys.add(planeKey);
  }

  thawPlane(planeKey: string): void {
    this.frozenKeys.delete(planeKey);
    for (const [uid, { kind, plane }] of this.tracked) {
      if (keyOf(kind, plane) === planeKey) this.queue.add(uid);
    }
  }

  private onUpsert(kind: ServedKind, plane: PlaneObject): void {
    const uid = plane.metadata.uid ?? '';
    const touchMark = touchMarkOf(plane);
    const before = this.tracked.get(uid);
    this.tracked.set(uid, { kind, plane, touchMark });
    if (!before) {
      this.firstLook?.awaits(uid);
      this.queue.add(uid);
    } else if (before.touchMark !== touchMark) {
      this.cas.forget(uid);
      this.queue.addAfter(uid, plane.metadata.deletionTimestamp ? 0 : this.timing.touchMs);
    }
  }

  private onDelete(uid: string): void {
    this.tracked.delete(uid);
    this.firstLook?.lookedAt(uid);
    this.cas.forget(uid);
    this.events.forget(uid);
    this.queue.forget(uid);
  }

  private async lookAt(uid: string): Promise<void> {
    await this.reconcile(uid);
    this.firstLook?.lookedAt(uid);
  }

  private async reconcile(uid: string): Promise<void> {
    const tracked = this.tracked.get(uid);
    if (!tracked || this.frozen || this.frozenKeys.has(keyOf(tracked.kind, tracked.plane))) return;
    let againInMs = this.timing.copyMs * (0.95 + Math.random() * 0.1);
    try {
      const { kind, plane } = tracked;
      if (plane.metadata.deletionTimestamp) {
        await this.finaliser.finalise(kind, plane);
        againInMs = this.timing.retryMs;
      } else if (hasFinalizer(kind, plane)) await this.report(kind, plane);
      else {
        // The change comes back through the watch, and the status is written then.
        await this.addFinalizer(kind, plane);
        againInMs = this.timing.touchMs;
      }
    } catch (error) {
      // A resource that its own schema refuses stays as it is; all else (the API server is away, a conflict) passes.
      if (!(error instanceof KubeError && error.status === 422)) againInMs = this.timing.retryMs;
    }
    if (this.tracked.has(uid)) this.queue.addAfter(uid, againInMs);
  }

  private async addFinalizer(kind: ServedKind, plane: PlaneObject): Promise<void> {
    const { resourceVersion, finalizers = [] } = plane.metadata;
    await this.client.patch(writePathOf(kind, plane), {
      metadata: { resourceVersion, finalizers: [...finalizers, finalizerOf(kind.entry.kind)] },
    });
  }

  /** Copies the gateway's view. Without a CA or a gateway nothing is written, and what is there stays. */
  private async report(kind: ServedKind, plane: PlaneObject): Promise<void> {
    if (!kind.hasConditions) return;
    const nowMs = Date.now();
    let view: GatewayView | null = null;
    if (kind.reportsAgent) {
      const key = agentKeyOf(kind, plane);
      const isNews = this.cas.last(plane.metadata.uid ?? '')?.state !== 'ready';
      const ca = await this.cas.read(kind, plane);
      if (isNews) this.gateway.announceVerdicts(key);
      const isCluster = kind.entry.scope === 'Cluster';
      if (!this.gateway.isUp || ca.state === 'missing' || (ca.state === 'unparsable' && !isCluster)) return;
      const agents = this.gateway.registry
        .of(key)
        // Cluster kinds count any agent on the planeID, also one that their CA would refuse.
        .filter(
          ({ certificate }) =>
            isCluster || (ca.state === 'ready' && ca.ca.verify(certificate, nowMs).accepted),
        );
      view = {
        agents: agents.length,
        lastHeartbeatMs:
          agents.length === 0 ? null : Math.max(...agents.map((a) => a.lastHeartbeatMs(nowMs))),
      };
    }
    const status = statusPatch(plane, kind, view, nowMs);
    if (Object.keys(status).length === 0) return;
    if (
      !view &&
      status.conditions === undefined &&
      status.observedGeneration === plane.status?.observedGeneration
    )
      return;
    await this.client.patch(writePathOf(kind, plane, 'status'), { status });
    if (this.tracked.size <= EVENTS_UP_TO_PLANES) this.events.reconciled(kind, plane);
  }

  /** What each plane of an agent's planeID says to its certificate, as far as the planes' CAs have been read. */
  private judge(agent: AgentConnection): PlaneVerdict[] {
    const planes = [...this.tracked.entries()].filter(
      ([, { kind, plane }]) => kind.reportsAgent && isSameKey(agentKeyOf(kind, plane), agent),
    );
    return planes.map(([uid, { kind, plane }]) => {
      const name = keyOf(kind, plane);
      const ca = this.cas.last(uid);
      if (!ca || ca.state === 'missing')
        return { plane: name, accepted: false, reason: 'the plane has no CA yet' };
      if (ca.state === 'unparsable')
        return { plane: name, accepted: false, reason: "the plane's CA cannot be read" };
      return { plane: name, ...ca.ca.verify(agent.certificate, Date.now()) };
    });
  }
}

function touchMarkOf({ metadata, spec }: PlaneObject): string {
  const { generation, labels, annotations, finalizers, deletionTimestamp } = metadata;
  // The generation moves with the spec where there is one; a resource without it is told by its own words.
  return JSON.stringify([generation, labels, annotations, finalizers, deletionTimestamp, spec === undefined]);
}
