import { afterAll, beforeAll, expect, test } from 'vitest';
import { type KeyPairPem, selfSignedAgent } from '@/demo/pki/certificate-authority';
import { createMutatingPolicy } from '@/testing/control-plane/mutating-policy';
import { PlaneWrites } from '@/testing/server/plane-writes';

const STAMP = 'policy.example.com/checked';

/** Keeps the agent's CA, and stamps the plane. */
const KEEP_AND_STAMP = `
  (object.spec.clusterAgent != oldObject.spec.clusterAgent
    ? [JSONPatch{op: "replace", path: "/spec/clusterAgent/clientCA/value",
        value: oldObject.spec.clusterAgent.clientCA.value}] : []) +
  (has(object.metadata.annotations)
    ? [JSONPatch{op: "add", path: "/metadata/annotations/" + jsonpatch.escapeKey("${STAMP}"), value: "yes"}] : [])`;

let api: PlaneWrites;
let old: KeyPairPem;
let renewed: KeyPairPem;
let deletePolicy: () => Promise<void>;
const plane = 'dataplanes/default/keeps-ca';

beforeAll(async () => {
  api = await PlaneWrites.start('1.2');
  old = await selfSignedAgent('agent', { days: 80 });
  renewed = await selfSignedAgent('agent', { days: 90 });
  const spec = { planeID: 'keeps-ca', clusterAgent: { clientCA: { value: old.certPem } } };
  await api.create(plane, spec, { annotations: { team: 'a' } });
  const path = '/apis/openchoreo.dev/v1alpha1/namespaces/default/dataplanes/keeps-ca';
  deletePolicy = await createMutatingPolicy(
    api.kube,
    'keep-agent-ca',
    {
      apiGroup: 'openchoreo.dev',
      apiVersion: 'v1alpha1',
      resource: 'dataplanes',
      when: 'object.metadata.name == "keeps-ca" && request.operation == "UPDATE"',
      patches: KEEP_AND_STAMP,
    },
    async () => {
      const probe = { metadata: { annotations: { team: 'probe', [STAMP]: null } } };
      const tried = await api.kube.patch(`${path}?dryRun=All`, probe);
      return tried.metadata.annotations?.[STAMP] !== undefined;
    },
  );
});
afterAll(async () => {
  await deletePolicy?.();
  await api?.stop();
});

test.each([true, false])('a replacement that admission drops is rejected (dry run: %s)', async (dryRun) => {
  const request = { slot: 'clusterAgent.clientCA', action: 'replace', text: renewed.certPem, dryRun };
  const problem = await api.refused('POST', `${plane}/credentials`, request);
  expect(problem.detail).toContain('as requested: spec.clusterAgent.clientCA.value');
  const { spec } = await api.live(plane);
  expect(spec).toMatchObject({ clusterAgent: { clientCA: { value: old.certPem } } });
});
