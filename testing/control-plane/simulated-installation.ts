import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubeClient, KubeObject } from '@/demo/control-plane/kube-client';
import { planeKeyOf } from '@/demo/controllers/plane-object';
import type { Release } from '@/demo/crds/profiles';
import { type DemoControlPlane, startDemoControlPlane } from '@/demo/demo-control-plane';
import { createOnce, createSample } from '@/demo/fleet/create-sample';
import { collectionOf, namespaceManifest } from '@/demo/fleet/manifests';
import { FleetState, materialOf } from '@/demo/fleet/material';
import type { Sample } from '@/demo/fleet/sample';
import { kindOfName } from '@/lib/plane/model/kinds';
import { PlaneboardServer } from '@/testing/server/planeboard-server';

/** The simulated controllers copy the gateway's view this many times faster than the real ones, so every 2 s. */
const SPEED = 30;

/** What a controller writes: the status of a plane. */
export type PlaneStatus = Readonly<Record<string, unknown>>;

/** A plane with its past and its agents; what is left out is as of a plane that nobody looks after in particular. */
export type SimulatedPlane = Pick<Sample, 'kind' | 'name'> & Partial<Sample>;

export interface SimulationOptions {
  readonly release: Release;
  readonly speed?: number;
  /** Environment of the server. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * A control plane of a release with the simulated gateway, agents and controllers, and the production server on it.
 * Planes are put into it as tests need them.
 */
export class SimulatedInstallation {
  private constructor(
    readonly release: Release,
    readonly demo: DemoControlPlane,
    readonly server: PlaneboardServer,
    /** For files that go with it. */
    readonly folder: string,
    private readonly state: FleetState,
  ) {}

  static async start({
    release,
    speed = SPEED,
    env = {},
  }: SimulationOptions): Promise<SimulatedInstallation> {
    const folder = await mkdtemp(join(tmpdir(), 'planeboard-simulated-'));
    const demo = await startDemoControlPlane({ release, samples: false, speed });
    const server = await PlaneboardServer.start({ kubeconfigPath: demo.controlPlane.kubeconfigPath, env });
    return new SimulatedInstallation(release, demo, server, folder, await FleetState.open(folder));
  }

  async stop(): Promise<void> {
    await this.server.kill();
    await this.demo.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The API server itself, as its administrator. */
  get kube(): KubeClient {
    return this.demo.controlPlane.client;
  }

  /** Creates a plane with all that belongs to it: namespace, Secret, status of old, agents. */
  async add(plane: SimulatedPlane): Promise<void> {
    const sample: Sample = {
      id: pathOf(plane),
      shows: '',
      labels: {},
      spec: plane.kind.endsWith('ObservabilityPlane') ? { observerURL: 'https://observer.example.com' } : {},
      agents: 0,
      ageMs: 0,
      expected: { state: 'unknown' },
      ...plane,
    };
    const { kind, namespace, name } = sample;
    const { controlPlane, simulation } = this.demo;
    if (namespace !== undefined)
      await createOnce(this.kube, namespaceManifest(namespace, { 'openchoreo.dev/control-plane': 'true' }));
    const { plural = '', planeType = '' } = kindOfName(kind) ?? {};
    const key = planeKeyOf(plural, namespace, name);
    // Nobody looks at it before all of its past is there, or what they write would mix with it.
    simulation.controllers.freezePlane(key);
    await createSample(controlPlane, this.release, this.state, sample);
    if (sample.agents > 0) {
      const { agentCertPem } = await materialOf(this.state, sample, sample.agentsAreForeign);
      for (let agent = 0; agent < sample.agents; agent += 1)
        simulation.gateway.agents.add({ planeType, planeID: sample.planeID ?? name, certPem: agentCertPem });
    }
    if (!sample.frozen) simulation.controllers.thawPlane(key);
  }

  /** The plane as the API server has it. */
  read(plane: SimulatedPlane): Promise<KubeObject> {
    return this.kube.get(apiPathOf(plane));
  }

  find(plane: SimulatedPlane): Promise<KubeObject | undefined> {
    return this.kube.find(apiPathOf(plane));
  }

  /** Changes it by a merge patch, as somebody else would. */
  patch(plane: SimulatedPlane, change: unknown, manager = 'kubectl-edit'): Promise<KubeObject> {
    return this.kube.patch(`${apiPathOf(plane)}?fieldManager=${manager}`, change);
  }

  /** Writes its status in the controller's place; only of use on a frozen one. */
  async setStatus(plane: SimulatedPlane, status: PlaneStatus): Promise<void> {
    await this.kube.patch(`${apiPathOf(plane)}/status`, { status });
  }

  /** The values of a Secret, decoded; undefined when there is none. */
  async secret(namespace: string, name: string): Promise<Record<string, string> | undefined> {
    const found = await this.kube.find<{ data?: Record<string, string> }>(
      `/api/v1/namespaces/${namespace}/secrets/${name}`,
    );
    if (!found) return undefined;
    const entries = Object.entries(found.data ?? {});
    return Object.fromEntries(entries.map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
  }
}

/** The address of a plane's page. */
export function pageOf(plane: SimulatedPlane): string {
  return `/planes/${pathOf(plane)}`;
}

function pathOf({ kind, namespace, name }: SimulatedPlane): string {
  return planeKeyOf(kindOfName(kind)?.plural ?? '', namespace, name);
}

/** Where the API server has a plane. */
export function apiPathOf({ kind, namespace, name }: SimulatedPlane): string {
  return `${collectionOf(kind, namespace)}/${name}`;
}
