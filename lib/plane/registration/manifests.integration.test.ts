import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RELEASES } from '@/demo/crds/profiles';
import type { DirectAuth } from '@/lib/plane/credentials/credential';
import { connectionsOf, directAuthsOf } from '@/lib/plane/credentials/credential-slots';
import type { Json, JsonObject } from '@/lib/plane/json/json';
import { withValueAt } from '@/lib/plane/json/json-path';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import type { InstalledKind } from '@/lib/plane/schema/installed-kind';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import type { KubeError } from '@/lib/server/kube/kube-error';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { CERTIFICATE_PEM, DRAFT_ID, NOTHING_KNOWN, PRIVATE_KEY_PEM } from '@/testing/plane/draft-fixture';
import { installedKind, installedKinds } from '@/testing/plane/installed-kinds';
import { callerOf } from '@/testing/server/test-caller';
import { problemsOfStatus } from './api-problems';
import { checkDraft } from './check-draft';
import type { Draft } from './draft';
import { type FormField, fieldsOfStep } from './form-field';
import { manifestsOf } from './manifests';
import { newDraft } from './new-draft';

const NAMESPACE = 'default';

/** A draft with every field of the wizard filled in. */
function completeDraft(kind: InstalledKind, connection: Draft['connection'], auth: DirectAuth): Draft {
  let draft: Draft = {
    ...newDraft(kind, DRAFT_ID, { namespace: NAMESPACE }),
    name: 'prod',
    connection,
    auth,
  };
  if ('planeID' in draft.spec) draft = { ...draft, spec: { planeID: 'prod-cluster' } };
  for (const step of ['connection', 'services'] as const) {
    for (const field of fieldsOfStep(kind, step, draft)) draft = filledIn(draft, field);
  }
  return draft;
}

function filledIn(draft: Draft, field: FormField): Draft {
  if (field.kind === 'group') {
    const opened = { ...draft, spec: withValueAt(draft.spec, field.path, {}) };
    return (field.children ?? []).reduce(filledIn, opened);
  }
  const { slot } = field;
  if (!slot) return { ...draft, spec: withValueAt(draft.spec, field.path, sampleOf(field)) };
  const before = draft.credentials[slot.id];
  if (!before) throw new Error(`The draft has no credential ${slot.id}.`);
  const credential = { ...before, name: 'prod-access', text: TEXTS[slot.purpose] };
  return { ...draft, credentials: { ...draft.credentials, [slot.id]: credential } };
}

const TEXTS = {
  'agent-ca': CERTIFICATE_PEM,
  'server-ca': CERTIFICATE_PEM,
  'client-certificate': CERTIFICATE_PEM,
  'client-key': PRIVATE_KEY_PEM,
  'bearer-token': 'abc.def',
  password: 'a password',
  other: 'a secret',
} as const;

function sampleOf({ kind, node }: FormField): Json {
  switch (kind) {
    case 'host':
      return 'api.example.com';
    case 'url':
      return 'https://api.example.com:6443';
    case 'number':
      return '8443';
    case 'boolean':
      return true;
    case 'choice':
      return node.enum?.[0] ?? '';
    case 'list':
      return ['one', 'two'];
    case 'observability-plane':
      return { kind: 'ClusterObservabilityPlane', name: 'shared' };
    default:
      return 'some-text';
  }
}

let demo: BareControlPlane;
let client: KubeClient;
let close: () => Promise<void>;

async function start(release: (typeof RELEASES)[number]): Promise<void> {
  demo = await sharedControlPlane(release);
  const admin = callerOf('admin', demo.controlPlane.kubeconfigPath);
  ({ client } = admin.caller);
  close = admin.close;
  await client.request({
    method: 'POST',
    path: '/api/v1/namespaces',
    body: { metadata: { name: CONTROL_PLANE_NAMESPACE } },
  });
}

async function stop(): Promise<void> {
  await close?.();
  await demo?.stop();
}

/** Sends an object as a registration does and returns the API server's result: checked strictly, not stored. */
async function dryRun(path: string, body: unknown): Promise<JsonObject> {
  const query = { dryRun: 'All', fieldValidation: 'Strict', fieldManager: 'planeboard' };
  const answer = await client.request({ method: 'POST', path, query, body });
  return answer.body as JsonObject;
}

