import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Step, silentStep } from '@/demo/cli/steps';
import { ControlPlane } from '@/demo/control-plane/control-plane';
import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import { installProfile } from '@/demo/crds/install-profile';
import { DEFAULT_RELEASE, type Release } from '@/demo/crds/profiles';
import { createFleet, type Fleet } from '@/demo/fleet/fleet';
import type { GatewayShape } from '@/demo/gateway/gateway-replicas';
import { Simulation } from '@/demo/simulation/simulation';

interface SimulationOptions {
  readonly release?: Release;
  /** Whether to create the sample fleet; true by default. */
  readonly samples?: boolean;
  /** The total number of planes, samples first; by default only the samples. */
  readonly planes?: number;
  /** Divides the controllers' interval of 60 s and all other intervals; 1 by default. */
  readonly speed?: number;
  /** How the gateway is deployed; by default one replica. */
  readonly gateway?: GatewayShape;
  readonly log?: (line: string) => void;
  /** Wraps each part of the startup, for example to print how long it takes. */
  readonly step?: Step;
}

export interface DemoOptions extends SimulationOptions {
  /** The folder for the control plane's data; by default a temporary one that is removed at the end. */
  readonly dataDir?: string;
  readonly apiServerFlags?: Readonly<Record<string, string>>;
  /** Receives the control plane as soon as it runs. */
  readonly onStarted?: (controlPlane: ControlPlane) => void;
}

export interface DemoControlPlane<Access extends ControlPlaneAccess = ControlPlane> {
  readonly controlPlane: Access;
  /** The gateway with its agents, and the controllers. */
  readonly simulation: Simulation;
  readonly fleet: Fleet;
  stop(): Promise<void>;
}

/**
 * Starts a control plane with the kinds of a release, a fleet, and the simulated OpenChoreo components, for the demo,
 * the tests and the benchmark. Resolves when every plane was reconciled once.
 */
export async function startDemoControlPlane(options: DemoOptions = {}): Promise<DemoControlPlane> {
  const temporary = options.dataDir === undefined;
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'planeboard-')));
  const cleanUp = async () => {
    if (temporary) await rm(dataDir, { recursive: true, force: true });
  };
  const { apiServerFlags, log, step = silentStep } = options;
  const controlPlane = await step('etcd and kube-apiserver', () =>
    ControlPlane.start({
      dataDir,
      ...(apiServerFlags ? { apiServerFlags } : {}),
      ...(log ? { log } : {}),
    }),
  ).catch(async (error: unknown) => {
    await cleanUp();
    throw error;
  });
  options.onStarted?.(controlPlane);
  const stop = async () => {
    await controlPlane.stop();
    await cleanUp();
  };
  try {
    const release = options.release ?? DEFAULT_RELEASE;
    await step(`Resource kinds of ${release}`, () => installProfile(controlPlane.client, release));
    const demo = await simulateOn(controlPlane, dataDir, options);
    return {
      ...demo,
      controlPlane,
      stop: async () => {
        await demo.stop();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Creates a fleet and starts the simulated OpenChoreo components on a control plane that has the kinds of the release.
 * Resolves when every plane was reconciled once. `stop` ends the simulation and leaves the control plane running.
 *
 * @param dataDir stores the gateway's and the fleet's certificates
 */
export async function simulateOn(
  controlPlane: ControlPlaneAccess,
  dataDir: string,
  options: SimulationOptions,
): Promise<DemoControlPlane<ControlPlaneAccess>> {
  const { release = DEFAULT_RELEASE, samples = true, planes, log, speed = 1, step = silentStep } = options;
  const { gateway } = options;
  const simulation = await Simulation.prepare(controlPlane, {
    dataDir,
    speed,
    release,
    ...(gateway ? { gateway } : {}),
  });
  try {
    const fleet = await step(
      'Fleet',
      () =>
        createFleet(controlPlane, simulation, {
          release,
          dataDir,
          samples,
          ...(planes === undefined ? {} : { planes }),
          ...(log ? { log } : {}),
        }),
      ({ samples, generated }) => `${samples.length + generated.length} planes`,
    );
    await step('Gateway and controllers', () => simulation.start());
    return { controlPlane, simulation, fleet, stop: () => simulation.stop() };
  } catch (error) {
    await simulation.stop();
    throw error;
  }
}
