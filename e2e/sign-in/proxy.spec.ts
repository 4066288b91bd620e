import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expectAccessible } from '@/e2e/support/accessibility';
import { expect, test } from '@/e2e/support/fixtures';
import { LIVE } from '@/e2e/support/fleet-page';
import { CSRF_HEADER } from '@/lib/api/session';
import { NamingProxy } from '@/testing/server/naming-proxy';

const SECRET = randomBytes(32).toString('hex');
const ENV = {
  PLANEBOARD_AUTH: 'proxy',
  PLANEBOARD_SESSION_KEYS: randomBytes(32).toString('base64'),
  PLANEBOARD_PROXY_SECRET: SECRET,
  PLANEBOARD_PROXY_SIGN_OUT_URL: '/healthz?signed-out',
  PLANEBOARD_IMPERSONATE_GROUPS: 'proxied',
};

// A rejected request is an error in the browser's console.
test.use({ expectedErrors: [/status of 401/] });

let proxy: NamingProxy;
let url: string;

test.beforeEach(async ({ controlPlane, startServer }) => {
  const path = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings';
  if (!(await controlPlane.client.find(`${path}/proxied`)))
    await controlPlane.client.post(path, {
      metadata: { name: 'proxied' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'proxied' }],
    });
  proxy = await NamingProxy.start((await startServer({ env: ENV })).port);
  ({ url } = proxy);
});

/** Signs a person in at the proxy, or out. */
function signInAtProxy(user: string | null): void {
  proxy.headers =
    user === null
      ? {}
      : {
          'x-forwarded-user': user,
          'x-forwarded-groups': 'proxied',
          'x-planeboard-proxy-secret': SECRET,
        };
}

test.afterEach(async ({ context }) => {
  // Open pages would report that their server is gone.
  await Promise.all(context.pages().map((page) => page.close()));
  await proxy.close();
});

function account(page: Page, user: string) {
  return page.getByRole('button', { name: `Account: ${user}` });
}

async function open(page: Page, path: string, user: string): Promise<void> {
  await page.goto(`${url}${path}`);
  await expect(account(page, user)).toBeVisible();
  await expect(page.getByText(LIVE)).toBeVisible();
}

test('a person whom the proxy names is signed in, and leaves through the proxy', async ({ page }) => {
  signInAtProxy('maya');
  const sent: string[] = [];
  page.on('response', (response) => sent.push(JSON.stringify(response.headers())));
  await open(page, '/register', 'maya');
  expect(sent.join()).not.toContain(SECRET);
  expect(await page.content()).not.toContain(SECRET);
  await page.getByRole('radio').first().check();
  const keys = () => page.evaluate(() => Object.keys(sessionStorage).join());
  await expect.poll(keys).toContain('proxy%3Amaya');
  await account(page, 'maya').click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(`${url}/healthz?signed-out`);
  expect(await keys()).not.toContain('maya');
});

test('a write of its page carries the CSRF value, and is made as the person', async ({ page, planes }) => {
  await planes.add({ kind: 'DataPlane', namespace: 'acme', name: 'proxied', planeID: 'proxied' });
  signInAtProxy('maya');
  await open(page, '/planes/dataplanes/acme/proxied', 'maya');
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('button', { name: 'Refresh status' }).first().click();
  const response = await answer;
  expect(response.status()).toBe(200);
  expect(response.request().headers()[CSRF_HEADER]).toMatch(/^[\w-]{43}$/);
});

test('without the proxy, a page says who signs people in', async ({ page }) => {
  await page.goto(`${url}/`);
  await expect(page).toHaveURL(`${url}/login`);
  await expect(page.getByText('A proxy in front of Planeboard signs you in.')).toBeVisible();
  await expect(page.getByLabel('Token', { exact: true })).toBeHidden();
  await expectAccessible(page, 'the sign-in page of a proxy');
});

test('a page whose person is no longer named keeps what was entered, and goes on when they are back', async ({
  page,
  context,
}) => {
  signInAtProxy('maya');
  await open(page, '/', 'maya');
  await account(page, 'maya').click();
  await page.getByRole('menuitem', { name: 'What may I do?' }).click();
  await expect(page.getByRole('cell', { name: 'all resources' })).toBeVisible();
  signInAtProxy(null);
  await page.getByLabel('Namespace', { exact: true }).fill('kube-system');
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await expect(dialog).toBeVisible();
  await expectAccessible(page, 'a page that no proxy names a person for');
  signInAtProxy('maya');
  const opened = context.waitForEvent('page');
  await dialog.getByRole('link', { name: 'Sign in in a new tab' }).click();
  await expect(account(await opened, 'maya')).toBeVisible();
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel('Namespace', { exact: true })).toHaveValue('kube-system');
});

test('another person at the proxy replaces the pages of the first', async ({ page, context }) => {
  signInAtProxy('maya');
  await open(page, '/', 'maya');
  signInAtProxy('noor');
  const second = await context.newPage();
  await open(second, '/', 'noor');
  await expect(account(page, 'noor')).toBeVisible();
  await expect(account(page, 'maya')).toBeHidden();
});
