import { expect, test } from '@/e2e/support/fixtures';
import { LIVE } from '@/e2e/support/fleet-page';
import { smallCompany } from '@/testing/control-plane/small-company';

const PAGES = [
  '/',
  '/planes/dataplanes/globex/kitchen',
  '/planes/dataplanes/globex/kitchen?edit=form',
  '/planes/dataplanes/globex/kitchen?delete=1',
  '/register',
  '/certificates',
  '/ca-moves',
  '/wall-setup',
  '/api-reference',
] as const;

test('each page has one scroll bar: that of the document or, in the fleet, that of the list', async ({
  page,
  planes,
}) => {
  await planes.add(...smallCompany());
  await page.setViewportSize({ width: 1280, height: 500 });
  for (const path of PAGES) {
    await page.goto(path);
    await expect(page.getByText(LIVE)).toBeVisible();
    const { scrollers, documentScrolls, below } = await page.evaluate(() => {
      const scrolls = (element: Element) =>
        /auto|scroll/.test(getComputedStyle(element).overflowY) &&
        element.scrollHeight > element.clientHeight;
      const { scrollHeight } = document.documentElement;
      // Code and menus may scroll within a page.
      const large = [...document.querySelectorAll('main, main *')].filter(
        (element) => scrolls(element) && element.clientHeight > 250 && element.clientWidth > 600,
      );
      const end = document.querySelector('main')?.getBoundingClientRect().bottom ?? 0;
      return {
        scrollers: large.length,
        documentScrolls: scrollHeight > window.innerHeight,
        below: scrollHeight - (end + window.scrollY),
      };
    });
    expect([path, scrollers + Number(documentScrolls), Math.round(below)]).toEqual([path, 1, 0]);
  }
});

test('the header and the buttons at the bottom never cover what is scrolled to', async ({ page, planes }) => {
  await planes.add(...smallCompany());
  await page.setViewportSize({ width: 1280, height: 500 });
  await page.goto('/planes/dataplanes/globex/kitchen?edit=form');
  await expect(page.getByText(LIVE)).toBeVisible();
  const header = page.getByRole('banner');
  for (let presses = 0; presses < 25; presses += 1) await page.keyboard.press('Tab');
  await expect(header).toBeInViewport();
  const covered = await page.evaluate(() => {
    const { activeElement } = document;
    if (!activeElement) return 'nothing has the focus';
    const { left, top, width, height } = activeElement.getBoundingClientRect();
    const at = document.elementFromPoint(left + width / 2, top + height / 2);
    return activeElement.contains(at) || at?.contains(activeElement) ? null : (at?.outerHTML ?? 'the screen');
  });
  expect(covered).toBeNull();
});

test('a screenshot of the whole page has its end, and the header only once', async ({ page, planes }) => {
  await planes.add(...smallCompany());
  await page.setViewportSize({ width: 1280, height: 500 });
  await page.goto('/planes/dataplanes/globex/kitchen');
  await expect(page.getByText(LIVE)).toBeVisible();
  const heightPx = await page.evaluate(() => document.documentElement.scrollHeight);
  const image = await page.screenshot({ fullPage: true });
  // The height is in the header of a PNG.
  expect(image.readUInt32BE(20)).toBe(heightPx);
  expect(heightPx).toBeGreaterThan(1000);
});

test('on paper, a page is as long as its content', async ({ page, planes }) => {
  await planes.add(...smallCompany());
  await page.setViewportSize({ width: 1280, height: 500 });
  await page.goto('/planes/dataplanes/globex/kitchen');
  await expect(page.getByText(LIVE)).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  const uid = page.getByRole('main').getByText('UID', { exact: true });
  const bottom = await uid.evaluate((element) => element.getBoundingClientRect().bottom + window.scrollY);
  expect(bottom).toBeGreaterThan(500);
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeGreaterThan(bottom);
});

test.describe('an unknown address', () => {
  test.use({ expectedErrors: [/Failed to load resource: .*404/] });

  test('has the navigation of every page', async ({ page }) => {
    await page.goto('/nowhere');
    await page
      .getByRole('navigation', { name: 'Main' })
      .getByRole('link', { name: 'Certificates', exact: true })
      .click();
    await expect(page.getByRole('heading', { level: 1, name: 'Certificates' })).toBeVisible();
  });
});
