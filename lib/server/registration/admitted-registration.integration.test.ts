import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import type { Draft } from '@/lib/plane/registration/draft';
import type { Caller } from '@/lib/server/rights/caller';
import { serviceCaller } from '@/lib/server/rights/service-caller';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { createMutatingPolicy } from '@/testing/control-plane/mutating-policy';
import { agentDraft } from '@/testing/server/agent-draft';
import { captureLog, startProcessRuntime, stopProcessRuntime } from '@/testing/server/test-runtime';
import { registerPlane } from './register-plane';

const DATA_PLANES = '/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes';
const SECRETS = '/api/v1/namespaces/default/secrets';

let control: BareControlPlane;
let runtime: Runtime;
let caPem: string;
let me: Caller;
let names = 0;
let draft: Draft;
const deletePolicies: (() => Promise<void>)[] = [];

beforeAll(async () => {
  captureLog();
  control = await sharedControlPlane('1.2');
  const { client, kubeconfigPath } = control.controlPlane;
  runtime = await startProcessRuntime(kubeconfigPath);
  me = await serviceCaller();
  caPem = (await CertificateAuthority.create('company agents', { days: 400 })).certPem;
  const when = 'object.metadata.name.startsWith("registered-")';
  deletePolicies.push(
    await createMutatingPolicy(
      client,
      'change-plane-ids',
      {
        apiGroup: 'openchoreo.dev',
        apiVersion: 'v1alpha1',
        resource: 'dataplanes',
        when,
        patches: '[JSONPatch{op: "replace", path: "/spec/planeID", value: "another"}]',
      },
      async () => {
        const spec = { planeID: 'probe', clusterAgent: { clientCA: { value: caPem } } };
        const body = { apiVersion: 'openchoreo.dev/v1alpha1', kind: 'DataPlane', spec };
        const probe = { ...body, metadata: { name: 'registered-probe' } };
        const tried = await client.post(`${DATA_PLANES}?dryRun=All`, probe);
        return (tried.spec as { planeID: string }).planeID === 'another';
      },
    ),
    await createMutatingPolicy(
      client,
      'empty-secrets',
      {
        apiGroup: '',
        apiVersion: 'v1',
        resource: 'secrets',
        when,
        patches: '[JSONPatch{op: "replace", path: "/data", value: {"ca.crt": bytes("")}}]',
      },
      async () => {
        const probe = { metadata: { name: 'registered-probe' }, stringData: { 'ca.crt': caPem } };
        const tried = await client.post(`${SECRETS}?dryRun=All`, probe);
        return (tried.data as Record<string, string>)['ca.crt'] === '';
      },
    ),
  );
});
afterAll(async () => {
  for (const deletePolicy of deletePolicies) await deletePolicy();
  await stopProcessRuntime(runtime);
  await control?.stop();
});
beforeEach(() => {
  names += 1;
  draft = agentDraft(runtime, { name: `registered-${names}`, caPem });
});

const differences = [
  { kind: 'Secret', notStored: [['data', 'ca.crt']] },
  { kind: 'DataPlane', notStored: [['spec', 'planeID']] },
];

test('a registration names what admission changed in the new objects, and no value of a Secret', async () => {
  const answer = await registerPlane(me, draft, false);
  expect(answer.outcome).toBe('created');
  expect(answer.objects).toMatchObject(differences);
  expect(JSON.stringify(answer)).not.toContain('CERTIFICATE');
  const plane = await control.controlPlane.client.find(`${DATA_PLANES}/${draft.name}`);
  expect(plane?.spec).toMatchObject({ planeID: 'another' });
});

test('a dry run names what admission would change', async () => {
  const answer = await registerPlane(me, draft, true);
  expect(answer.outcome).toBe('checked');
  expect(answer.objects).toMatchObject(differences);
});

test("a registration that is sent again doesn't claim that the user changed its values", async () => {
  await registerPlane(me, draft, false);
  await expect(registerPlane(me, draft, false)).rejects.toMatchObject({
    code: 'conflict',
    detail: expect.stringContaining('or admission changed them') as string,
  });
});
