import type { Browser, BrowserContext, Page } from '@playwright/test';
import { expect, test } from '@/e2e/support/fixtures';
import { loseAnswers } from '@/e2e/support/lose-answers';
import { WallSetupPage, withoutLinks } from '@/e2e/support/wall-setup-page';
import { WALL_ENV } from '@/e2e/support/wall-test';
import { wallFrameSchema } from '@/lib/api/wall';
import { z } from '@/lib/zod';
import { smallCompany } from '@/testing/control-plane/small-company';
import { REAL_PACE } from '@/testing/server/planeboard-server';

const REVOKED = "This wall's link was revoked";
const opened: BrowserContext[] = [];

test.beforeEach(async ({ planes }) => {
  await withoutLinks(planes.client);
  await planes.add(...smallCompany());
});
test.afterEach(async () => {
  for (const context of opened.splice(0)) await context.close();
});

/** Opens a page in a fresh browser context, as a new screen. */
async function screen(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  opened.push(context);
  return context.newPage();
}

/** Returns the planes that a screen receives, whether it shows them or not. */
async function namesOn(page: Page, query = ''): Promise<string[]> {
  const answer = await page.request.get(new URL(`/wall/data${query}`, page.url()).href);
  return wallFrameSchema
    .parse(await answer.json())
    .planes.map(({ name }) => name)
    .sort();
}

test('a link admits a screen that shows exactly the chosen planes, regardless of filters in its address', async ({
  page,
  browser,
}) => {
  const setup = new WallSetupPage(page);
  await setup.open();
  await setup.choice('Roles', 'Data').check();
  await setup.choice('Namespaces', 'acme').check();
  await page.getByRole('textbox', { name: /^Title/ }).fill('Platform lobby');
  await page.getByText('Dark', { exact: true }).click();
  await expect(setup.linkName).toHaveValue('Platform lobby');
  await expect(setup.card('New wall link')).toContainText('Planes with role data, in namespace acme');
  await setup.createButton.click();
  await expect(setup.newLink).toBeFocused();
  const link = await setup.newLink.inputValue();
  expect(link).toMatch(
    /^http:\/\/127\.0\.0\.1:\d+\/wall\/enter\?token=[\w-]{43}&title=Platform\+lobby&theme=dark$/,
  );

  const wall = await screen(browser);
  await wall.goto(link);
  await expect(wall).toHaveURL(/\/wall\?title=Platform\+lobby&theme=dark$/);
  await expect(wall.getByRole('heading', { level: 1, name: 'Platform lobby' })).toBeVisible();
  await expect(wall.locator('[data-wall-name]')).toHaveText(['Orders Europe']);
  await expect(wall.locator('[data-wall-count="healthy"]')).toContainText('2');
  expect(await namesOn(wall)).toEqual(['orders-eu', 'orders-us', 'tenant']);
  expect(await namesOn(wall, '?role=workflow&namespace=globex')).toEqual([]);
  expect(await namesOn(wall, '?namespace=acme&namespace=globex&role=data&role=workflow')).toEqual([
    'orders-eu',
    'orders-us',
    'tenant',
  ]);
  const console = await wall.request.get(new URL('/api/planes', wall.url()).href, {
    headers: { cookie: `planeboard_wall=${new URL(link).searchParams.get('token')}` },
  });
  expect(console.status()).toBe(403);
});

test('a label narrows a wall, and the list says when this server last saw its screen', async ({
  page,
  browser,
}) => {
  const setup = new WallSetupPage(page);
  await setup.open();
  const label = page.getByLabel('A label, such as env=prod');
  await label.fill('not a label');
  await label.press('Enter');
  await expect(page.getByText('"not a label" isn\'t a valid label.')).toBeVisible();
  await label.fill('env=prod');
  await label.press('Enter');
  await expect(setup.choice('Labels', 'env=prod')).toBeChecked();
  await page.getByRole('textbox', { name: /^Title/ }).fill('Production');
  await setup.createButton.click();
  const link = await setup.newLink.inputValue();
  expect(link).toContain('&label=env=prod&');
  await page.reload();
  await expect(page.getByText('Not seen by this server since it started')).toBeVisible();
  const wall = await screen(browser);
  await wall.goto(link);
  await expect(wall.getByText('Only planes with label env=prod')).toBeVisible();
  expect(await namesOn(wall, '?label=env=prod')).toHaveLength(6);
  await page.reload();
  await expect(page.getByText(/Seen by this server/)).toBeVisible();
});

test('a link is shown only once and is in no list, address or storage', async ({ page }) => {
  const setup = new WallSetupPage(page);
  await setup.open();
  const link = await setup.createLink('Lobby');
  const token = new URL(link).searchParams.get('token') ?? '';
  await expect(setup.card('New wall link')).toContainText("it's shown only once");
  await expect(setup.links).toHaveText([/Lobby.*All planes.*Created .* ago by planeboard-demo-admin/s]);
  expect(page.url()).not.toContain(token);
  const stored = await page.evaluate(() =>
    JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]),
  );
  expect(stored).not.toContain(token);
  await page.getByRole('button', { name: 'Hide link' }).click();
  await expect(setup.createButton).toBeVisible();
  await expect(setup.linkName).toHaveValue('');
  expect(await page.content()).not.toContain(token);
});

test.describe('with a clipboard', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

  test('the buttons copy the link, and the address without a token', async ({ page }) => {
    const setup = new WallSetupPage(page);
    await setup.open('?namespace=globex');
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await page.getByRole('button', { name: 'Copy address' }).click();
    await expect.poll(copied).toBe(await setup.address.inputValue());
    const link = await setup.createLink('Globex');
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expect.poll(copied).toBe(link);
  });
});

