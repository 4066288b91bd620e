import type { Page } from '@playwright/test';
import { expect, test } from '@/e2e/support/fixtures';
import { smallCompany, WORST_FIRST } from '@/testing/control-plane/small-company';

test.beforeEach(async ({ planes, fleet }) => {
  await planes.add(...smallCompany());
  await fleet.open();
  await expect(fleet.names).toHaveText([...WORST_FIRST]);
});

test('slash focuses the search, and Escape clears it, then leaves it, then clears the filters', async ({
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

  await fleet.healthCount('Healthy').click();
  await expect(fleet.names).toHaveCount(4);
  await page.keyboard.press('Escape');
  await expect(fleet.names).toHaveCount(10);
});

test('arrows, Home and End move between planes and groups, and Enter opens a plane', async ({
  fleet,
  page,
}) => {
  await test.step('from anywhere, to the first plane', async () => {
    await page.keyboard.press('ArrowDown');
    await expect(fleet.names.nth(0)).toBeFocused();
  });
  await test.step('in a grouped list, left and right collapse and expand without moving the focus', async () => {
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
    await fleet.display('Group by', 'None');
    await expect(fleet.groups).toHaveCount(0);
  });
  await test.step('from the search', async () => {
    await page.keyboard.press('/');
    await page.keyboard.press('ArrowDown');
    await expect(fleet.names.nth(0)).toBeFocused();
  });
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

test.describe('on a low screen', () => {
  test.use({ viewport: { width: 1440, height: 480 } });

  test('the header of the list never covers the focused plane', async ({ fleet, page }) => {
    await fleet.names.last().focus();
    await page.keyboard.press('End');
    const head = await fleet.table.locator('thead').boundingBox();
    if (!head) throw new Error('The list has no visible header.');
    for (let index = 8; index >= 0; index -= 1) {
      await page.keyboard.press('ArrowUp');
      await expect(fleet.names.nth(index)).toBeFocused();
      const name = await fleet.names.nth(index).boundingBox();
      expect(name?.y).toBeGreaterThanOrEqual(head.y + head.height);
    }
  });
});

test('the shortcuts and a menu work by keyboard alone and restore the focus when they close', async ({
  fleet,
  page,
}) => {
  await test.step('a question mark shows the shortcuts', async () => {
    await fleet.names.nth(2).focus();
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await expect(help).toBeVisible();
    await expect(help).toContainText('Move between planes');
    await page.keyboard.press('Escape');
    await expect(help).toBeHidden();
    await expect(fleet.names.nth(2)).toBeFocused();
  });
  await test.step('Enter opens a menu', async () => {
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
});

interface Stop {
  readonly name: string;
  /** Whether an outline marks the focus, on the element itself or on the pseudo-element that covers its row. */
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

test('Tab moves from top to bottom, treats the list as one stop, and marks every stop; the first skips to the content', async ({
  page,
}) => {
  const skip = page.getByRole('link', { name: 'Skip to content' });
  const stops: Stop[] = [];
  // More presses than there are stops, to show that the list doesn't add one for each plane.
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
    'Account: planeboard-demo-admin',
    'Theme: System',
    ...['1Disconnected', '1Stale', '1Unknown', '1Degraded', '1Pending', '1Deleting', '4Healthy'],
    'Search planes',
    'Filter',
    'Views',
    'Display',
    'Export',
    'Keyboard shortcuts',
    ...['Plane', 'Health', 'Since', 'Kind', 'Plane ID', 'Agents', 'Heartbeat'],
    'Orders Europe',
  ]);
  expect(stops.filter(({ marked }) => !marked)).toEqual([]);

  await page.reload();
  await page.keyboard.press('Tab');
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('focusing a plane announces its state and the full text of a truncated reason', async ({
  page,
  fleet,
}) => {
  await page.setViewportSize({ width: 1024, height: 800 });
  // A person who wants long names has little room for the reasons.
  await page.evaluate(() =>
    localStorage.setItem(
      'planeboard.fleet-columns',
      JSON.stringify({ order: [], hidden: [], widthsPx: { name: 500, health: 80 } }),
    ),
  );
  await page.reload();
  await fleet.live();
  const link = fleet.names.first();
  const reason = fleet.health((await link.textContent()) ?? '').locator('[data-tip]');
  const sentence = (await reason.getAttribute('data-tip')) ?? '';
  expect(await reason.evaluate((cell) => cell.scrollHeight > cell.clientHeight), sentence).toBe(true);
  // Compared up to the first age, which may have changed by a second.
  const start = sentence.split(/ \d/)[0] ?? '';
  // Scrolling hides the text, and the page may still scroll after its size has changed.
  await expect(async () => {
    await page.keyboard.press('Tab');
    await link.focus();
    await expect(page.locator('.shadow-raised.fixed').filter({ hasText: start })).toBeVisible({
      timeout: 2000,
    });
  }).toPass();
  await expect(link).toHaveAccessibleDescription(new RegExp(`^${start}`));
  await page.keyboard.press('Escape');
  await expect(page.locator('.shadow-raised.fixed').filter({ hasText: start })).toBeHidden();
});
