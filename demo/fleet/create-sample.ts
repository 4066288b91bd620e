import { randomBytes } from 'node:crypto';
import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import { rewriteStored } from '@/demo/control-plane/etcd';
import { createOnce, type KubeClient, type Manifest } from '@/demo/control-plane/kube-client';
import type { Release } from '@/demo/crds/profiles';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { kindOfName, PLANE_GROUP } from '@/lib/plane/model/kinds';
import { formatRfc3339 } from '@/lib/plane/time/age';
import { type FleetState, materialOf } from './fleet-state';
import { isRejected, withLooseSchema } from './loose-schema';
import {
  caSecretOf,
  environmentManifest,
  planeManifest,
  secretManifest,
  workflowManifest,
} from './manifests';
import { pastStatus } from './past-status';
import type { Sample } from './sample';

/** Creates one sample with everything that belongs to it, including its past. */
export async function createSample(
  controlPlane: ControlPlaneAccess,
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
    await withLooseSchema(client, release, sample.kind, write, () => rejectsUnknownFields(client, plane));
  else await write();

  for (const environment of sample.environments ?? []) {
    await createOnce(client, environmentManifest(sample, release, environment));
  }
  for (const workflow of sample.workflows ?? []) {
    await createOnce(client, workflowManifest(sample, workflow));
  }
  if (sample.changedAgoMs !== undefined) await client.patch(pathOf(plane), CHANGES[release]);
  await backdate(controlPlane, sample);
  if (sample.deleting) await client.delete(pathOf(plane));
}

/** A change to the spec that is valid for a data plane of each release. */
const CHANGES: Record<Release, unknown> = {
  '0.3': { spec: { gateway: { publicVirtualHost: 'apps-2.fulfilment.aurora.example' } } },
  '0.7': { spec: { gateway: { publicVirtualHost: 'apps-2.fulfilment.aurora.example' } } },
  '0.16': { spec: { gateway: { publicVirtualHost: 'apps-2.fulfilment.aurora.example' } } },
  '1.0': { spec: { secretStoreRef: { name: 'vault-eu' } } },
  '1.2': { spec: { secretStoreRef: { name: 'vault-eu' } } },
};

function pathOf({ collection, body }: Manifest): string {
  return `${collection}/${body.metadata.name}`;
}

/** Whether the kind's current definition is strict and rejects an unknown field. */
function rejectsUnknownFields(client: KubeClient, { collection, body }: Manifest): Promise<boolean> {
  const probe = { ...body, metadata: { name: 'probe' }, spec: { aFieldThatNoReleaseHas: true } };
  return isRejected(() => client.post(`${collection}?dryRun=All&fieldValidation=Strict`, probe));
}

/**
 * Sets a plane's creation time to match its age. The API server always uses its own clock for that time, so it is
 * rewritten in etcd.
 */
async function backdate({ etcdUrl }: ControlPlaneAccess, sample: Sample): Promise<void> {
  const { kind, namespace, name, ageMs, changedAgoMs } = sample;
  const key = ['', 'registry', PLANE_GROUP, kindOfName(kind)?.plural, namespace, name]
    .filter((part) => part !== undefined)
    .join('/');
  await rewriteStored(etcdUrl, key, (object) => {
    const metadata = object.metadata as {
      creationTimestamp: string;
      managedFields?: { time: string; subresource?: string; manager: string }[];
    };
    metadata.creationTimestamp = formatRfc3339(Date.now() - ageMs);
    for (const entry of metadata.managedFields ?? []) {
      if (entry.subresource) continue;
      const isChange = entry.manager !== 'kubectl-create';
      entry.time = formatRfc3339(Date.now() - (isChange ? (changedAgoMs ?? ageMs) : ageMs));
    }
  });
}

const DAYS = 365;

/** Returns `spec.kubernetesCluster` and the Secrets of a plane with direct access. Its certificates are real. */
async function directAccess(
  sample: Sample,
): Promise<{ kubernetesCluster: Record<string, unknown>; secrets: Manifest[] }> {
  const { name, namespace = '', access } = sample;
  const authority = await CertificateAuthority.create(`${name.slice(0, 40)}-cluster-ca`, { days: DAYS });
  const client = await authority.client('openchoreo', ['openchoreo:control-plane'], { days: DAYS });
  const server = `https://${name.slice(0, 40)}.k8s.aurora.example:6443`;
  if (access === 'inline-credentials') {
    const credentials = {
      apiServerURL: server,
      caCert: base64(authority.certPem),
      clientCert: base64(client.certPem),
      clientKey: base64(client.keyPem),
    };
    return { kubernetesCluster: { name, credentials }, secrets: [] };
  }
  const tls = { ca: { value: authority.certPem } };
  if (access === 'certificate-inline') {
    const mtls = { clientCert: { value: client.certPem }, clientKey: { value: client.keyPem } };
    return { kubernetesCluster: { server, tls, auth: { mtls } }, secrets: [] };
  }
  const secretName = `${name.slice(0, 40)}-credentials`;
  const from = (key: string) => ({ secretRef: { name: secretName, key } });
  if (access === 'token-in-secret') {
    const secret = secretManifest(namespace, secretName, { token: randomBytes(32).toString('base64url') });
    return { kubernetesCluster: { server, tls, auth: { bearerToken: from('token') } }, secrets: [secret] };
  }
  const data = { 'tls.crt': client.certPem, 'tls.key': client.keyPem, 'ca.crt': authority.certPem };
  const auth = { mtls: { clientCert: from('tls.crt'), clientKey: from('tls.key') } };
  return {
    kubernetesCluster: { server, tls: { ca: from('ca.crt') }, auth },
    secrets: [secretManifest(namespace, secretName, data)],
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
