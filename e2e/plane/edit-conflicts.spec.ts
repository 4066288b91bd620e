import { EditPage, editablePlane, nameAnnotations } from '@/e2e/support/edit-page';
import { expect, test } from '@/e2e/support/plane-test';

const NAMESPACE = 'changing';
/** Until finalizers have run and the feed has delivered the deletion. */
const LONG_WAIT = { timeout: 30_000 };

// The browser logs the API's answer to a conflict.
test.use({ expectedErrors: [/Failed to load resource: .*409/] });

test('a concurrent rename is shown before it can be overwritten', async ({
  installation,
  planePage,
  page,
}) => {
  const plane = editablePlane('raced');
  await installation.add(plane);
  await planePage.open(plane);
  await page.getByRole('button', { name: 'Edit display name' }).click();
  const name = page.getByRole('textbox', { name: 'Display name' });
  await name.fill('Mine');
  await installation.patch(plane, { metadata: { annotations: { 'openchoreo.dev/display-name': 'Theirs' } } });
  await name.press('Enter');
  await expect(name).toHaveAccessibleDescription(/Theirs/);
  expect((await installation.read(plane)).metadata.annotations).toMatchObject({
    'openchoreo.dev/display-name': 'Theirs',
  });
  await name.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mine');
});

test('a conflict shows both sides and overwrites nothing, and changes to other fields are merged', async ({
  installation,
  page,
}) => {
  const plane = editablePlane('contested');
  await installation.add(plane);
  const edit = new EditPage(page);
  await edit.open(plane, 'form');
  await edit.input('Secret store').fill('mine');
  await installation.patch(plane, { metadata: { labels: { region: 'us', team: 'theirs' } } });
  await expect(page.getByText('Someone else changed this plane.')).toBeVisible();
  await expect(page.getByText('metadata.labels.team')).toBeVisible();
  await installation.patch(plane, { spec: { secretStoreRef: { name: 'theirs' } } });
  await expect(edit.conflicts).toContainText('spec.secretStoreRef.name');
  await expect(edit.conflicts).toContainText('vault');
  const side = (name: string) => edit.conflicts.getByRole('radio', { name });
  await expect(side('Yours')).toHaveAccessibleDescription('mine');
  await expect(side('Theirs (stored)')).toHaveAccessibleDescription('theirs');
  expect((await installation.read(plane)).spec).toMatchObject({ secretStoreRef: { name: 'theirs' } });
  await expect(edit.conflicts.getByRole('button', { name: 'Continue' })).toBeDisabled();
  await side('Yours').check();
  await edit.conflicts.getByRole('button', { name: 'Continue' }).click();
  await edit.review();
  await edit.save();
  const after = await installation.read(plane);
  expect(after.spec).toMatchObject({ secretStoreRef: { name: 'mine' } });
  expect(after.metadata.labels).toEqual({ region: 'us', team: 'theirs' });
});

test('a change between review and save is shown as a conflict, and the other side can be kept', async ({
  installation,
  page,
}) => {
  const plane = editablePlane('late-conflict');
  await installation.add(plane);
  const edit = new EditPage(page);
  await edit.open(plane, 'form');
  await edit.input('Secret store').fill('mine');
  await edit.input('Display name').fill('Mine too');
  await edit.review();
  await installation.patch(plane, { spec: { secretStoreRef: { name: 'theirs' } } });
  await edit.saveButton.click({ timeout: 2_000 }).catch(() => {
    // The page may have received the change first, which hides the button.
  });
  await expect(edit.conflicts).toContainText('spec.secretStoreRef.name');
  expect((await installation.read(plane)).spec).toMatchObject({ secretStoreRef: { name: 'theirs' } });
  await edit.conflicts.getByRole('radio', { name: /^Theirs/ }).check();
  await edit.conflicts.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText('Dry run passed.')).toBeVisible();
  await edit.save();
  const after = await installation.read(plane);
  expect(after.spec).toMatchObject({ secretStoreRef: { name: 'theirs' } });
  expect(after.metadata.annotations).toMatchObject({ 'openchoreo.dev/display-name': 'Mine too' });
});

test.describe('a plane deleted and created again while it is edited', () => {
  // The page may fetch a changed plane that is deleted before the feed delivers the deletion.
  test.use({ expectedErrors: [/Failed to load resource: .*404/] });

  test('keeps the unsaved edit visible, and applies it to the new plane on request', async ({
    installation,
    page,
  }) => {
    const plane = editablePlane('born-again');
    await installation.add(plane);
    const edit = new EditPage(page);
    await edit.open(plane, 'form');
    await edit.input('Description').fill('Typed before it was deleted');
    await installation.kube.delete(
      `/apis/openchoreo.dev/v1alpha1/namespaces/${NAMESPACE}/dataplanes/born-again`,
    );
    const alert = page.getByRole('alert').filter({ hasText: 'Plane born-again has been deleted.' });
    await expect(alert).toBeVisible(LONG_WAIT);
    await expect(alert).not.toContainText('Below is');
    await expect(edit.card('Your unsaved edit')).toContainText('Typed before it was deleted');
    await expect(page.getByRole('button', { name: 'Copy YAML' })).toBeVisible();
    await installation.add({ ...plane, id: 'born-again-2', displayName: 'Made anew' });
    await alert.getByRole('button', { name: 'Show new plane' }).click(LONG_WAIT);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Edit Made anew');
    // The edit is also still offered after a reload.
    await page.reload();
    await page.getByRole('button', { name: 'Apply changes' }).click();
    await expect(edit.input('Description')).toHaveValue('Typed before it was deleted');
    await expect(
      page.getByText('You started this edit on a plane that has since been deleted.'),
    ).toBeVisible();
    await edit.review();
    await edit.save();
    expect((await installation.read(plane)).metadata.annotations).toMatchObject(
      nameAnnotations('Made anew', 'Typed before it was deleted'),
    );
  });

  test('offers a link to the new plane on the page of the deleted one', async ({
    installation,
    planePage,
    page,
  }) => {
    const plane = editablePlane('seen-again');
    await installation.add(plane);
    await planePage.open(plane);
    await installation.kube.delete(
      `/apis/openchoreo.dev/v1alpha1/namespaces/${NAMESPACE}/dataplanes/seen-again`,
    );
    const alert = page.getByRole('alert').filter({ hasText: 'Plane seen-again has been deleted.' });
    await expect(alert).toContainText('This page shows its last known state.', LONG_WAIT);
    await expect(alert.getByRole('link', { name: 'Back to the fleet' })).toBeVisible();
    await installation.add({ ...plane, id: 'seen-again-2', displayName: 'Seen anew' });
    await alert.getByRole('button', { name: 'Show new plane' }).click(LONG_WAIT);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Seen anew');
    await expect(page.getByText('has been deleted')).toHaveCount(0);
  });
});
