import type { ControlPlane } from '@/demo/control-plane/control-plane';
import { rewriteStored } from '@/demo/control-plane/etcd-rewrite';
import { type KubeClient, KubeError } from '@/demo/control-plane/kube-client';
import { seconds } from '@/demo/controllers/plane-status';
import type { Release } from '@/demo/crds/profiles';
import { kindOfName, PLANE_GROUP } from '@/lib/plane/model/kinds';
import { directAccess } from './direct-access';
import { pastStatus } from './history';
import { isRefused, withLooseSchema } from './loose-schema';
import {
  caSecretOf,
  environmentManifest,
  type Manifest,
  planeManifest,
  secretManifest,
  workflowManifest,
} from './manifests';
import { type FleetState, materialOf } from './material';
import type { Sample } from './sample';

/** Creates one sample with all that belongs to it, its past included. */
export async function createSample(
  controlPlane: ControlPlane,
  release: Release,
  state: FleetState,
  sample: Sample,
): Promise<void> {
  const { client } = controlPlane;
  const material = sample.ca ? await materialOf(state, sample) : undefined;
  const access = sample.access ? await directAccess(sample) : undefined;
  const secrets = [...(access?.secrets ?? [])];
  if (material && sample.ca?.endsWith('in-secret')) {
    const { namespace, name } = caSecretOf(sample);
    secrets.push(secretManifest(namespace, name, { 'ca.crt': material.caPem }));
  }
  for (const secret of secrets) await createOnce(client, secret);

  const plane = planeManifest(sample, release, material?.caPem, access?.kubernetesCluster, Date.now());
  const write = async () => {
    await createOnce(client, plane);
    const status = pastStatus(sample, release, Date.now());
    if (status)
      await client.patch(`${pathOf(plane)}/status?fieldManager=openchoreo-controller-manager`, { status });
  };
  if (sample.illegal)
    await withLooseSchema(client, release, sample.kind, write, () => refusesUnknown(client, plane));
  else await write();

  for (const environment of sample.environments ?? []) {
    await createOnce(client, environmentManifest(sample, release, environment));
  }
  for (const workflow of sample.workflows ?? []) {
    await createOnce(client, workflowManifest(sample, workflow));
  }
  if (sample.changedAgoMs !== undefined) await client.patch(pathOf(plane), CHANGES[release]);
  await makeOlder(controlPlane, sample);
  if (sample.deleting) await client.delete(pathOf(plane));
}

/** A change of the spec that each release's data planes know. */
const CHANGES: Record<Release, unknown> = {
  '0.3': { spec: { gateway: { publicVirtualHost: 'apps-2.fulfilment.aurora.example' } } },
  '0.7': { spec: { gateway: { publicVirtualHost: 'apps-2.fulfilment.aurora.example' } } },
  '0.16': { spec: { gateway: { publicVirtualHost: 'apps-2.fulfilment.aurora.example' } } },
  '1.0': { spec: { secretStoreRef: { name: 'vault-eu' } } },
  '1.2': { spec: { secretStoreRef: { name: 'vault-eu' } } },
};

/** Creates an object, or leaves the one that is there. */
export async function createOnce(client: KubeClient, { collection, body }: Manifest): Promise<void> {
  try {
    await client.post(`${collection}?fieldManager=kubectl-create`, body);
  } catch (error) {
    if (!(error instanceof KubeError && error.status === 409)) throw error;
  }
}

function pathOf({ collection, body }: Manifest): string {
  return `${collection}/${body.metadata.name}`;
}

/** Whether the kind's definition in force is strict: then a field that no release has is an error. */
function refusesUnknown(client: KubeClient, { collection, body }: Manifest): Promise<boolean> {
  const probe = { ...body, metadata: { name: 'probe' }, spec: { aFieldThatNoReleaseHas: true } };
  return isRefused(() => client.post(`${collection}?dryRun=All&fieldValidation=Strict`, probe));
}

/**
 * Gives a plane the age that it is to have. The API server takes the time of creation from its own clock, so this is
 * done where it is stored.
 */
async function makeOlder({ etcdUrl }: ControlPlane, sample: Sample): Promise<void> {
  const { kind, namespace, name, ageMs, changedAgoMs } = sample;
  const key = ['', 'registry', PLANE_GROUP, kindOfName(kind)?.plural, namespace, name]
    .filter((part) => part !== undefined)
    .join('/');
  await rewriteStored(etcdUrl, key, (object) => {
    const metadata = object.metadata as {
      creationTimestamp: string;
      managedFields?: { time: string; subresource?: string; manager: string }[];
    };
    metadata.creationTimestamp = seconds(Date.now() - ageMs);
    for (const entry of metadata.managedFields ?? []) {
      if (entry.subresource) continue;
      const isChange = entry.manager !== 'kubectl-create';
      entry.time = seconds(Date.now() - (isChange ? (changedAgoMs ?? ageMs) : ageMs));
    }
  });
}
