import { KubeClient, type KubeCredentials, KubeError } from '@/demo/control-plane/kube-client';
import type { AgentConnection, AgentKey } from '@/demo/gateway/agent-registry';
import type { ClientCa, Verdict } from '@/demo/gateway/client-ca';
import type { AgentRequest, Gateway, PlaneVerdict } from '@/demo/gateway/gateway';
import type { GatewayAnswer } from '@/demo/gateway/gateway-replicas';
import type { Timing } from '@/demo/gateway/timing';
import { PLANE_KINDS, type PlaneKindEntry } from '@/lib/plane/model/kinds';
import { AgentAuthorizations } from './agent-authorizations';
import { type CaState, ClientCaReader } from './client-ca-reader';
import { EventRecorder } from './event-recorder';
import { InitialSync } from './initial-sync';
import { watchKind } from './kind-watch';
import { PlaneFinalizer } from './plane-finalizer';
import {
  agentKeyOf,
  finalizerOf,
  hasFinalizer,
  keyOf,
  type PlaneObject,
  type SimulatedKind,
  writePathOf,
} from './plane-object';
import { statusPatch } from './plane-status';
import { WorkQueue } from './work-queue';

const CONCURRENCY = 16;
/** In a larger fleet, an event for each status would double the number of writes. */
const EVENTS_UP_TO_PLANES = 200;

interface Tracked {
  kind: SimulatedKind;
  plane: PlaneObject;
  /** Identifies everything but the status. A different mark means that the resource changed. */
  changeMark: string;
}

/**
 * The simulated OpenChoreo controllers, in one loop for all plane kinds. They write status only through the status
 * subresource, copy the gateway's view at an interval and when a resource changes, and finish deletions.
 */
export class Controllers {
  private readonly client: KubeClient;
  private readonly cas: ClientCaReader;
  private readonly authorizations = new AgentAuthorizations();
  private readonly finalizer: PlaneFinalizer;
  private readonly events: EventRecorder;
  private readonly tracked = new Map<string, Tracked>();
  /** The uids of the planes of each planeID. */
  private readonly byAgentKey = new Map<string, Set<string>>();
  private readonly frozenKeys = new Set<string>();
  private readonly queue = new WorkQueue((uid) => this.process(uid), CONCURRENCY);
  private readonly stopWatching = new AbortController();
  private frozen = false;
  private initialSync: InitialSync | null = null;
  private watches: Promise<unknown> = Promise.resolve();

  constructor(
    credentials: KubeCredentials,
    private readonly gateway: Gateway,
    private readonly timing: Timing,
  ) {
    this.client = new KubeClient(credentials, CONCURRENCY + PLANE_KINDS.length + 4);
    this.cas = new ClientCaReader(this.client);
    this.finalizer = new PlaneFinalizer(this.client, gateway);
    this.events = new EventRecorder(this.client, timing.speed);
  }

  /** Starts watching. Resolves when every plane that existed at the start was reconciled once. */
  async start(): Promise<void> {
    this.gateway.findVerdicts = (agent) => this.findVerdicts(agent);
    this.gateway.authorize = (agent) => this.authorize(agent);
    const initialSync = new InitialSync(PLANE_KINDS.map((entry) => entry.kind));
    this.initialSync = initialSync;
    const listener = {
      onListed: (entry: PlaneKindEntry) => initialSync.kindListed(entry.kind),
      onUpsert: (kind: SimulatedKind, plane: PlaneObject) => this.onUpsert(kind, plane),
      onDelete: (uid: string) => this.onDelete(uid),
    };
    this.watches = Promise.all(
      PLANE_KINDS.map((entry) => watchKind(this.client, entry, listener, this.stopWatching.signal)),
    );
    this.stopWatching.signal.addEventListener('abort', () => initialSync.abort());
    await initialSync.done;
    this.initialSync = null;
  }

  async stop(): Promise<void> {
    this.stopWatching.abort();
    await this.queue.close();
    await this.watches;
    await this.events.settle();
    await this.client.close();
  }

  /** Acts as if the controller manager died: no status changes, and deletions hang. */
  freeze(): void {
    this.frozen = true;
  }

  get isFrozen(): boolean {
    return this.frozen;
  }

  /** Acts as if the controller manager came back: it reconciles everything at once. */
  thaw(): void {
    this.frozen = false;
    for (const uid of this.tracked.keys()) this.queue.add(uid);
  }

