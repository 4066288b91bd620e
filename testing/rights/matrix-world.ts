import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { collectionOf } from '@/demo/controllers/plane-object';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import {
  CONTROL_PLANE_NAMESPACE,
  MANAGED_BY,
  MANAGED_BY_LABEL,
  PLANE_ANNOTATION,
} from '@/lib/plane/model/annotations';
import { kindOfName } from '@/lib/plane/model/kinds';
import { planeKey } from '@/lib/plane/model/plane-path';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import type { BareControlPlane } from '@/testing/control-plane/bare-control-plane';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { connectedStatus } from '@/testing/control-plane/plane-statuses';
import { type TestPlane, TestPlanes } from '@/testing/control-plane/test-planes';

export const MATRIX_NAMESPACES = ['acme', 'beta', 'gamma'] as const;
/** An annotation with data, which a plane's page shows on request. */
export const HIDDEN_ANNOTATION = 'example.com/data';
export const CA_SECRETS = [
  { namespace: 'acme', name: 'agent-ca' },
  { namespace: 'gamma', name: 'hidden-ca' },
] as const;
export const LEFTOVERS = [
  { namespace: 'acme', name: 'left-over', plane: 'dataplanes/acme/gone' },
  { namespace: 'gamma', name: 'left-over', plane: 'dataplanes/gamma/gone' },
] as const;

/** The canaries that calls send. */
export const TYPED = 'a typed credential';
export const REJECTED_TOKEN = 'a rejected token';

/** A plane of the matrix, with texts that appear nowhere else. */
export interface MatrixPlane {
  readonly plural: string;
  readonly namespace?: string;
  readonly name: string;
  /** Such as `dataplanes/acme/prod`. */
  readonly key: string;
  readonly path: string;
  /** The Secret that its CA is in; null: it's inline. */
  readonly secret: { readonly namespace: string; readonly name: string } | null;
  /** Only who may read the plane may learn these: its uid, display name, planeID and, if no other has it, its name. */
  readonly marks: readonly string[];
}

/** The fleet that people of all sorts look at, and the secrets that none of them may see. */
export interface MatrixWorld {
  readonly bare: BareControlPlane;
  readonly planes: readonly MatrixPlane[];
  /** By where they were planted or sent. Planeboard may never answer with or log one. */
  readonly canaries: Map<string, string>;
  /** What the own page of a session gets, and no log may have. */
  readonly csrfValues: Map<string, string>;
  readonly caPem: string;
  /** Started after the world. */
  readonly runtime: Runtime;
  /** The cookie of a screen, whose link is limited to the namespace acme. */
  readonly screenCookie: string;
  /** The id of a wall link that no screen uses. */
  readonly unusedLink: string;
}

/** The world before Planeboard starts in it. */
export type PlantedWorld = Omit<MatrixWorld, 'runtime' | 'screenCookie' | 'unusedLink'>;

/** Returns a secret that appears nowhere by chance. */
export function newCanary(): string {
  return `Kq7${randomBytes(15).toString('hex')}`;
}

