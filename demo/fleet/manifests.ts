import type { Manifest } from '@/demo/control-plane/kube-client';
import { collectionOf, finalizerOf } from '@/demo/controllers/plane-object';
import type { Release } from '@/demo/crds/profiles';
import {
  CONTROL_PLANE_NAMESPACE,
  DESCRIPTION_ANNOTATION,
  DISPLAY_NAME_ANNOTATION,
} from '@/lib/plane/model/annotations';
import { PLANE_API_VERSION, PLANE_GROUP } from '@/lib/plane/model/kinds';
import { MAINTENANCE_REASON_ANNOTATION, MAINTENANCE_UNTIL_ANNOTATION } from '@/lib/plane/model/maintenance';
import { formatRfc3339 } from '@/lib/plane/time/age';
import type { Sample } from './sample';

/**
 * Returns the plane of a sample. It already has the controllers' finalizer, as a plane that existed for some time.
 *
 * @param nowMs the time that the end of a maintenance is calculated from, milliseconds since the epoch
 */
export function planeManifest(
  sample: Sample,
  release: Release,
  caPem: string | undefined,
  access: Record<string, unknown> | undefined,
  nowMs: number,
): Manifest {
  const { kind, namespace, name, labels, displayName, description, maintenance, spec } = sample;
  const managed = managerMetadata(sample);
  const annotations = {
    ...(displayName ? { [DISPLAY_NAME_ANNOTATION]: displayName } : {}),
    ...(description ? { [DESCRIPTION_ANNOTATION]: description } : {}),
    ...(maintenance
      ? {
          [MAINTENANCE_UNTIL_ANNOTATION]: formatRfc3339(nowMs + maintenance.forMs),
          [MAINTENANCE_REASON_ANNOTATION]: maintenance.reason,
        }
      : {}),
    ...managed.annotations,
    ...lastApplied(sample),
  };
  return {
    collection: collectionOf(kind, namespace),
    body: {
      apiVersion: PLANE_API_VERSION,
      kind,
      metadata: {
        name,
        ...(namespace ? { namespace } : {}),
        labels: { ...labels, ...managed.labels },
        annotations,
        finalizers: [finalizerOf(kind)],
      },
      ...(spec === null
        ? {}
        : {
            spec: {
              ...spec,
              ...(sample.planeID ? { planeID: sample.planeID } : {}),
              ...agentPart(sample, release, caPem),
              ...(access ? { kubernetesCluster: access } : {}),
              ...sample.illegal?.spec,
            },
          }),
    },
  };
}

/** The labels and annotations that Argo CD and Flux put on resources they manage. */
function managerMetadata({ managedBy, kind, namespace = '', name }: Sample): {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
} {
  if (managedBy === 'argocd') {
    const tracked = `planes:${PLANE_GROUP}/${kind}:${namespace}/${name}`;
    return { annotations: { 'argocd.argoproj.io/tracking-id': tracked } };
  }
  if (managedBy === 'flux') {
    const kustomization = 'kustomize.toolkit.fluxcd.io';
    return { labels: { [`${kustomization}/name`]: 'planes', [`${kustomization}/namespace`]: 'flux-system' } };
  }
  return {};
}

/** The annotation in which `kubectl apply` stores its last configuration. */
function lastApplied({ kind, namespace, name, spec, formerSpec }: Sample): Record<string, string> {
  if (!formerSpec) return {};
  const applied = {
    apiVersion: PLANE_API_VERSION,
    kind,
    metadata: { name, namespace },
    spec: { ...spec, ...formerSpec },
  };
  return { 'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(applied) };
}

/** The Secret of a sample's CA. For a cluster kind, it is in the control plane's namespace. */
export function caSecretOf(sample: Sample): { readonly namespace: string; readonly name: string } {
  // Several cluster-wide samples are named "default", and their Secrets are in the same namespace.
  const owner = sample.name === 'default' ? sample.planeID : undefined;
  const name = `${sample.caOf ?? owner ?? sample.name}-agent-ca`;
  return { namespace: sample.namespace ?? CONTROL_PLANE_NAMESPACE, name };
}

function agentPart(sample: Sample, release: Release, caPem: string | undefined): Record<string, unknown> {
  if (!sample.ca) return {};
  const { namespace, name } = caSecretOf(sample);
  const secretField = release.startsWith('1.') ? 'secretKeyRef' : 'secretRef';
  const reference = {
    name,
    key: 'ca.crt',
    // Without a namespace, the Secret is in the plane's own one.
    ...(sample.namespace ? {} : { namespace }),
  };
  const clientCA = sample.ca.endsWith('inline') ? { value: caPem } : { [secretField]: reference };
  return release === '0.7' ? { agent: { enabled: true, clientCA } } : { clusterAgent: { clientCA } };
}

export function secretManifest(
  namespace: string,
  name: string,
  data: Readonly<Record<string, string>>,
): Manifest {
  const encoded = Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  return {
    collection: `/api/v1/namespaces/${namespace}/secrets`,
    body: { metadata: { name }, type: 'Opaque', data: Object.fromEntries(encoded) },
  };
}

export function namespaceManifest(name: string, labels: Readonly<Record<string, string>>): Manifest {
  return { collection: '/api/v1/namespaces', body: { metadata: { name, labels } } };
}

/** An Environment on a data plane. Its reference became an object with 0.15. */
export function environmentManifest(sample: Sample, release: Release, environment: string): Manifest {
  const isText = release === '0.3' || release === '0.7';
  return {
    collection: `/apis/${PLANE_API_VERSION}/namespaces/${sample.namespace}/environments`,
    body: {
      apiVersion: PLANE_API_VERSION,
      kind: 'Environment',
      metadata: { name: `${sample.name}-${environment}` },
      spec: {
        dataPlaneRef: isText ? sample.name : { kind: sample.kind, name: sample.name },
        isProduction: environment === 'production',
      },
    },
  };
}

/** A workflow on a workflow plane. A workflow without a reference uses the plane named `default`. */
export function workflowManifest({ kind, namespace, name }: Sample, workflow: string): Manifest {
  const scope = namespace ? `/namespaces/${namespace}` : '';
  return {
    collection: `/apis/${PLANE_API_VERSION}${scope}/${namespace ? 'workflows' : 'clusterworkflows'}`,
    body: {
      apiVersion: PLANE_API_VERSION,
      kind: namespace ? 'Workflow' : 'ClusterWorkflow',
      metadata: { name: workflow },
      spec: name === 'default' ? {} : { workflowPlaneRef: { kind, name } },
    },
  };
}
