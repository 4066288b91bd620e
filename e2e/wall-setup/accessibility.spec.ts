import type { Page } from '@playwright/test';
import { expectAccessible, tabTo } from '@/e2e/support/accessibility';
import { expect, test } from '@/e2e/support/fixtures';
import { WallSetupPage, withoutLinks } from '@/e2e/support/wall-setup-page';
import { smallCompany } from '@/testing/control-plane/small-company';

test.beforeEach(async ({ planes }) => {
  await withoutLinks(planes.client);
  await planes.add(...smallCompany());
});

test('the keyboard alone creates and revokes a link, starting at the fleet', async ({ page, fleet }) => {
  const { keyboard } = page;
  const setup = new WallSetupPage(page);
  await fleet.open();
  await tabTo(page, page.getByRole('link', { name: 'Wall', exact: true }));
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Set up a wall' })).toBeVisible();
  await expect(page).toHaveTitle(/^1 disconnected · Set up a wall · /);
  await expect(page.getByRole('link', { name: 'Wall', exact: true })).toHaveAttribute('aria-current', 'page');

  await tabTo(page, setup.choice('Roles', 'Workflow'));
  await keyboard.press('Space');
  await tabTo(page, page.getByRole('textbox', { name: /^Title/ }));
  await keyboard.type('Builds');
  await tabTo(page, page.getByRole('radiogroup', { name: 'Theme' }).getByRole('radio'));
  await keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Light', exact: true })).toBeChecked();
  await expect(setup.previewCaption).toHaveText('2 planes: 1 stale and 1 unknown.');
  await tabTo(page, setup.createButton);
  await keyboard.press('Enter');
  await expect(setup.newLink).toBeFocused();
  await expect(setup.newLink).toHaveValue(/title=Builds&theme=light$/);

  const revoke = page.getByRole('button', { name: 'Revoke link Builds' });
  await tabTo(page, revoke);
  await keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Revoke wall link' });
  await expect(dialog).toBeVisible();
  await keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  // The browser returns the focus in a separate task.
  await expect(revoke).toBeFocused();
  await keyboard.press('Enter');
  await tabTo(page, dialog.getByRole('button', { name: 'Revoke link' }));
  await keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(setup.card('Wall links')).toContainText('No wall links yet');
  // The focus moves to the list, where the row was, and not to the page's body.
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.textContent))
    .toContain('No wall links yet');
  expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
});

/** Checks the page and its frame: nothing may be wider than the screen. */
const expectFits = (page: Page, what: string) =>
  expectAccessible(page, what, '#content, #content > div, header');

test('axe finds nothing in any state of the page, and nothing is wider than the screen', async ({
  page,
  startServer,
}) => {
  test.slow();
  const setup = new WallSetupPage(page);
  await setup.open();
  await expectFits(page, 'when it opens');
  await setup.open('?role=everything&seconds=3&group=label:no%20key&theme=auto:6-6&namespace=gone');
  await setup.createButton.click();
  await expect(setup.card('New wall link').getByRole('alert')).toBeVisible();
  await expectFits(page, 'with every field invalid');
  await setup.open('?theme=dark&screen=upright');
  await setup.createLink('A name as long as a link can have, for a screen in the lobby of the house');
  await expect(setup.links).toHaveCount(1);
  await expectFits(page, 'with a link');
  await page.getByRole('button', { name: /^Revoke link/ }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectFits(page, 'before a link is revoked');
  for (const env of [
    { PLANEBOARD_WALL: 'open' },
    { PLANEBOARD_WALL: 'off' },
    { PLANEBOARD_READONLY: 'true' },
  ]) {
    await new WallSetupPage(page, (await startServer({ env })).url).open();
    await expectFits(page, JSON.stringify(env));
  }
});

test('the header fits on every screen and contains the link to the page', async ({ page }) => {
  await page.goto('/');
  for (const width of [320, 390, 640, 700, 768, 1024]) {
    await test.step(`at ${width} pixels`, async () => {
      await page.setViewportSize({ width, height: 800 });
      const link = page.getByRole('link', { name: 'Wall', exact: true });
      await expect(link).toBeInViewport({ ratio: 1 });
      await expect(page.getByRole('button', { name: /^Theme/ })).toBeInViewport({ ratio: 1 });
      await link.click();
      await expect(page.getByRole('heading', { level: 1, name: 'Set up a wall' })).toBeVisible();
      await page.goBack();
      await expect(page).toHaveURL(/\/$/);
      await expect(page.getByRole('heading', { level: 1, name: 'Set up a wall' })).toBeHidden();
    });
  }
});
