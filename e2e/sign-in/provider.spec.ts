import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { ControlPlane } from '@/demo/control-plane/control-plane';
import { OIDC_PREFIX, oidcFlags } from '@/demo/identity-provider/api-server-flags';
import { IdentityProvider } from '@/demo/identity-provider/identity-provider';
import { DEMO_PEOPLE } from '@/demo/identity-provider/people';
import { CLIENT_ID, CLIENT_SECRET } from '@/demo/identity-provider/provider-settings';
import { grantPeople } from '@/demo/sign-in/grant-people';
import { expectAccessible } from '@/e2e/support/accessibility';
import { expect, test } from '@/e2e/support/fixtures';
import { LIVE } from '@/e2e/support/fleet-page';
import { type BareControlPlane, ownControlPlane } from '@/testing/control-plane/bare-control-plane';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';

const CONTINUE = 'Continue with Aurora';
const SHORT_SECONDS = 6;

// The provider's certificate is of a CA that the browser doesn't know. A rejected request is an error in its console.
test.use({ ignoreHTTPSErrors: true, expectedErrors: [/status of 401/] });
test.describe.configure({ mode: 'serial' });

let folder: string;
let provider: IdentityProvider;
let bare: BareControlPlane<ControlPlane>;
let url: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'planeboard-oidc-'));
  provider = await IdentityProvider.start({ people: DEMO_PEOPLE });
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, provider.caPem);
  bare = await ownControlPlane(undefined, oidcFlags(provider.issuer, caFile));
  await ensureNamespace(bare.controlPlane.client, 'aurora-retail');
  await grantPeople(bare.controlPlane.client, OIDC_PREFIX);
});
test.afterAll(async () => {
  await bare?.stop();
  await provider?.stop();
  await rm(folder, { recursive: true, force: true });
});

test.beforeEach(async ({ startServer }) => {
  provider.idTokenSeconds = 3600;
  ({ url } = await startServer({
    kubeconfigPath: bare.controlPlane.kubeconfigPath,
    env: {
      PLANEBOARD_AUTH: 'oidc,token',
      PLANEBOARD_SESSION_KEYS: randomBytes(32).toString('base64'),
      PLANEBOARD_OIDC_ISSUER: provider.issuer,
      PLANEBOARD_OIDC_CLIENT_ID: CLIENT_ID,
      PLANEBOARD_OIDC_CLIENT_SECRET: CLIENT_SECRET,
      PLANEBOARD_OIDC_CA_FILE: join(folder, 'ca.pem'),
      PLANEBOARD_OIDC_LABEL: 'Aurora',
    },
  }));
});

/** The API server reads the provider's keys some time after its start, and rejects all tokens until then. */
async function signIn(page: Page, path: string, person: RegExp): Promise<void> {
  await expect(async () => {
    await page.goto(`${url}${path}`);
    await page.getByRole('link', { name: CONTINUE }).click();
    const choice = page.getByRole('button', { name: person });
    await choice.or(page.getByRole('alert')).or(account(page)).first().waitFor();
    if (await choice.isVisible()) await choice.click();
    await expect(account(page)).toBeVisible({ timeout: 3000 });
  }).toPass({ timeout: 60_000 });
  await expect(page.getByText(LIVE)).toBeVisible();
}

function account(page: Page) {
  return page.getByRole('button', { name: 'Account: oidc:' });
}

test('a person signs in at the provider, and comes back to the page that they wanted', async ({ page }) => {
  await page.goto(`${url}/register`);
  await expect(page.getByRole('link', { name: CONTINUE })).toBeVisible();
  await expectAccessible(page, 'a sign-in with a provider');
  await signIn(page, '/register', /Noor/);
  await expect(page).toHaveURL(`${url}/register`);
  await expect(page.getByRole('button', { name: 'Account: oidc:noor' })).toBeVisible();

  await account(page).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  // The provider ends its own session too, and leads back.
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(`${url}/login`);
  await page.getByRole('link', { name: CONTINUE }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('The sign-in was cancelled at the identity provider.')).toBeVisible();
  await expectAccessible(page, 'a cancelled sign-in');
});

test('the end of the session opens the provider in a window, and the page keeps what was entered', async ({
  page,
  context,
}) => {
  await signIn(page, '/', /Maya/);
  await account(page).click();
  await page.getByRole('menuitem', { name: 'What may I do?' }).click();
  await context.clearCookies({ domain: '127.0.0.1' });
  await page.getByLabel('Namespace', { exact: true }).fill('kube-system');
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await expect(dialog).toBeVisible();
  await expectAccessible(page, 'the end of a session with a provider');
  const [window] = await Promise.all([
    context.waitForEvent('page'),
    dialog.getByRole('link', { name: CONTINUE }).click(),
  ]);
  // The provider still knows Maya, so the window closes without a question.
  if (!window.isClosed()) await window.waitForEvent('close');
  await expect(dialog).toBeHidden();
  await expect(page.getByLabel('Namespace', { exact: true })).toHaveValue('kube-system');
  await expect(page.getByRole('cell', { name: 'all resources' })).toBeVisible();
});

test('a page goes on after its ID token has expired, and so does one that is opened then', async ({
  page,
}) => {
  provider.idTokenSeconds = SHORT_SECONDS;
  await signIn(page, '/', /Maya/);
  const renewal = () =>
    page.waitForResponse((response) => response.url().endsWith('/api/session/refresh') && response.ok());
  // An open page renews by itself.
  await renewal();
  await page.goto('about:blank');
  await page.waitForTimeout(SHORT_SECONDS * 1000);
  const bridged = renewal();
  await page.goto(`${url}/register`);
  await bridged;
  await expect(page).toHaveURL(`${url}/register`);
  await expect(account(page)).toBeVisible();
});

test('a person who has left the provider is signed out with the next renewal', async ({ page }) => {
  provider.idTokenSeconds = SHORT_SECONDS;
  await signIn(page, '/', /Maya/);
  provider.setPeople([]);
  await expect(page.getByRole('dialog', { name: 'Your session has ended' })).toBeVisible({ timeout: 15_000 });
  provider.setPeople(DEMO_PEOPLE);
});
