import { selfSignedAgent } from '@/demo/pki/certificate-authority';
import { expectAccessible, expectAccessibleHere, tabTo } from '@/e2e/support/accessibility';
import { EditPage } from '@/e2e/support/edit-page';
import { ReplaceCredentialPage } from '@/e2e/support/plane-page';
import { expect, test } from '@/e2e/support/plane-test';
import { DAY_MS } from '@/lib/plane/time/duration';
import { connectedPlane, planeWithoutAgent } from '@/testing/installation/simulated-planes';

const NAMESPACE = 'accessible';

// A plane can be deleted or changed by the time the page fetches or writes it. The browser logs the API's 404 or 409.
test.use({ expectedErrors: [/Failed to load resource: .*4(04|09)/] });

test('axe finds nothing on any tab, or where a plane is edited or deleted', async ({
  installation,
  planePage,
  page,
}) => {
  // About twenty axe runs, which take seconds each.
  test.setTimeout(300_000);
  const unhealthy = planeWithoutAgent('troubled', {
    namespace: NAMESPACE,
    ca: 'missing-secret',
    ageMs: 3 * DAY_MS,
  });
  const managed = connectedPlane('kept', {
    namespace: NAMESPACE,
    displayName: 'Kept in git',
    ca: 'leaf-inline',
    managedBy: 'argocd',
    environments: ['production'],
  });
  await installation.add(unhealthy);
  await installation.add(managed);
  await planePage.open(unhealthy);
  await planePage.finding('secret-missing');
  await expectAccessible(page, 'an unhealthy plane');
  await planePage.open(managed);
  await planePage.finding('observability-none');
  await expectAccessible(page, 'a healthy managed plane with notes');
  for (const tab of ['Events', 'History', 'YAML'] as const) {
    await planePage.tab(tab);
    await expectAccessible(page, tab);
  }
  await planePage.tab('Overview');
  await page.getByRole('button', { name: /^Actions/ }).click();
  await expectAccessibleHere(page, 'the actions menu');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Edit display name' }).click();
  await expectAccessible(page, 'an inline edit of the name');
  await page.keyboard.press('Escape');

  const edit = new EditPage(page);
  await edit.open(managed, 'form');
  await edit.input('Plane ID').fill('Not a planeID');
  await edit.input('Plane ID').blur();
  await edit.reviewButton.click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await expectAccessible(page, 'the form with an error');
  await edit.input('Plane ID').fill(managed.planeID ?? '');
  await edit.input('Secret store').fill('mine');
  await page.getByText('YAML', { exact: true }).first().click();
  await expect(edit.yaml).toBeVisible();
  await expectAccessible(page, 'the YAML editor');
  await edit.review();
  await expectAccessible(page, 'the difference of a managed plane');
  await installation.patch(managed, { spec: { secretStoreRef: { name: 'theirs' } } });
  await expect(edit.conflicts).toBeVisible();
  await expectAccessible(page, 'a conflict');

  const replace = new ReplaceCredentialPage(page);
  const renewed = await selfSignedAgent('agent', { days: 90 });
  await planePage.open(managed, '?replace=agent-ca');
  await page.getByLabel('New certificate', { exact: true }).fill(renewed.keyPem);
  await expectAccessible(page, 'a private key instead of a certificate');
  await page.getByLabel('New certificate', { exact: true }).fill(renewed.certPem);
  await page.getByRole('button', { name: 'Review change' }).click();
  await expect(replace.review).toBeVisible();
  await expectAccessible(page, 'old and new certificate side by side');
  await replace.review.getByRole('checkbox').check();
  await replace.review.getByRole('button', { name: 'Add certificate' }).click();
  await expect(replace.card('3. Remove the old certificate')).toBeVisible();
  await expectAccessible(page, 'the handover');

  await planePage.open(managed, '?delete=1');
  await expect(page.locator('[data-consequence="blocked"]')).toBeVisible();
  await expectAccessible(page, 'the consequences of deletion');
  await page.getByLabel(`Type ${managed.name} to confirm`).fill(managed.name);
  await page.getByRole('checkbox', { name: /^Delete it anyway/ }).check();
  await page.getByRole('button', { name: 'Delete plane' }).click();
  await expect(planePage.card('Deletion blocked')).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page, 'a blocked deletion');
});

