import { expectAccessible } from '@/e2e/support/accessibility';
import { expect, test } from '@/e2e/support/fixtures';
import { smallCompany } from '@/testing/control-plane/small-company';

test('a view can be named, opened again, shared as a link and deleted', async ({
  fleet,
  page,
  planes,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await planes.add(...smallCompany());
  await fleet.open('?namespace=globex&sort=name');
  const shown = await fleet.names.allTextContents();
  expect(shown.length).toBeGreaterThan(1);
  const views = page.getByRole('button', { name: 'Views', exact: true });
  const menu = page.getByRole('menu', { name: 'Views' });
  const dialog = page.getByRole('dialog', { name: 'Views' });
  await views.click();
  await menu.getByRole('menuitem', { name: 'Save or delete views…' }).click();
  await dialog.getByRole('button', { name: 'Save view' }).click();
  await expect(dialog.getByText('Enter a name.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Name of the current view' }).fill('Globex');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();

  await views.click();
  await menu.getByRole('menuitemradio', { name: 'Needs attention' }).click();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/health=/);
  await page.reload();
  await fleet.live();
  await views.click();
  await menu.getByRole('menuitemradio', { name: 'Globex' }).click();
  await page.keyboard.press('Escape');
  await expect(fleet.names).toHaveText(shown);
  await page.goBack();
  await expect(page).toHaveURL(/health=/);

  await views.click();
  await menu.getByRole('menuitem', { name: 'Save or delete views…' }).click();
  await expectAccessible(page, 'the dialog of views');
  await dialog.getByRole('button', { name: 'Copy link to Globex' }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toContain('/?namespace=globex&sort=name');
  await dialog.getByRole('button', { name: 'Delete Globex' }).click();
  await expect(dialog.getByRole('list')).toHaveCount(0);
});
