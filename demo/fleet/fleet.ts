import { join } from 'node:path';
import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import { inParallel } from '@/demo/control-plane/in-parallel';
import { createOnce } from '@/demo/control-plane/kube-client';
import { planeKeyOf } from '@/demo/controllers/plane-object';
import { crdsOf, type Release } from '@/demo/crds/profiles';
import type { Simulation } from '@/demo/simulation/simulation';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { kindOfName } from '@/lib/plane/model/kinds';
import { createSample } from './create-sample';
import { FleetState, issuedMaterial, materialOf } from './fleet-state';
import {
  GENERATED_CA,
  GENERATED_NAMESPACES,
  generatedNamespace,
  generatedPlane,
  kindSequence,
} from './generated-plane';
import { namespaceManifest, planeManifest, secretManifest } from './manifests';
import { ORGANISATIONS, organisationLabels, type Sample } from './sample';
import { sampleFleet } from './sample-fleet';

const CONCURRENCY = 24;
const GENERATED_SECRET = `${GENERATED_CA}-agent-ca`;

export interface FleetOptions {
  readonly release: Release;
  /** Stores the agents' certificates across restarts. */
  readonly dataDir: string;
  /** Whether to create the samples, which come first. */
  readonly samples: boolean;
  /** The total number of planes; by default the samples and the planes that an earlier start generated. */
  readonly planes?: number;
  readonly log?: (line: string) => void;
}

/** The planes of the demo. */
export interface Fleet {
  readonly samples: readonly Sample[];
  readonly generated: readonly Sample[];
}

/**
 * Creates the missing planes and adds the agents to the gateway. A plane that an earlier start created and a user
 * deleted isn't created again. Call this before the simulation starts.
 */
export async function createFleet(
  controlPlane: ControlPlaneAccess,
  simulation: Simulation,
  options: FleetOptions,
): Promise<Fleet> {
  const { release } = options;
  const state = await FleetState.open(join(options.dataDir, 'fleet'));
  const all = options.samples ? sampleFleet(release) : [];
  const samples = all.slice(0, options.planes ?? all.length);
  const count = howManyGenerated(options, state, samples.length);
  const kinds = kindSequence(crdsOf(release));
  const generated = Array.from({ length: count }, (_, index) => generatedPlane(index, release, kinds));
  try {
    if (samples.length > 0) await createSamples(controlPlane, release, state, samples);
    if (generated.length > 0) await createGenerated(controlPlane, options, state, generated);
    await addAgents(simulation, state, [...samples, ...generated]);
  } finally {
    await state.save();
  }
  for (const sample of samples) {
    const plural = kindOfName(sample.kind)?.plural ?? '';
    if (sample.frozen) simulation.controllers.freezePlane(planeKeyOf(plural, sample.namespace, sample.name));
  }
  return { samples, generated };
}

/** Returns the requested number, but never less than exist: a plane without its agent would look unhealthy. */
function howManyGenerated({ planes, log }: FleetOptions, state: FleetState, samples: number): number {
  const wanted = planes === undefined ? state.generated : Math.max(0, planes - samples);
  if (wanted < state.generated) {
    log?.(`This folder already contains ${samples + state.generated} planes. Use --reset to start over.`);
  }
  return Math.max(wanted, state.generated);
}

async function createSamples(
  controlPlane: ControlPlaneAccess,
  release: Release,
  state: FleetState,
  samples: readonly Sample[],
): Promise<void> {
  const labels = organisationLabels(release);
  const namespaces = Object.values(ORGANISATIONS).map((name) => namespaceManifest(name, labels));
  await inParallel(namespaces, CONCURRENCY, (namespace) => createOnce(controlPlane.client, namespace));
  const missing = samples.filter((sample) => !state.wasCreated(sample.id));
  const create = async (sample: Sample) => {
    await createSample(controlPlane, release, state, sample);
    state.markCreated(sample.id);
  };
  // A sample that needs a loose schema changes the definition for its whole kind, so these are created one by one.
  for (const sample of missing.filter((item) => item.illegal)) await create(sample);
  // Samples that share a CA come one by one too: the first creates it, the others reuse it.
  const shared = missing.filter((item) => !item.illegal && item.caOf);
  for (const sample of shared) await create(sample);
  await inParallel(
    missing.filter((item) => !item.illegal && !item.caOf),
    CONCURRENCY,
    create,
  );
}

async function createGenerated(
  { client }: ControlPlaneAccess,
  { release, log }: FleetOptions,
  state: FleetState,
  generated: readonly Sample[],
): Promise<void> {
  const { caPem } = await state.material(GENERATED_CA, () => issuedMaterial('fleet-agent-ca'));
  const labels = organisationLabels(release);
  const namespaces = Array.from({ length: GENERATED_NAMESPACES }, (_, index) => generatedNamespace(index));
  await inParallel(namespaces, CONCURRENCY, async (namespace) => {
    await createOnce(client, namespaceManifest(namespace, labels));
    await createOnce(client, secretManifest(namespace, GENERATED_SECRET, { 'ca.crt': caPem }));
  });
  await createOnce(client, secretManifest(CONTROL_PLANE_NAMESPACE, GENERATED_SECRET, { 'ca.crt': caPem }));

  let done = 0;
  await inParallel(generated.slice(state.generated), CONCURRENCY, async (plane) => {
    await createOnce(client, planeManifest(plane, release, caPem, undefined, Date.now()));
    done += 1;
    if (done % 2000 === 0) log?.(`  ${done} planes created`);
  });
  state.generated = Math.max(state.generated, generated.length);
}

async function addAgents(
  simulation: Simulation,
  state: FleetState,
  samples: readonly Sample[],
): Promise<void> {
  for (const sample of samples) {
    if (sample.agents === 0) continue;
    const { agentCertPem } = await materialOf(state, sample, sample.agentsAreForeign);
    for (let agent = 0; agent < sample.agents; agent += 1) {
      simulation.gateway.agents.add({
        planeType: kindOfName(sample.kind)?.planeType ?? '',
        planeID: sample.planeID ?? sample.name,
        certPem: agentCertPem,
      });
    }
  }
}
