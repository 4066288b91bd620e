import type { Page } from '@playwright/test';
import { expect, test } from '@/e2e/support/fixtures';
import { LIVE } from '@/e2e/support/fleet-page';
import { smallCompany, WORST_FIRST } from '@/testing/control-plane/small-company';

test.beforeEach(async ({ planes }) => {
  await planes.add(...smallCompany());
});

/** Returns the brightness of the page's painted background, from 0 to 1. */
async function brightness(page: Page): Promise<number> {
  return page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 1;
    canvas.height = 1;
    const context = canvas.getContext('2d');
    if (!context) throw new Error('No canvas.');
    // If the body's background is transparent, the root's is visible.
    for (const element of [document.documentElement, document.body]) {
      context.fillStyle = getComputedStyle(element).backgroundColor;
      context.fillRect(0, 0, 1, 1);
    }
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return (red + green + blue) / 3 / 255;
  });
}

async function chooseTheme(page: Page, theme: string): Promise<void> {
  await page.getByRole('button', { name: /^Theme/ }).click();
  await page.getByRole('menuitemradio', { name: theme }).click();
  await page.keyboard.press('Escape');
}

test('the page follows the device until a theme is chosen, which then applies from the first byte', async ({
  page,
  fleet,
}) => {
  const isDark = async () => (await brightness(page)) < 0.5;
  const html = async () => (await page.request.get('/')).text();

  await test.step('without a chosen theme, the page follows the device and changes with it', async () => {
    for (const scheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await fleet.open();
      expect(await isDark()).toBe(scheme === 'dark');
      await page.emulateMedia({ colorScheme: scheme === 'dark' ? 'light' : 'dark' });
      await expect.poll(isDark).toBe(scheme !== 'dark');
    }
  });

  await test.step('a chosen theme applies at once, and after a reload from the first byte', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(isDark).toBe(false);
    await chooseTheme(page, 'Dark');
    expect(await isDark()).toBe(true);
    await page.reload();
    expect(await isDark()).toBe(true);
    await expect(page.getByRole('button', { name: 'Theme: Dark' })).toBeVisible();
  });

  await test.step('a theme chosen on any page applies to all pages', async () => {
    await page.goto('/register/connect/dataplanes/acme/later');
    await fleet.live();
    await chooseTheme(page, 'Light');
    expect(await html()).not.toMatch(/<html[^>]*class="[^"]*\bdark\b/);
    await chooseTheme(page, 'Dark');
    expect(await html()).toMatch(/<html[^>]*class="[^"]*\bdark\b/);
    await fleet.open();
    expect(await isDark()).toBe(true);
  });

  await test.step('the device matters again only once the theme is System', async () => {
    await chooseTheme(page, 'Light');
    expect(await isDark()).toBe(false);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await isDark()).toBe(false);
    await chooseTheme(page, 'System');
    await expect.poll(isDark).toBe(true);
    expect(await html()).not.toMatch(/<html[^>]*class="[^"]*\b(dark|light)\b/);
  });
});

/** Expects the open page to be no wider than the screen. */
async function expectFits(page: Page, width: number): Promise<void> {
  await expect(page.getByText(LIVE)).toBeVisible();
  const widths = await page.evaluate(() => ({
    page: document.documentElement.scrollWidth,
    main: document.querySelector('main')?.scrollWidth ?? 0,
  }));
  expect(widths.page).toBe(width);
  expect(widths.main).toBeLessThanOrEqual(width);
}

for (const width of [320, 390]) {
  test.describe(`on a phone of ${width} pixels`, () => {
    test.use({ viewport: { width, height: 780 }, hasTouch: true, isMobile: true });

    test('no page is wider than the screen, planes are cards, and a tap opens a plane', async ({
      page,
      fleet,
    }) => {
      for (const [what, path] of [
        ['the filtered fleet', '/?namespace=acme&q=o&columns=region'],
        ['a plane', '/planes/dataplanes/globex/kitchen'],
        ["a plane's YAML", '/planes/dataplanes/globex/kitchen?tab=yaml'],
        ['the fleet', '/'],
      ] as const) {
        await test.step(`${what} is no wider than the screen`, async () => {
          await page.goto(path);
          await expectFits(page, width);
        });
      }

      await test.step('planes are cards with name, state, reason and kind, without a table header', async () => {
        await expect(page.locator('table[aria-label="Planes"] thead')).toBeHidden();
        const card = page
          .locator('tbody tr')
          .filter({ has: page.getByRole('link', { name: 'Orders Europe' }) });
        await expect(card).toBeVisible();
        for (const words of ['Orders Europe', 'Disconnected', 'Agent disconnected', 'Data plane', 'acme']) {
          await expect(card).toContainText(words, { useInnerText: true });
        }
        const box = await card.boundingBox();
        expect(box?.width).toBeLessThanOrEqual(width);
        expect(box?.height).toBeGreaterThan(60);
      });

      await test.step('a tap opens a plane, back returns, and scrolling reaches all planes', async () => {
        await page.getByRole('link', { name: WORST_FIRST[1] }).tap();
        await expect(page.getByRole('heading', { level: 1, name: WORST_FIRST[1] })).toBeVisible();
        await page.goBack();
        const last = fleet.names.filter({ hasText: WORST_FIRST[9] });
        await last.scrollIntoViewIfNeeded();
        await expect(last).toBeInViewport();
      });
    });
  });
}
