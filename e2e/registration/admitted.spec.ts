import { expect, test } from '@/e2e/support/registration-test';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { createMutatingPolicy } from '@/testing/control-plane/mutating-policy';
import { agentCaPem, DATA_PLANE, DATA_PLANES, NAME, NAMESPACE, prodPlane } from '@/testing/plane/prod-plane';

test('the wizard names what admission changes, before and after registering', async ({
  wizard,
  installation,
}) => {
  const { client } = installation.controlPlane;
  await ensureNamespace(client, NAMESPACE);
  const caPem = await agentCaPem();
  const deletePolicy = await createMutatingPolicy(
    client,
    'change-plane-id',
    {
      apiGroup: 'openchoreo.dev',
      apiVersion: 'v1alpha1',
      resource: 'dataplanes',
      when: `object.metadata.name.startsWith("${NAME}")`,
      patches: '[JSONPatch{op: "replace", path: "/spec/planeID", value: "another"}]',
    },
    async () => {
      const spec = { planeID: NAME, clusterAgent: { clientCA: { value: caPem } } };
      const body = {
        apiVersion: 'openchoreo.dev/v1alpha1',
        kind: 'DataPlane',
        metadata: { name: `${NAME}-probe` },
        spec,
      };
      const tried = await client.post(`${DATA_PLANES}?dryRun=All`, body);
      return (tried.spec as { planeID: string }).planeID === 'another';
    },
  );
  try {
    await wizard.fillAll(DATA_PLANE, prodPlane(caPem));
    await expect(
      wizard.page.getByText(`DataPlane ${NAME}: Won't be stored as requested: spec.planeID.`),
    ).toBeVisible();
    await wizard.registerButton.click();
    const outcome = wizard.page.getByRole('status').filter({ hasText: 'registered, but not as requested' });
    await expect(outcome).toContainText(`DataPlane ${NAME}: Not stored as requested: spec.planeID.`);
    await outcome.getByRole('link', { name: 'Continue' }).click();
    await expect(wizard.page.getByRole('heading', { level: 1, name: /^Connect / })).toBeVisible();
    expect(wizard.page.url()).not.toContain('planeID');
  } finally {
    await deletePolicy();
  }
});
