import { DESKTOP, expectAccessible, expectAccessibleHere, PHONE } from '@/e2e/support/accessibility';
import { expect, test } from '@/e2e/support/fixtures';
import { LIVE } from '@/e2e/support/fleet-page';
import { smallCompany } from '@/testing/control-plane/small-company';

const PAGES = [
  ['the fleet', '/'],
  ['the fleet, filtered', '/?namespace=acme&q=o'],
  ['the fleet, grouped, with label columns', '/?group=role&columns=region,env&sort=-name'],
  ['the fleet, none matching', '/?q=nothing-is-called-so'],
  ['an unhealthy plane', '/planes/dataplanes/globex/kitchen'],
  ['a healthy plane that shares its planeID', '/planes/clusterdataplanes/shared'],
  ["a plane's YAML", '/planes/dataplanes/acme/orders-eu?tab=yaml'],
  ['an unknown plane', '/planes/dataplanes/acme/nobody'],
  ['an unknown page', '/nowhere'],
] as const;

const PANELS = [
  ['Filter', 'dialog'],
  ['Display', 'menu'],
  ['Export', 'menu'],
] as const;
/** Not offered on a phone, which has no keyboard. */
const SHORTCUTS = ['Keyboard shortcuts', 'dialog'] as const;

// The browser logs the 404 of the two unknown pages.
test.use({ expectedErrors: [/Failed to load resource: .*404/] });

test('axe finds nothing on any page', async ({ page, planes }) => {
  await planes.add(...smallCompany());
  for (const [what, path] of PAGES) {
    await page.goto(path);
    await expect(page.getByRole('main')).toBeVisible();
    if (path !== '/nowhere') await expect(page.getByText(LIVE)).toBeVisible();
    await expectAccessible(page, what);
  }
});

test('axe finds nothing on the pages about the API and about CA Secrets', async ({ page }) => {
  for (const [heading, path] of [
    ['API reference', '/api-reference'],
    ['Access to CA Secrets', '/ca-access'],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await expectAccessible(page, path);
  }
});

test('axe finds nothing on an empty fleet or in menus, panels and dialogs', async ({ page, planes }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'No planes yet' })).toBeVisible();
  await expectAccessible(page, 'empty');
  await planes.add(...smallCompany());
  await expect(page.getByRole('link', { name: 'Orders Europe' })).toBeVisible();
  for (const [screen, panels] of [
    [DESKTOP, [...PANELS, SHORTCUTS]],
    [PHONE, PANELS],
  ] as const) {
    await page.setViewportSize({ ...screen });
    for (const [name, role] of panels) {
      await page.getByRole('button', { name, exact: true }).click();
      await expect(page.getByRole(role)).toBeVisible();
      await expectAccessibleHere(page, `${name} at ${screen.width} pixels`);
      await page.keyboard.press('Escape');
      await expect(page.getByRole(role)).toBeHidden();
    }
  }
});
