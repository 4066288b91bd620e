import { expectAccessible } from '@/e2e/support/accessibility';
import { expect, test } from '@/e2e/support/fixtures';
import { LIVE } from '@/e2e/support/fleet-page';
import { smallCompany } from '@/testing/control-plane/small-company';

test.beforeEach(({ planes }) => planes.add(...smallCompany()));

test('g and a letter go to a page, and ? lists all shortcuts, on every page', async ({ page }) => {
  await page.goto('/planes/dataplanes/globex/kitchen');
  await expect(page.getByText(LIVE)).toBeVisible();
  for (const [key, heading] of [
    ['c', 'Certificates'],
    ['r', 'Register a plane'],
    ['w', 'Set up a wall'],
    ['f', 'Fleet of planeboard-demo'],
  ] as const) {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeAttached();
  }
  await page.goto('/certificates');
  await expect(page.getByText(LIVE)).toBeVisible();
  // A letter alone, or in a field, is only a letter.
  await page.getByRole('searchbox', { name: 'Search certificates' }).fill('');
  await page.keyboard.type('gf?');
  await expect(page).toHaveURL(/\/certificates/);
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help).toContainText('Go to Certificates');
  await expectAccessible(page, 'the shortcuts');
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
});

test('the palette finds planes, pages and actions, by keyboard and by pointer', async ({ page }) => {
  await page.goto('/certificates');
  await expect(page.getByText(LIVE)).toBeVisible();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Go to' });
  const field = palette.getByRole('combobox', { name: 'Find a plane, a page or an action' });
  await expect(field).toBeFocused();
  await expectAccessible(page, 'the palette');
  await field.fill('orders america');
  const options = palette.getByRole('option');
  await expect(options).toHaveText([
    /^Disconnected: Orders America|Orders America/,
    /^Edit Orders America/,
    /certificate of Orders America/,
    /^Delete Orders America/,
  ]);
  await page.keyboard.press('ArrowDown');
  await expect(options.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Edit Orders America' })).toBeVisible();

  await page.keyboard.press('Control+k');
  await field.fill('access to');
  await options.filter({ hasText: 'Access to CA Secrets' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Access to CA Secrets' })).toBeVisible();

  await page.keyboard.press('Control+k');
  await field.fill('nothing is called so');
  await expect(palette.getByRole('status')).toHaveText('Nothing matches.');
  await page.keyboard.press('Escape');
  await expect(palette).toBeHidden();
});
