import { expectAccessibleHere } from '@/e2e/support/accessibility';
import { expect, test } from '@/e2e/support/fixtures';
import { OWNER_ANNOTATION, RUNBOOK_URL_ANNOTATION } from '@/lib/plane/model/annotations';
import { connectedStatus } from '@/testing/control-plane/plane-statuses';
import type { TestPlane } from '@/testing/control-plane/test-planes';

const plane = (name: string, annotations: Record<string, string> = {}): TestPlane => ({
  kind: 'DataPlane',
  namespace: 'owned',
  name,
  planeID: name,
  annotations,
  status: connectedStatus(),
});

test('owner and runbook are edited in place, and a script is no runbook', async ({ page, planes }) => {
  await planes.add(plane('shop'));
  await page.goto('/planes/dataplanes/owned/shop');
  await page.getByRole('button', { name: 'Add owner' }).click();
  await page.getByRole('textbox', { name: 'Owner' }).fill('Team Checkout');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Owner: Team Checkout')).toBeVisible();
  await page.getByRole('button', { name: 'Add runbook' }).click();
  const input = page.getByRole('textbox', { name: 'Runbook' });
  await input.fill('javascript:alert(1)');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Enter an address that begins with https:// or http://.')).toBeVisible();
  await input.fill('https://wiki.example.com/shop');
  await page.keyboard.press('Enter');
  const link = page.getByRole('link', { name: 'Runbook' });
  await expect(link).toHaveAttribute('href', 'https://wiki.example.com/shop');
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
  await expectAccessibleHere(page, 'a plane with owner and runbook');
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByRole('tabpanel')).toContainText('Owner added by you.');
});

test('a runbook that someone stored with a script or a password is no link', async ({ page, planes }) => {
  await planes.add(
    plane('script', { [RUNBOOK_URL_ANNOTATION]: 'javascript:alert(1)' }),
    plane('password', { [RUNBOOK_URL_ANNOTATION]: 'https://me:hunter2@wiki.example.com' }),
  );
  for (const name of ['script', 'password']) {
    await page.goto(`/planes/dataplanes/owned/${name}`);
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await expect(page.getByText("isn't an http or https address without credentials")).toBeVisible();
    await expect(page.getByRole('link', { name: 'Runbook' })).toHaveCount(0);
    expect(await page.content()).not.toContain('hunter2');
  }
});

test('the list is filtered and grouped by owner, with a column on request', async ({
  fleet,
  page,
  planes,
}) => {
  await planes.add(
    plane('cart', { [OWNER_ANNOTATION]: 'Team Checkout, night shift' }),
    plane('search', { [OWNER_ANNOTATION]: 'Team Search' }),
    plane('unowned'),
  );
  await fleet.open();
  await fleet.toggleFilter('Owner', 'Team Checkout, night shift');
  await expect(fleet.names).toHaveText(['cart']);
  await page.reload();
  await fleet.live();
  await expect(fleet.names).toHaveText(['cart']);
  await page.getByRole('button', { name: 'Remove filter Owner Team Checkout, night shift' }).click();
  await fleet.toggleFilter('Owner', 'No owner');
  await expect(fleet.names).toHaveText(['unowned']);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await fleet.display('More columns', 'Owner');
  await expect(await fleet.cell('search', 'Owner')).toHaveText('Team Search');
  await fleet.display('Group by', 'Owner');
  await expect(fleet.groups).toHaveCount(3);
});
