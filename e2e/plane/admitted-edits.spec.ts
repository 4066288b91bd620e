import { EditPage, editablePlane } from '@/e2e/support/edit-page';
import { expect, test } from '@/e2e/support/plane-test';
import { DISPLAY_NAME_ANNOTATION } from '@/lib/plane/model/annotations';
import { createMutatingPolicy } from '@/testing/control-plane/mutating-policy';
import type { SimulatedInstallation } from '@/testing/installation/simulated-installation';
import { apiPathOf, type SimulatedPlane } from '@/testing/installation/simulated-planes';

const STAMP = 'policy.example.com/checked';

/** Keeps the plane's display name, and stamps the plane. */
const KEEP_AND_STAMP = `[
  JSONPatch{op: "add", path: "/metadata/annotations/" + jsonpatch.escapeKey("${DISPLAY_NAME_ANNOTATION}"),
    value: oldObject.metadata.annotations["${DISPLAY_NAME_ANNOTATION}"]},
  JSONPatch{op: "add", path: "/metadata/annotations/" + jsonpatch.escapeKey("${STAMP}"), value: "yes"}]`;

/** Has a policy keep the display name of a plane. Returns a function that deletes the policy. */
function keepDisplayName(installation: SimulatedInstallation, plane: SimulatedPlane) {
  const { kube } = installation;
  return createMutatingPolicy(
    kube,
    `keep-${plane.name}`,
    {
      apiGroup: 'openchoreo.dev',
      apiVersion: 'v1alpha1',
      resource: 'dataplanes',
      when: `object.metadata.name == "${plane.name}" && request.operation == "UPDATE"`,
      patches: KEEP_AND_STAMP,
    },
    async () => {
      const probe = { metadata: { annotations: { [DISPLAY_NAME_ANNOTATION]: 'Probe' } } };
      const tried = await kube.patch(`${apiPathOf(plane)}?dryRun=All`, probe);
      return tried.metadata.annotations?.[DISPLAY_NAME_ANNOTATION] !== 'Probe';
    },
  );
}

test('a field that is edited in place stays open when admission drops its value', async ({
  installation,
  planePage,
  page,
}) => {
  const plane = editablePlane('kept-inline');
  await installation.add(plane);
  const deletePolicy = await keepDisplayName(installation, plane);
  try {
    await planePage.open(plane);
    await page.getByRole('button', { name: 'Edit display name' }).click();
    const name = page.getByRole('textbox', { name: 'Display name' });
    await name.fill('Mine');
    await name.press('Enter');
    await expect(name).toHaveAccessibleDescription(/Not stored as requested: display name\./);
    await expect(name).toHaveValue('Mine');
  } finally {
    await deletePolicy();
  }
  // Nothing is in the way any more, and the policy's change isn't taken for another user's.
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mine');
});

test('the review and the page after it name what admission drops', async ({ installation, page }) => {
  const plane = editablePlane('kept-edit');
  await installation.add(plane);
  const deletePolicy = await keepDisplayName(installation, plane);
  try {
    const edit = new EditPage(page);
    await edit.open(plane, 'form');
    await edit.input('Display name').fill('Mine');
    await edit.input('Secret store').fill('other-store');
    await edit.review();
    await expect(page.getByText("Won't be stored as requested: display name.")).toBeVisible();
    await edit.saveButton.click();
    const outcome = page.getByRole('status').filter({ hasText: 'Not stored as requested: display name.' });
    await expect(outcome).toBeVisible();
    await expect(outcome).toBeFocused();
  } finally {
    await deletePolicy();
  }
  expect((await installation.read(plane)).spec).toMatchObject({ secretStoreRef: { name: 'other-store' } });
});