  /** Stops reconciling one plane: `dataplanes/<namespace>/<name>` or `clusterdataplanes/<name>`. */
  freezePlane(planeKey: string): void {
    this.frozenKeys.add(planeKey);
  }

  thawPlane(planeKey: string): void {
    this.frozenKeys.delete(planeKey);
    for (const [uid, { kind, plane }] of this.tracked) {
      if (keyOf(kind, plane) === planeKey) this.queue.add(uid);
    }
  }

  /** The resourceVersion of a plane as the controllers last saw it, or undefined if they haven't seen it. */
  seenVersion(planeKey: string): string | undefined {
    for (const { kind, plane } of this.tracked.values()) {
      if (keyOf(kind, plane) === planeKey) return plane.metadata.resourceVersion;
    }
    return undefined;
  }

  private onUpsert(kind: SimulatedKind, plane: PlaneObject): void {
    const uid = plane.metadata.uid ?? '';
    const changeMark = changeMarkOf(plane);
    const before = this.tracked.get(uid);
    if (before) this.unindex(uid, before);
    this.tracked.set(uid, { kind, plane, changeMark });
    const key = agentKeyText(agentKeyOf(kind, plane));
    this.byAgentKey.set(key, (this.byAgentKey.get(key) ?? new Set()).add(uid));
    if (!before) {
      this.initialSync?.add(uid);
      this.queue.add(uid);
    } else if (before.changeMark !== changeMark) {
      this.cas.forget(uid);
      this.queue.addAfter(uid, plane.metadata.deletionTimestamp ? 0 : this.timing.changeMs);
    }
  }

  private onDelete(uid: string): void {
    const tracked = this.tracked.get(uid);
    if (tracked) this.unindex(uid, tracked);
    this.tracked.delete(uid);
    this.initialSync?.reconciled(uid);
    this.cas.forget(uid);
    this.events.forget(uid);
    this.queue.forget(uid);
  }

  private unindex(uid: string, { kind, plane }: Tracked): void {
    const key = agentKeyText(agentKeyOf(kind, plane));
    const uids = this.byAgentKey.get(key);
    uids?.delete(uid);
    if (uids?.size === 0) this.byAgentKey.delete(key);
  }

  private async process(uid: string): Promise<void> {
    await this.reconcile(uid);
    this.initialSync?.reconciled(uid);
  }

  private async reconcile(uid: string): Promise<void> {
    const tracked = this.tracked.get(uid);
    if (!tracked || this.frozen || this.frozenKeys.has(keyOf(tracked.kind, tracked.plane))) return;
    let nextInMs = this.timing.copyMs * (0.95 + Math.random() * 0.1);
    try {
      const { kind, plane } = tracked;
      if (plane.metadata.deletionTimestamp) {
        await this.finalizer.finish(kind, plane);
        nextInMs = this.timing.retryMs;
      } else if (hasFinalizer(kind, plane)) await this.report(kind, plane);
      else {
        // The watch reports this change, and only then is the status written.
        await this.addFinalizer(kind, plane);
        nextInMs = this.timing.changeMs;
      }
    } catch (error) {
      // A schema violation isn't retried soon. Other errors (API server down, conflict) are temporary.
      if (!(error instanceof KubeError && error.status === 422)) nextInMs = this.timing.retryMs;
    }
    if (this.tracked.has(uid)) this.queue.addAfter(uid, nextInMs);
  }

  private async addFinalizer(kind: SimulatedKind, plane: PlaneObject): Promise<void> {
    const { resourceVersion, finalizers = [] } = plane.metadata;
    await this.client.patch(writePathOf(kind, plane), {
      metadata: { resourceVersion, finalizers: [...finalizers, finalizerOf(kind.entry.kind)] },
    });
  }