test('a new link appears in the list at once, not at the next periodic read', async ({
  page,
  startServer,
}) => {
  const server = await startServer({ env: { ...WALL_ENV, ...REAL_PACE, PLANEBOARD_WALL: 'token' } });
  const setup = new WallSetupPage(page, server.url);
  await setup.open();
  await setup.createLink('Fresh');
  await expect(setup.links.filter({ hasText: 'Fresh' })).toBeVisible({ timeout: 5000 });
});

test('the dialog explains what revoking does, and the screen reports that its link was revoked', async ({
  page,
  browser,
}) => {
  const setup = new WallSetupPage(page);
  await setup.open();
  const link = await setup.createLink('Lobby');
  const wall = await screen(browser);
  await wall.goto(link);
  await expect(wall.locator('[data-wall-name]').first()).toHaveText('Orders Europe');

  const revoke = page.getByRole('button', { name: 'Revoke link Lobby' });
  await revoke.click();
  const dialog = page.getByRole('dialog', { name: 'Revoke wall link' });
  await expect(dialog).toContainText('stop showing the wall within 10 s');
  await dialog.getByRole('button', { name: 'Keep link' }).click();
  await expect(dialog).toBeHidden();
  await expect(revoke).toBeFocused();

  await revoke.click();
  await test.step("the dialog stays open if it's reopened while it closes", async () => {
    const wasClosed = await page.evaluate(async () => {
      const open = document.querySelector<HTMLDialogElement>('dialog[open]');
      open?.querySelector<HTMLElement>('[aria-label="Close"]')?.click();
      // React closes it in a microtask; the browser's event follows in a task.
      await Promise.resolve();
      const isClosed = open?.open === false;
      document.querySelector<HTMLElement>('[aria-label="Revoke link Lobby"]')?.click();
      return isClosed;
    });
    expect(wasClosed).toBe(true);
    await expect(dialog).toBeVisible();
    await expect(dialog.getByRole('button', { name: 'Revoke link' })).toBeVisible();
  });
  await dialog.getByRole('button', { name: 'Revoke link' }).click();
  await expect(dialog).toBeHidden();
  await expect(setup.card('Wall links')).toContainText('No wall links yet');
  await expect(wall.getByText(REVOKED)).toBeVisible({ timeout: 10_000 });
  await expect(wall.getByText('Orders Europe')).toHaveCount(0);
  const { status } = await wall.goto(link).then((answer) => ({ status: answer?.status() }));
  expect(status).toBe(200);
  await expect(wall.getByText(REVOKED)).toBeVisible();
});

test.describe('after a failure', () => {
  test.use({ expectedErrors: [/Failed to load resource/] });

  test("the page reports that the link wasn't created and keeps the input", async ({ page }) => {
    const setup = new WallSetupPage(page);
    await setup.open('?role=data');
    await page.route('**/api/wall-tokens', async (route) => {
      if (route.request().method() !== 'POST') await route.continue();
      else
        await route.fulfill({
          status: 403,
          contentType: 'application/problem+json',
          body: JSON.stringify({
            type: 'about:blank',
            title: 'Not allowed',
            status: 403,
            code: 'forbidden',
            detail: 'You may not patch configmaps.',
          }),
        });
    });
    await setup.linkName.fill('Lobby');
    await setup.createButton.click();
    await expect(setup.card('New wall link').getByRole('alert')).toContainText(
      'No link was created. You may not patch configmaps.',
    );
    await expect(setup.linkName).toHaveValue('Lobby');
    await expect(setup.choice('Roles', 'Data')).toBeChecked();
    await page.unroute('**/api/wall-tokens');
    await setup.createButton.click();
    await expect(setup.newLink).toBeVisible();
  });

  test('the page reports a lost response as unknown, and the list shows the result', async ({ page }) => {
    const setup = new WallSetupPage(page);
    await setup.open();
    await loseAnswers(page, '**/api/wall-tokens', { method: 'POST', reachesServer: true });
    await setup.linkName.fill('Lost');
    await setup.createButton.click();
    await expect(setup.card('New wall link').getByRole('alert')).toContainText(
      'Outcome unknown: if the link is in the list',
    );
    await expect(setup.links).toHaveText([/Lost/]);
  });

  test('the dialog shows a failed revocation, and closes if another user has revoked the link', async ({
    page,
    planes,
  }) => {
    const setup = new WallSetupPage(page);
    await setup.open();
    await setup.createLink('Twice');
    await expect(setup.links).toHaveCount(1);
    await page.getByRole('button', { name: 'Revoke link Twice' }).click();
    const dialog = page.getByRole('dialog', { name: 'Revoke wall link' });
    const restore = await loseAnswers(page, '**/api/wall-tokens/*');
    await dialog.getByRole('button', { name: 'Revoke link' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Outcome unknown: you can safely revoke');
    await restore();
    const { data } = z
      .object({ data: z.record(z.string(), z.string()) })
      .parse(await planes.client.get(CONFIG_MAP));
    await planes.client.patch(CONFIG_MAP, {
      data: Object.fromEntries(Object.keys(data).map((id) => [id, null])),
    });
    await dialog.getByRole('button', { name: 'Revoke link' }).click();
    await expect(dialog).toBeHidden();
    await expect(setup.card('Wall links')).toContainText('No wall links yet');
  });
});

const CONFIG_MAP = '/api/v1/namespaces/openchoreo-control-plane/configmaps/planeboard-wall';
