import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '@/lib/plane/json/json';
import type { PlaneKindName } from '@/lib/plane/model/kinds';
import { planesPath } from '@/lib/server/kube/api-paths';
import type { KubeError } from '@/lib/server/kube/kube-error';
import { createObject } from '@/lib/server/kube/object-requests';
import type { Caller } from '@/lib/server/rights/caller';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { createExampleMaterial, type ExampleMaterial } from '@/testing/examples/example-material';
import { draftOfSpec } from '@/testing/plane/draft-fixture';
import { installedKind } from '@/testing/plane/installed-kinds';
import { NAMESPACE } from '@/testing/plane/prod-plane';
import { samplePlane } from '@/testing/plane/sample-plane';
import { callerOf } from '@/testing/server/test-caller';
import { problemsOfStatus } from './api-problems';
import { manifestsOf } from './manifests';

let demo: BareControlPlane;
let caller: Caller;
let close: () => Promise<void>;
let material: ExampleMaterial;

beforeAll(async () => {
  // The API server writes the messages, so one release is enough.
  demo = await sharedControlPlane('1.2');
  ({ caller, close } = callerOf('admin', demo.controlPlane.kubeconfigPath));
  await ensureNamespace(demo.controlPlane.client, NAMESPACE);
  material = await createExampleMaterial();
});
afterAll(async () => {
  await close?.();
  await demo?.stop();
});

/**
 * Returns the problems of a complete plane that the API server rejects, as `path: message`.
 *
 * @param spec changes to the draft
 * @param further changes to the manifest, which no draft can have
 */
async function rejectionOf(
  kindName: PlaneKindName,
  spec: JsonObject,
  further: JsonObject = {},
): Promise<string[]> {
  const kind = installedKind('1.2', kindName);
  const { wanted } = samplePlane(kind, {
    name: 'prod',
    connection: 'agent',
    auth: 'mtls',
    filling: 'every field and chosen Secrets',
    material,
  });
  const complete = draftOfSpec(kind, wanted);
  const draft = { ...complete, spec: { ...complete.spec, ...spec } };
  const { plane } = manifestsOf(draft, kind);
  const body = { ...plane, spec: { ...plane.spec, ...further } };
  const { plural } = kind.entry;
  const collection = planesPath({ plural, namespace: wanted.namespace });
  const error = await createObject(caller.client, collection, body, 'dry-run').then(
    () => null,
    (failure: KubeError) => failure,
  );
  return problemsOfStatus(error?.statusObject, draft, kind).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );
}

const https = (listener: JsonObject) => ({
  gateway: { ingress: { external: { name: 'g', namespace: 'n', https: listener } } },
});

test("reports the API server's rejections at their fields", async () => {
  expect([
    ...(await rejectionOf('DataPlane', { planeID: 'Prod_' })),
    ...(await rejectionOf('DataPlane', https({ host: 'a.example.com', port: 70000 }))),
    ...(await rejectionOf('DataPlane', https({ port: 443 }))),
    ...(await rejectionOf('DataPlane', https({ host: 'a.example.com', port: 'x' }))),
    ...(await rejectionOf('ClusterDataPlane', {
      observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'obs' },
    })),
    ...(await rejectionOf('DataPlane', {}, { rgistry: { prefix: 'x' } })),
    ...(await rejectionOf('DataPlane', {}, { clusterAgent: { clientCA: { value: 5 } } })),
    ...(await rejectionOf('DataPlane', {}, { clusterAgent: { clientCA: { secretKeyRef: { name: 'a' } } } })),
  ]).toEqual([
    "spec.planeID: Rejected by the API server: should match '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'.",
    'spec.gateway.ingress.external.https.port: Rejected by the API server: should be less than or equal to 65535.',
    'spec.gateway.ingress.external.https.host: Rejected by the API server: a value is required.',
    'spec.gateway.ingress.external.https.port: Rejected by the API server: must be of type integer.',
    'spec.observabilityPlaneRef.kind: Rejected by the API server: supported values: "ClusterObservabilityPlane".',
    'spec.rgistry: Rejected by the API server: unknown field spec.rgistry.',
    'credentials.clusterAgent.clientCA.text: Rejected by the API server: must be of type string.',
    'credentials.clusterAgent.clientCA.key: Rejected by the API server: a value is required.',
  ]);
});
