import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ControlPlane } from './control-plane/control-plane';
import { installProfile } from './crds/install-profile';
import { DEFAULT_RELEASE, type Release } from './crds/profiles';
import { createFleet, type Fleet } from './fleet/fleet';
import { Simulation } from './simulation';

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
  const { apiServerFlags, log } = options;
  const controlPlane = await ControlPlane.start({
    dataDir,
    ...(apiServerFlags ? { apiServerFlags } : {}),
    ...(log ? { log } : {}),
  }).catch(async (error: unknown) => {
    await cleanUp();
    throw error;
  });
  let simulation: Simulation | undefined;
  const stop = async () => {
    await simulation?.stop();
    await controlPlane.stop();
    await cleanUp();
  };
  try {
    const release = options.release ?? DEFAULT_RELEASE;
    await installProfile(controlPlane.client, release);
    simulation = await Simulation.prepare(controlPlane, { dataDir, speed: options.speed ?? 1 });
    const fleet = await createFleet(controlPlane, simulation, {
      release,
      dataDir,
      samples: options.samples ?? true,
      ...(options.planes === undefined ? {} : { planes: options.planes }),
      ...(log ? { log } : {}),
    });
    await simulation.start();
    return { controlPlane, simulation, fleet, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
