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

test('each page has one scroll bar: the document itself never scrolls', async ({ page, planes }) => {
  await planes.add(...smallCompany());
  await page.setViewportSize({ width: 1280, height: 500 });
  for (const path of PAGES) {
    await page.goto(path);
    await expect(page.getByText(LIVE)).toBeVisible();
    const heights = await page.evaluate(() => {
      for (const element of document.querySelectorAll('*')) element.scrollTop = 100_000;
      return [document.documentElement.scrollHeight, window.innerHeight, window.scrollY];
    });
    expect([path, ...heights]).toEqual([path, 500, 500, 0]);
  }
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