  /** Copies the gateway's view into the status. Without a CA or a gateway, the old status stays. */
  private async report(kind: SimulatedKind, plane: PlaneObject): Promise<void> {
    if (!kind.hasConditions) return;
    const nowMs = Date.now();
    let view: GatewayAnswer | null = null;
    if (kind.reportsAgent) {
      const key = agentKeyOf(kind, plane);
      const isNew = this.cas.cached(plane.metadata.uid ?? '')?.state !== 'ready';
      const ca = await this.cas.read(kind, plane);
      if (isNew) this.gateway.announceVerdicts(key);
      const isCluster = kind.entry.scope === 'Cluster';
      if (!this.gateway.isUp || ca.state === 'missing' || (ca.state === 'unparsable' && !isCluster)) return;
      if (isNewPlane(plane) && !this.initialSync) this.introduceAgents(key, plane.metadata.uid ?? '', ca);
      else if (!isCluster && hasUnobservedChange(plane)) this.revalidateAgents(key, plane.metadata.uid ?? '');
      const agents = this.gateway.registry
        .of(key)
        // Cluster-scoped kinds report every agent on the planeID, even one that only another plane accepts.
        .filter((agent) =>
          isCluster
            ? this.initialSync !== null || this.isAccepted(agent)
            : ca.state === 'ready' &&
              this.authorizations.verdict(agent, plane.metadata.uid ?? '', ca.ca).accepted,
        );
      view = this.gateway.replicas.answer(agents, nowMs);
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

  /**
   * A plane was added: the gateway drops the agents of its planeID, so that they connect to the new plane too. An old
   * gateway with an intermediate CA keeps them, and can't verify them for the new plane.
   */
  private introduceAgents(key: AgentKey, uid: string, ca: CaState): void {
    const { hasIntermediateFault, registry } = this.gateway;
    if (hasIntermediateFault && ca.state === 'ready' && ca.isIntermediate)
      this.authorizations.reject(registry.of(key), uid, "the agent's intermediate CA isn't known");
    else registry.disconnect(key);
  }

  /** The spec of a namespaced plane changed: agents that no plane of the planeID accepts any more are disconnected. */
  private revalidateAgents(key: AgentKey, uid: string): void {
    const agents = this.gateway.registry.of(key);
    this.authorizations.revalidate(agents, uid);
    for (const agent of agents) {
      if (!this.isAccepted(agent)) this.gateway.registry.drop(agent);
    }
  }

  private isAccepted(agent: AgentConnection): boolean {
    return this.findVerdicts(agent).some(({ accepted }) => accepted);
  }

  /** Reads the CAs of the agent's planeID again, as the gateway does at a handshake. */
  private async authorize(agent: AgentRequest): Promise<PlaneVerdict[]> {
    const planes = this.planesOf(agent);
    return Promise.all(
      planes.map(async ({ kind, plane }) => {
        const ca = await this.cas.readAgain(kind, plane);
        return verdictOf(keyOf(kind, plane), ca, (ready) => ready.verify(agent.certificate, Date.now()));
      }),
    );
  }

  /** Returns each plane of the agent's planeID, and whether its CA accepts the agent's certificate. */
  private findVerdicts(agent: AgentConnection): PlaneVerdict[] {
    return this.planesOf(agent).map(({ kind, plane }) => {
      const uid = plane.metadata.uid ?? '';
      return verdictOf(keyOf(kind, plane), this.cas.cached(uid), (ready) =>
        this.authorizations.verdict(agent, uid, ready),
      );
    });
  }

  private planesOf(agent: AgentKey): Tracked[] {
    const uids = this.byAgentKey.get(agentKeyText(agent)) ?? [];
    return [...uids].flatMap((uid) => {
      const tracked = this.tracked.get(uid);
      return tracked?.kind.reportsAgent ? [tracked] : [];
    });
  }
}

function agentKeyText({ planeType, planeID }: AgentKey): string {
  return `${planeType}/${planeID}`;
}

function verdictOf(plane: string, ca: CaState | undefined, verify: (ca: ClientCa) => Verdict): PlaneVerdict {
  if (!ca || ca.state === 'missing') return { plane, accepted: false, reason: 'the plane has no CA yet' };
  if (ca.state === 'unparsable') return { plane, accepted: false, reason: "the plane's CA can't be parsed" };
  return { plane, ...verify(ca.ca) };
}

/** Whether no controller has reconciled the plane before. */
function isNewPlane({ status }: PlaneObject): boolean {
  return !status?.conditions?.some(({ type }) => type === 'Created');
}

function hasUnobservedChange({ metadata, status }: PlaneObject): boolean {
  return status?.observedGeneration !== undefined && status.observedGeneration !== metadata.generation;
}

function changeMarkOf({ metadata, spec }: PlaneObject): string {
  const { generation, labels, annotations, finalizers, deletionTimestamp } = metadata;
  // The generation changes with the spec, but not for a resource without a spec.
  return JSON.stringify([generation, labels, annotations, finalizers, deletionTimestamp, spec === undefined]);
}
