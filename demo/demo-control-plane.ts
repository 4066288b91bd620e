import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Step, silentStep } from '@/demo/cli/steps';
import { ControlPlane } from '@/demo/control-plane/control-plane';
import { installProfile } from '@/demo/crds/install-profile';
import { DEFAULT_RELEASE, type Release } from '@/demo/crds/profiles';
import { createFleet, type Fleet } from '@/demo/fleet/fleet';
import { Simulation } from '@/demo/simulation/simulation';

export interface DemoOptions {
  readonly release?: Release;
  /** Whether the sample fleet is there; true by default. */
  readonly samples?: boolean;
  /** How many planes altogether, samples first; by default only those. */
  readonly planes?: number;
  /** Divides the 60 s of the controllers and all other intervals; 1 by default. */
  readonly speed?: number;
  /** A folder that keeps the control plane's data; by default a temporary one, removed at the end. */
  readonly dataDir?: string;
  readonly apiServerFlags?: Readonly<Record<string, string>>;
  readonly log?: (line: string) => void;
  /** Wraps each part of the start, to tell how long it takes. */
  readonly step?: Step;
  /** Gets the control plane as soon as it runs. */
  readonly onStarted?: (controlPlane: ControlPlane) => void;
}

export interface DemoControlPlane {
  readonly controlPlane: ControlPlane;
  /** The gateway with its agents, and the controllers. */
  readonly simulation: Simulation;
  readonly fleet: Fleet;
  stop(): Promise<void>;
}

/**
 * A control plane with the kinds of a release, a fleet, and the parts of OpenChoreo that look after it: for tests, the
 * benchmark and the demo. Resolves when every plane has been looked at once.
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
  let simulation: Simulation | undefined;
  const stop = async () => {
    await simulation?.stop();
    await controlPlane.stop();
    await cleanUp();
  };
  try {
    const release = options.release ?? DEFAULT_RELEASE;
    await step(`Kinds of release ${release}`, () => installProfile(controlPlane.client, release));
    const openchoreo = await Simulation.prepare(controlPlane, { dataDir, speed: options.speed ?? 1 });
    simulation = openchoreo;
    const fleetOptions = {
      release,
      dataDir,
      samples: options.samples ?? true,
      ...(options.planes === undefined ? {} : { planes: options.planes }),
      ...(log ? { log } : {}),
    };
    const fleet = await step(
      'Fleet',
      () => createFleet(controlPlane, openchoreo, fleetOptions),
      ({ samples, generated }) => `${samples.length + generated.length} planes`,
    );
    await step('Gateway and controllers', () => openchoreo.start());
    return { controlPlane, simulation: openchoreo, fleet, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
