import type { Page } from '@playwright/test';
import { expect, test } from '@/e2e/support/fixtures';
import { smallCompany, WORST_FIRST } from '@/testing/control-plane/small-company';

test.beforeEach(async ({ planes, fleet }) => {
  await planes.add(...smallCompany());
  await fleet.open();
  await expect(fleet.names).toHaveText([...WORST_FIRST]);
});

test('A slash leads to the search from anywhere; Escape empties it, and then leaves it', async ({
  fleet,
  page,
}) => {
  await fleet.names.nth(3).focus();
  await page.keyboard.press('/');
  await expect(fleet.search).toBeFocused();
  await expect(fleet.search).toHaveValue('');
  await page.keyboard.type('orders/');
  await expect(fleet.search).toHaveValue('orders/');
  await page.keyboard.press('Escape');
  await expect(fleet.search).toHaveValue('');
  await expect(fleet.search).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(fleet.search).not.toBeFocused();
});

test('Escape outside the search clears search and filters', async ({ fleet, page }) => {
  await fleet.healthCount('Healthy').click();
  await expect(fleet.names).toHaveCount(4);
  await page.keyboard.press('Escape');
  await expect(fleet.names).toHaveCount(10);
});

test('Arrows, Home and End move from plane to plane, from the search too; Enter opens', async ({
  fleet,
  page,
}) => {
  await page.keyboard.press('/');
  await page.keyboard.press('ArrowDown');
  await expect(fleet.names.nth(0)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(fleet.names.nth(2)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(fleet.names.nth(1)).toBeFocused();
  await page.keyboard.press('End');
  await expect(fleet.names.nth(9)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(fleet.names.nth(9)).toBeFocused();
  await page.keyboard.press('Home');
  await expect(fleet.names.nth(0)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/planes\/dataplanes\/acme\/orders-eu$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Orders Europe' })).toBeVisible();
});

test('An arrow with nothing focused leads into the list', async ({ fleet, page }) => {
  await page.keyboard.press('ArrowDown');
  await expect(fleet.names.nth(0)).toBeFocused();
});

test('Left and right fold and unfold a group, and the focus stays on it', async ({ fleet, page }) => {
  await fleet.display('Group by', 'Role');
  await expect(fleet.groups).toHaveCount(3);
  await fleet.groups.first().focus();
  await page.keyboard.press('ArrowLeft');
  await expect(fleet.names).toHaveCount(4);
  await expect(fleet.groups.first()).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(fleet.names).toHaveCount(10);
  await page.keyboard.press('ArrowDown');
  await expect(fleet.names.first()).toBeFocused();
});

test('A question mark shows the keys; Escape closes them and gives the focus back', async ({
  fleet,
  page,
}) => {
  await fleet.names.nth(2).focus();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help).toBeVisible();
  await expect(help).toContainText('Move from plane to plane');
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await expect(fleet.names.nth(2)).toBeFocused();
});

test('A menu opens, moves and closes by keys alone, and gives the focus back', async ({ page }) => {
  const button = page.getByRole('button', { name: /^Theme/ });
  await button.focus();
  await page.keyboard.press('Enter');
  const items = page.getByRole('menu', { name: 'Theme' }).getByRole('menuitemradio');
  await expect(items.filter({ hasText: 'System' })).toBeFocused();
  await page.keyboard.press('Home');
  await expect(items.filter({ hasText: 'Light' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(items.filter({ hasText: 'Dark' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(items.first()).toBeHidden();
  await expect(button).toBeFocused();
});

interface Stop {
  readonly name: string;
  /** Whether an outline marks the focus, on the element itself or on what stretches over its row. */
  readonly marked: boolean;
}

async function focusedStop(page: Page): Promise<Stop | null> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return null;
    const isMarked = (pseudo?: '::after') => {
      const style = getComputedStyle(element, pseudo);
      return style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
    };
    return {
      name: element.getAttribute('aria-label') ?? element.textContent.trim(),
      marked: isMarked() || isMarked('::after'),
    };
  });
}

test('Tab goes from top to bottom, through the whole list as one stop, and every stop is marked', async ({
  page,
}) => {
  const stops: Stop[] = [];
  // More than there are stops: the list must not add one for each plane.
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab');
    const stop = await focusedStop(page);
    if (!stop) break;
    stops.push(stop);
  }
  expect(stops.map(({ name }) => name)).toEqual([
    'Skip to content',
    'Planeboard',
    'Fleet',
    'Certificates',
    'Register',
    'Wall',
    'Theme: System',
    ...['1Disconnected', '1Stale', '1Unknown', '1Degraded', '1Pending', '1Deleting', '4Healthy'],
    'Search planes',
    'Filter',
    'Display',
    'Export',
    'Keyboard shortcuts',
    ...['Health', 'Plane', 'Kind', 'Plane ID', 'Agents', 'Heartbeat', 'Created'],
    'Orders Europe',
  ]);
  expect(stops.filter(({ marked }) => !marked)).toEqual([]);
});

test('The first stop skips to the content', async ({ page }) => {
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('The focus on a plane tells its state and the whole of a reason that its cell cuts', async ({
  page,
  fleet,
}) => {
  await page.setViewportSize({ width: 1024, height: 800 });
  const link = fleet.names.first();
  const reason = fleet
    .row((await link.textContent()) ?? '')
    .locator('[data-tip]')
    .first();
  const sentence = (await reason.getAttribute('data-tip')) ?? '';
  expect(await reason.evaluate((cell) => cell.scrollWidth > cell.clientWidth), sentence).toBe(true);
  await page.keyboard.press('Tab');
  await link.focus();
  // An age in the sentence may have moved on by a second.
  const start = sentence.split(/ \d/)[0] ?? '';
  await expect(link).toHaveAccessibleDescription(new RegExp(`^Disconnected\\. ${start}`));
  await expect(page.locator('.shadow-raised.fixed').filter({ hasText: start })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('.shadow-raised.fixed').filter({ hasText: start })).toBeHidden();
});