test.describe('by keyboard alone', () => {
  test('the spec can be edited, reviewed and saved', async ({ installation, planePage, page }) => {
    test.setTimeout(120_000);
    const plane = connectedPlane('edited-by-keys', { namespace: NAMESPACE });
    await installation.add(plane);
    const { keyboard } = page;
    const edit = new EditPage(page);
    await planePage.open(plane);
    await tabTo(page, page.getByRole('button', { name: /^Actions/ }));
    await keyboard.press('Enter');
    await expect(page.getByRole('menuitem', { name: 'Edit plane', exact: true })).toBeFocused();
    await keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: /^Edit / })).toBeFocused();
    await tabTo(page, edit.input('Secret store'));
    await keyboard.type('by-keys');
    await tabTo(page, edit.reviewButton);
    await keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 2, name: 'Review changes' })).toBeFocused();
    await expect(page.getByText('Dry run passed.')).toBeVisible();
    await tabTo(page, edit.saveButton);
    await keyboard.press('Enter');
    await expect(
      page.getByRole('status').filter({ hasText: 'The API server has stored the change.' }),
    ).toBeFocused();
    expect((await installation.read(plane)).spec).toMatchObject({ secretStoreRef: { name: 'by-keys' } });
  });

  test('Tab enters and leaves the YAML editor', async ({ installation, page }) => {
    const plane = connectedPlane('yaml-by-keys', { namespace: NAMESPACE });
    await installation.add(plane);
    const edit = new EditPage(page);
    await edit.open(plane, 'yaml');
    await tabTo(page, edit.yaml);
    await page.keyboard.press('Control+End');
    await page.keyboard.type('  secretStoreRef: {name: by-keys');
    await expect(edit.yaml).toContainText('secretStoreRef: {name: by-keys}');
    await page.keyboard.press('Tab');
    await expect(edit.yaml).not.toBeFocused();
    await tabTo(page, page.getByRole('button', { name: 'Discard' }));
  });

  test('the certificate can be replaced up to restarting the agent', async ({
    installation,
    planePage,
    page,
  }) => {
    test.setTimeout(120_000);
    const plane = connectedPlane('replaced-by-keys', { namespace: NAMESPACE, ca: 'leaf-inline' });
    await installation.add(plane);
    const { keyboard } = page;
    const renewed = await selfSignedAgent('agent', { days: 90 });
    const replace = new ReplaceCredentialPage(page);
    await planePage.open(plane);
    await expect(planePage.card('Diagnosis').getByText(/^Related resources checked/)).toBeVisible();
    await tabTo(page, page.getByRole('button', { name: /^Actions/ }));
    await keyboard.press('Enter');
    await expect(page.getByRole('menuitem', { name: 'Edit plane', exact: true })).toBeFocused();
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    await expect(page.getByRole('menuitem', { name: 'Replace certificate' })).toBeFocused();
    await keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Replace certificate' })).toBeFocused();
    await tabTo(page, page.getByLabel('New certificate', { exact: true }));
    await keyboard.insertText(renewed.certPem);
    const check = page.getByRole('button', { name: 'Review change' });
    await expect(check).toBeEnabled();
    await tabTo(page, check);
    await keyboard.press('Enter');
    await expect(replace.review).toBeVisible();
    await tabTo(page, replace.review.getByRole('button', { name: 'Add certificate' }));
    await keyboard.press('Enter');
    await expect(replace.card('3. Remove the old certificate')).toBeVisible();
  });

  test('a plane can be deleted', async ({ installation, planePage, page }) => {
    test.setTimeout(120_000);
    const plane = connectedPlane('deleted-by-keys', { namespace: NAMESPACE });
    await installation.add(plane);
    const { keyboard } = page;
    await planePage.open(plane);
    await tabTo(page, page.getByRole('button', { name: /^Actions/ }));
    await keyboard.press('Enter');
    await expect(page.getByRole('menuitem', { name: 'Edit plane', exact: true })).toBeFocused();
    await keyboard.press('End');
    await expect(page.getByRole('menuitem', { name: 'Delete plane' })).toBeFocused();
    await keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: /^Delete / })).toBeFocused();
    await tabTo(page, page.getByLabel('Type deleted-by-keys to confirm'));
    await keyboard.type('deleted-by-keys');
    await keyboard.press('Enter');
    await expect(planePage.card('Deleted')).toContainText('has been deleted.', { timeout: 30_000 });
    expect(await installation.find(plane)).toBeUndefined();
  });
});