/** Creates planes in three namespaces and in the cluster, with secrets wherever a plane can have some. */
export async function createMatrixWorld(bare: BareControlPlane): Promise<PlantedWorld> {
  const { client } = bare.controlPlane;
  const canaries = new Map<string, string>();
  const canary = (where: string) => {
    const value = newCanary();
    canaries.set(where, value);
    return value;
  };
  for (const sent of [TYPED, REJECTED_TOKEN]) canary(sent);
  const { certPem: caPem } = await CertificateAuthority.create('agents', { days: 400 });
  await ensureNamespace(client, CONTROL_PLANE_NAMESPACE);
  for (const namespace of MATRIX_NAMESPACES) await ensureNamespace(client, namespace);
  const secret = (namespace: string, name: string, metadata: object = {}) =>
    client.post(`/api/v1/namespaces/${namespace}/secrets`, {
      metadata: { name, ...metadata },
      stringData: { 'ca.crt': caPem, 'tls.key': canary(`the Secret ${namespace}/${name}`) },
    });
  for (const { namespace, name } of CA_SECRETS) await secret(namespace, name);
  for (const { namespace, name, plane } of LEFTOVERS)
    await secret(namespace, name, {
      labels: { [MANAGED_BY_LABEL]: MANAGED_BY },
      annotations: { [PLANE_ANNOTATION]: plane },
    });
  await secret(CONTROL_PLANE_NAMESPACE, 'cluster-gateway-ca');

  const testPlanes = await TestPlanes.create(bare.controlPlane);
  const planes: MatrixPlane[] = [];
  for (const { secret: ca = null, spec, ...place } of placesWith(
    canary('an inline credential'),
    canary('a URL'),
  )) {
    const plane: TestPlane = {
      ...place,
      planeID: `id-${newCanary().toLowerCase()}`,
      displayName: `Shown ${newCanary()}`,
      annotations: {
        'example.com/password': canary(`an annotation of ${place.name}`),
        [HIDDEN_ANNOTATION]: gzipSync(
          JSON.stringify({ size: 3, password: canary(`a hidden annotation of ${place.name}`) }),
        ).toString('base64'),
      },
      status: connectedStatus(),
      spec: {
        ...spec,
        ...(ca ? { clusterAgent: { clientCA: { secretKeyRef: { ...ca, key: 'ca.crt' } } } } : {}),
      },
    };
    await testPlanes.add(plane);
    const { metadata } = await testPlanes.get(plane);
    planes.push({
      ...identityOf(plane),
      secret: ca,
      marks: [
        metadata.uid ?? '',
        plane.displayName ?? '',
        plane.planeID ?? '',
        ...(plane.name.startsWith('hidden-') ? [plane.name] : []),
      ],
    });
  }
  await client.post('/api/v1/namespaces/acme/events', {
    metadata: { name: 'prod.1' },
    involvedObject: { kind: 'DataPlane', namespace: 'acme', name: 'prod', uid: planes[0]?.marks[0] },
    type: 'Warning',
    reason: 'Failed',
    message: `dial wss://agent:${canary('an event')}@gateway:8443/ws failed`,
    firstTimestamp: '2026-03-10T12:00:00Z',
    lastTimestamp: '2026-03-10T12:00:00Z',
  });
  return { bare, planes, canaries, csrfValues: new Map(), caPem };
}

/** Returns where a plane is, whether it exists or not. */
export function identityOf({ kind, namespace, name }: Pick<TestPlane, 'kind' | 'namespace' | 'name'>) {
  const identity = { plural: kindOfName(kind)?.plural ?? '', ...(namespace ? { namespace } : {}), name };
  return { ...identity, key: planeKey(identity), path: `${collectionOf(kind, namespace)}/${name}` };
}

type Place = Pick<TestPlane, 'kind' | 'namespace' | 'name' | 'spec'> & Partial<Pick<MatrixPlane, 'secret'>>;

/** A hidden plane shares a Secret with a visible one, and refers to another. */
function placesWith(inline: string, inUrl: string): Place[] {
  const [agentCa, hiddenCa] = CA_SECRETS;
  const hiddenName = () => `hidden-${newCanary().toLowerCase().slice(0, 12)}`;
  const observerURL = 'https://observer.example.com';
  return [
    { kind: 'DataPlane', namespace: 'acme', name: 'prod' },
    { kind: 'DataPlane', namespace: 'acme', name: 'test', secret: agentCa },
    { kind: 'DataPlane', namespace: 'beta', name: 'prod' },
    { kind: 'DataPlane', namespace: 'gamma', name: hiddenName(), secret: hiddenCa },
    {
      kind: 'WorkflowPlane',
      namespace: 'acme',
      name: 'builds',
      spec: { clusterAgent: { clientCA: { value: inline } } },
    },
    {
      kind: 'ObservabilityPlane',
      namespace: 'gamma',
      name: hiddenName(),
      spec: { observerURL: `${observerURL}/?token=${inUrl}` },
    },
    { kind: 'ClusterDataPlane', name: 'shared' },
    { kind: 'ClusterObservabilityPlane', name: 'shared', spec: { observerURL } },
    {
      kind: 'ClusterDataPlane',
      name: hiddenName(),
      secret: agentCa,
      spec: { observabilityPlaneRef: { kind: 'ClusterObservabilityPlane', name: 'shared' } },
    },
  ];
}
