import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expectAccessible } from '@/e2e/support/accessibility';
import { expect, test } from '@/e2e/support/fixtures';
import { LIVE } from '@/e2e/support/fleet-page';
import { type SignedAccount, serviceAccount } from '@/testing/server/service-account';

const SIGN_IN_ENV = {
  PLANEBOARD_AUTH: 'token',
  PLANEBOARD_SESSION_KEYS: randomBytes(32).toString('base64'),
};
const ENDED = 'Your session has ended';

// A rejected request is an error in the browser's console.
test.use({ expectedErrors: [/status of 401/] });

let maya: SignedAccount;
let noor: SignedAccount;
let url: string;

test.beforeEach(async ({ controlPlane, startServer }) => {
  [maya, noor] = await Promise.all([
    serviceAccount(controlPlane.client, 'cluster-admin'),
    serviceAccount(controlPlane.client, 'cluster-admin'),
  ]);
  ({ url } = await startServer({ env: SIGN_IN_ENV }));
});
test.afterEach(async () => {
  await Promise.all([maya.remove(), noor.remove()]);
});

async function enterToken(page: Page, { token }: SignedAccount): Promise<void> {
  await page.getByLabel('Token', { exact: true }).fill(token);
  await page.keyboard.press('Enter');
}

async function signIn(page: Page, path: string, who: SignedAccount): Promise<void> {
  await page.goto(`${url}${path}`);
  await enterToken(page, who);
  await expect(account(page, who)).toBeVisible();
  await untilLive(page);
}

/** Resolves when the page's scripts run: what its server rendered looks the same, but does nothing. */
async function untilLive(page: Page): Promise<void> {
  await expect(page.getByText(LIVE)).toBeVisible();
}

function account(page: Page, { user }: SignedAccount) {
  return page.getByRole('button', { name: `Account: ${user}` });
}

async function openMenuItem(page: Page, who: SignedAccount, name: string): Promise<void> {
  await account(page, who).click();
  await page.getByRole('menuitem', { name }).click();
}

test('a page leads to the sign-in, which explains a rejected token and leads back', async ({ page }) => {
  await page.goto(`${url}/register?kind=x`);
  await expect(page).toHaveURL(`${url}/login?next=%2Fregister%3Fkind%3Dx`);
  await expectAccessible(page, 'the sign-in page');
  const field = page.getByLabel('Token', { exact: true });
  await field.fill('nonsense');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The API server rejects this token.')).toBeVisible();
  await expect(field).toBeFocused();
  await expectAccessible(page, 'a rejected token');
  await enterToken(page, maya);
  await expect(page).toHaveURL(/\/register/);
  await page.goto(`${url}/login?next=//evil.example`);
  await expect(page).toHaveURL(`${url}/`);
});

test('the end of the session asks to sign in over the page, and goes on with what was entered', async ({
  page,
  context,
}) => {
  await signIn(page, '/', maya);
  await openMenuItem(page, maya, 'What may I do?');
  await expect(page.getByRole('cell', { name: 'all resources' })).toBeVisible();
  await context.clearCookies();
  await page.getByLabel('Namespace', { exact: true }).fill('kube-system');
  const dialog = page.getByRole('dialog', { name: ENDED });
  await expect(dialog).toBeVisible();
  await expectAccessible(page, 'the end of a session');
  await enterToken(page, maya);
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel('Namespace', { exact: true })).toHaveValue('kube-system');
  await expect(page.getByRole('cell', { name: 'all resources' })).toBeVisible();
});

test('a sign-out reaches every tab, and leaves nothing for the next person', async ({ page, context }) => {
  await signIn(page, '/', maya);
  await page.evaluate(() => sessionStorage.setItem('other', 'x'));
  const second = await context.newPage();
  await second.goto(`${url}/register`);
  await second.getByRole('radio').first().check();
  await expect.poll(() => second.evaluate(() => Object.keys(sessionStorage).length)).toBeGreaterThan(0);

  await openMenuItem(page, maya, 'Sign out');
  await expect(page).toHaveURL(`${url}/login`);
  await expect(second).toHaveURL(`${url}/login`);
  const stored = () => Object.keys({ ...sessionStorage, ...localStorage });
  expect(await page.evaluate(stored)).toEqual(['other']);
  expect(await second.evaluate(stored)).toEqual([]);
  expect((await context.cookies()).map(({ name }) => name)).not.toContain(`planeboard-${new URL(url).port}`);

  await signIn(second, '/register', noor);
  await expect(second.getByRole('radio', { checked: true })).toHaveCount(0);
  await page.goBack();
  await expect(account(page, maya)).toBeHidden();
});

test("another person's sign-in replaces the pages of the first", async ({ page, context }) => {
  await signIn(page, '/', maya);
  await context.clearCookies();
  const second = await context.newPage();
  await signIn(second, '/login', noor);
  await expect(account(page, noor)).toBeVisible();
  await expect(account(page, maya)).toBeHidden();
});

test('one tab renews the session for all, and only while someone uses a page', async ({
  page,
  context,
  startServer,
}) => {
  // At the pace of tests, it's renewed after 6 s and ends after 12 s.
  ({ url } = await startServer({ env: { ...SIGN_IN_ENV, PLANEBOARD_SESSION_IDLE_MINUTES: '2' } }));
  const renewals: string[] = [];
  context.on('request', (request) => {
    if (request.url().endsWith('/api/session/refresh')) renewals.push(request.url());
  });
  await signIn(page, '/', maya);
  const second = await context.newPage();
  await second.goto(`${url}/register`);
  await untilLive(second);
  // Both tabs were used when they were opened.
  await expect.poll(() => renewals.length).toBe(1);
  // The page has to learn of the first renewal before a use counts for the next one.
  const use = async () => {
    if (renewals.length < 2) await page.keyboard.press('Shift');
    return renewals.length;
  };
  await expect.poll(use).toBe(2);
  // No one uses a page any more.
  for (const tab of [page, second])
    await expect(tab.getByRole('dialog', { name: ENDED })).toBeVisible({ timeout: 20_000 });
  // A key that was pressed while the second renewal was on its way counts for a third.
  expect([2, 3]).toContain(renewals.length);
});