function planesPath({ entry }: InstalledKind): string {
  const scope = entry.scope === 'Namespaced' ? `/namespaces/${NAMESPACE}` : '';
  return `/apis/openchoreo.dev/v1alpha1${scope}/${entry.plural}`;
}

describe.each(RELEASES)('an API server of release %s', (release) => {
  beforeAll(() => start(release));
  afterAll(stop);

  const drafts = installedKinds(release).flatMap((kind) =>
    connectionsOf(kind).flatMap((connection) => {
      const auths = connection === 'direct' ? directAuthsOf(kind) : [];
      return (auths.length > 0 ? auths : (['mtls'] as const)).map(
        (auth) => [`${kind.entry.kind}, ${connection}, ${auth}`, kind, connection, auth] as const,
      );
    }),
  );

  test.each(drafts)('accepts a plane with every field filled in: %s', async (_, kind, connection, auth) => {
    const draft = completeDraft(kind, connection, auth);
    expect(checkDraft(draft, kind, NOTHING_KNOWN)).toEqual([]);
    const { secrets, plane } = manifestsOf(draft, kind, { user: 'ada' });
    for (const secret of secrets) {
      await dryRun(`/api/v1/namespaces/${secret.metadata.namespace}/secrets`, secret);
    }
    const answered = await dryRun(planesPath(kind), plane);
    expect(answered.spec).toEqual(plane.spec);
    expect(answered.metadata).toMatchObject(plane.metadata);
  });

  // The API server writes these messages, so testing one release is enough.
  if (release !== '1.2') return;

  async function rejectionOf(
    kind: InstalledKind,
    spec: JsonObject,
    further: JsonObject = {},
  ): Promise<unknown[]> {
    const complete = completeDraft(kind, 'agent', 'mtls');
    const draft = { ...complete, spec: { ...complete.spec, ...spec } };
    const { plane } = manifestsOf(draft, kind);
    const body = { ...plane, spec: { ...plane.spec, ...further } };
    const error = await dryRun(planesPath(kind), body).then(
      () => null,
      (failure: KubeError) => failure,
    );
    return problemsOfStatus(error?.statusObject, draft, kind).map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );
  }

  test('reports its rejections at their fields', async () => {
    const dataPlane = installedKind('1.2', 'DataPlane');
    const clusterDataPlane = installedKind('1.2', 'ClusterDataPlane');
    const https = (listener: JsonObject) => ({
      gateway: { ingress: { external: { name: 'g', namespace: 'n', https: listener } } },
    });
    expect([
      ...(await rejectionOf(dataPlane, { planeID: 'Prod_' })),
      ...(await rejectionOf(dataPlane, https({ host: 'a.example.com', port: 70000 }))),
      ...(await rejectionOf(dataPlane, https({ port: 443 }))),
      ...(await rejectionOf(dataPlane, https({ host: 'a.example.com', port: 'x' }))),
      ...(await rejectionOf(clusterDataPlane, {
        observabilityPlaneRef: { kind: 'ObservabilityPlane', name: 'obs' },
      })),
      ...(await rejectionOf(dataPlane, {}, { rgistry: { prefix: 'x' } })),
      ...(await rejectionOf(dataPlane, {}, { clusterAgent: { clientCA: { value: 5 } } })),
      ...(await rejectionOf(dataPlane, {}, { clusterAgent: { clientCA: { secretKeyRef: { name: 'a' } } } })),
    ]).toEqual(REFUSALS);
  });
});

const REFUSALS = [
  "spec.planeID: Rejected by the API server: should match '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$'.",
  'spec.gateway.ingress.external.https.port: Rejected by the API server: should be less than or equal to 65535.',
  'spec.gateway.ingress.external.https.host: Rejected by the API server: a value is required.',
  'spec.gateway.ingress.external.https.port: Rejected by the API server: must be of type integer.',
  'spec.observabilityPlaneRef.kind: Rejected by the API server: supported values: "ClusterObservabilityPlane".',
  'spec.rgistry: Rejected by the API server: unknown field spec.rgistry.',
  'credentials.clusterAgent.clientCA.text: Rejected by the API server: must be of type string.',
  'credentials.clusterAgent.clientCA.key: Rejected by the API server: a value is required.',
];
