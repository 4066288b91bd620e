import { expectAccessible } from '@/e2e/support/accessibility';
import { EditPage, editablePlane } from '@/e2e/support/edit-page';
import { expect, test } from '@/e2e/support/plane-test';

test('a change that costs a plane its agent needs a confirmation, in both views, and by keyboard', async ({
  installation,
  page,
}) => {
  const plane = editablePlane('dangerous');
  await installation.add(plane);
  const edit = new EditPage(page);
  const effects = edit.card('Effects of the change');
  const confirmation = effects.getByRole('checkbox');

  await edit.open(plane, 'form');
  await edit.input('Secret store').fill('harmless');
  await edit.review();
  await expect(effects).toBeHidden();
  await expect(edit.saveButton).toBeEnabled();
  await page.getByRole('button', { name: 'Back to editing' }).click();

  await edit.input('Plane ID').fill('moved-away');
  await edit.review();
  await expect(effects).toContainText('so it will be rejected until it uses the planeID moved-away.');
  await expect(edit.saveButton).toBeDisabled();
  await expectAccessible(page, 'the review of a dangerous change');
  await confirmation.focus();
  await page.keyboard.press('Space');
  await expect(edit.saveButton).toBeEnabled();
  await expect(edit.saveButton).toHaveText('Save anyway');

  // A confirmation applies only to the effects that were shown.
  await page.getByRole('button', { name: 'Back to editing' }).click();
  await page.getByText('YAML', { exact: true }).first().click();
  await edit.typeValue('planeID:', 'moved-further');
  await edit.review();
  await expect(effects).toContainText('until it uses the planeID moved-further.');
  await expect(confirmation).not.toBeChecked();
  await expect(edit.saveButton).toBeDisabled();
  await confirmation.check();
  await edit.save();
  expect((await installation.read(plane)).spec).toMatchObject({ planeID: 'moved-further' });
  await page.getByRole('button', { name: 'Edit again' }).click();
  await expect(edit.yaml).toContainText('planeID: moved-further');
});

test('unsaved changes of an earlier edit are announced, with what differs from the current plane', async ({
  installation,
  page,
}) => {
  const plane = editablePlane('reopened');
  await installation.add(plane);
  const edit = new EditPage(page);
  const earlier = page.getByRole('region', { name: 'Earlier edit' });
  await edit.open(plane, 'form');
  await edit.input('Secret store').fill('half-done');
  await edit.input('Description').fill('A line that is wider than the page. '.repeat(10));
  await expect(earlier).toBeHidden();
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect(earlier).toContainText('You have unsaved changes from an earlier edit.');
  await expect(earlier).toContainText('spec.secretStoreRef.name');
  await expect(page.getByText('Changed', { exact: true }).first()).toBeVisible();
  await earlier.getByText('Show the differences').click();
  const difference = earlier.getByRole('region', { name: 'Differences from the current plane' });
  await expect(difference).toContainText('vault');
  await expect(difference).toContainText('half-done');
  // Long lines scroll within the difference.
  await expect(earlier.getByRole('button', { name: 'Start over' })).toBeInViewport();
  await expectAccessible(page, 'an earlier edit');
  await earlier.getByRole('button', { name: 'Start over' }).click();
  await expect(earlier).toBeHidden();
  await expect(edit.input('Secret store')).toHaveValue('vault');
});

test('the YAML tab points out misplaced fields and values that kubectl reads otherwise', async ({
  installation,
  page,
}) => {
  const plane = editablePlane('mistyped');
  await installation.add(plane);
  const edit = new EditPage(page);
  await edit.open(plane, 'yaml');
  await edit.cursorAfter('name: vault');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Home');
  await page.keyboard.insertText('planeId: x\n');
  await expect(edit.yamlProblems).toContainText('Did you mean planeID? It belongs in spec.');
  await page.keyboard.press('ControlOrMeta+z');
  await edit.typeValue('name: vault', 'no');
  await expect(edit.yamlProblems).toContainText('kubectl reads no as false');
});
