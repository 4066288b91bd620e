import { setTimeout } from 'node:timers/promises';
import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import { createOnce, type KubeClient, type KubeObject } from '@/demo/control-plane/kube-client';
import { planeKeyOf } from '@/demo/controllers/plane-object';
import type { Release } from '@/demo/crds/profiles';
import type { DemoControlPlane } from '@/demo/demo-control-plane';
import { createSample } from '@/demo/fleet/create-sample';
import { FleetState, materialOf } from '@/demo/fleet/fleet-state';
import { namespaceManifest } from '@/demo/fleet/manifests';
import type { Sample } from '@/demo/fleet/sample';
import type { GatewayShape } from '@/demo/gateway/gateway-replicas';
import { kindOfName } from '@/lib/plane/model/kinds';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import type { PlaneStatus } from '@/testing/control-plane/plane-statuses';
import { sharedDemo } from '@/testing/control-plane/shared-demo';
import { apiPathOf, type SimulatedPlane } from './simulated-planes';

/**
 * The factor by which the simulated controllers are faster than real ones: they copy the gateway's view every 2 s.
 */
const SPEED = 30;
/** How long the controllers' watch may take to deliver a plane. */
const SEEN_WITHIN_MS = 30_000;

export interface SimulationOptions {
  readonly release: Release;
  readonly speed?: number;
  /** How the gateway is deployed; by default one replica. */
  readonly gateway?: GatewayShape;
  /** Whether to create the sample fleet; false by default. */
  readonly samples?: boolean;
  /** The control plane; by default this worker's. */
  readonly bare?: BareControlPlane;
}

export interface Simulated {
  readonly release: Release;
  readonly demo: DemoControlPlane<ControlPlaneAccess>;
  readonly state: FleetState;
}

/**
 * A release's control plane with the simulated gateway, agents and controllers. Tests add planes as they need them.
 */
export class SimulatedControlPlane {
  readonly release: Release;
  readonly demo: DemoControlPlane<ControlPlaneAccess>;
  private readonly state: FleetState;

  protected constructor({ release, demo, state }: Simulated) {
    this.release = release;
    this.demo = demo;
    this.state = state;
  }

  static async start(options: SimulationOptions): Promise<SimulatedControlPlane> {
    return new SimulatedControlPlane(await SimulatedControlPlane.simulate(options));
  }

  protected static async simulate({
    release,
    speed = SPEED,
    samples = false,
    gateway,
    bare,
  }: SimulationOptions): Promise<Simulated> {
    const used = bare ?? (await sharedControlPlane(release));
    const demo = await sharedDemo({ release, samples, speed, ...(gateway ? { gateway } : {}) }, used);
    return { release, demo, state: await FleetState.open(used.folder) };
  }

  async stop(): Promise<void> {
    await this.demo.stop();
  }

  /** A client of the API server with the administrator's rights. */
  get kube(): KubeClient {
    return this.demo.controlPlane.client;
  }

  /** Creates a plane with its namespace, Secret, past status and agents. */
  async add(plane: SimulatedPlane): Promise<void> {
    const { plural = '', planeType = '' } = kindOfName(plane.kind) ?? {};
    const key = planeKeyOf(plural, plane.namespace, plane.name);
    const sample: Sample = {
      id: key,
      shows: '',
      labels: {},
      spec: plane.kind.endsWith('ObservabilityPlane') ? { observerURL: 'https://observer.example.com' } : {},
      agents: 0,
      ageMs: 0,
      expected: { state: 'unknown' },
      ...plane,
    };
    const { namespace, name } = sample;
    const { controlPlane, simulation } = this.demo;
    if (namespace !== undefined)
      await createOnce(this.kube, namespaceManifest(namespace, { 'openchoreo.dev/control-plane': 'true' }));
    // The controllers ignore the plane until its past is complete. Otherwise their writes would mix with it.
    simulation.controllers.freezePlane(key);
    await createSample(controlPlane, this.release, this.state, sample);
    if (sample.agents > 0) {
      const { agentCertPem } = await materialOf(this.state, sample, sample.agentsAreForeign);
      for (let agent = 0; agent < sample.agents; agent += 1)
        simulation.gateway.agents.add({ planeType, planeID: sample.planeID ?? name, certPem: agentCertPem });
    }
    await this.untilSeen(plane, key);
    if (!sample.frozen) simulation.controllers.thawPlane(key);
  }

  /**
   * Waits until the controllers have seen a plane as it is stored. If they first saw it without its past, they would
   * take it for a new one and make its agents reconnect.
   */
  private async untilSeen(plane: SimulatedPlane, key: string): Promise<void> {
    const { controllers } = this.demo.simulation;
    const stored = (await this.find(plane))?.metadata.resourceVersion;
    const endMs = performance.now() + SEEN_WITHIN_MS;
    while (stored !== undefined && controllers.seenVersion(key) !== stored) {
      if (performance.now() > endMs) throw new Error(`The simulated controllers don't see ${key}.`);
      await setTimeout(10);
    }
  }

  /** Returns the plane as the API server stores it. */
  read(plane: SimulatedPlane): Promise<KubeObject> {
    return this.kube.get(apiPathOf(plane));
  }

  find(plane: SimulatedPlane): Promise<KubeObject | undefined> {
    return this.kube.find(apiPathOf(plane));
  }

  /** Changes the plane by a merge patch, as another user would. */
  patch(plane: SimulatedPlane, change: unknown, manager = 'kubectl-edit'): Promise<KubeObject> {
    return this.kube.patch(`${apiPathOf(plane)}?fieldManager=${manager}`, change);
  }

  /** Writes the plane's status in the controller's place. Only works for a frozen plane. */
  async setStatus(plane: SimulatedPlane, status: PlaneStatus): Promise<void> {
    await this.kube.patch(`${apiPathOf(plane)}/status`, { status });
  }
}
