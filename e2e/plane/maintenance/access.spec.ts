import { expectAccessible, expectAccessibleHere, tabTo } from '@/e2e/support/accessibility';
import { annotateMaintenance, MaintenancePage, maintenanceOf, timeIn } from '@/e2e/support/maintenance-page';
import { PlanePage } from '@/e2e/support/plane-page';
import { expect, test } from '@/e2e/support/plane-test';
import { HOUR_MS } from '@/lib/plane/time/duration';
import { grant } from '@/testing/control-plane/kube-objects';
import { connectedPlane, planeWithoutAgent } from '@/testing/installation/simulated-planes';

const NAMESPACE = 'rights';

test('a read-only dashboard shows maintenance, and offers no change of it', async ({
  installation,
  startServer,
  page,
}) => {
  const plane = planeWithoutAgent('read-only', { namespace: NAMESPACE });
  await installation.add(plane);
  await annotateMaintenance(installation, plane, timeIn(HOUR_MS), 'New switches');
  const server = await startServer({ env: { PLANEBOARD_READONLY: 'true' } });
  const maintenance = new MaintenancePage(page);
  await new PlanePage(page, server.url).open(plane);
  await expect(maintenance.notice).toContainText('New switches');
  await expect(maintenance.notice.getByRole('button')).toHaveCount(0);
  await page.getByRole('button', { name: /^Actions/ }).click();
  const item = page.getByRole('menuitem', { name: 'Set maintenance…' });
  await expect(item).toBeDisabled();
  await expect(item).toHaveAccessibleDescription(/read-only/);
});

test('the controls are disabled and name the missing right for a user who may not patch the plane', async ({
  installation,
  startServer,
  page,
}) => {
  const plane = planeWithoutAgent('looked-at', { namespace: NAMESPACE });
  await installation.add(plane);
  await annotateMaintenance(installation, plane, timeIn(HOUR_MS), 'New switches');
  const { kubeconfigPath } = await installation.demo.controlPlane.addUser({ name: 'looker' });
  await grant(installation.kube, 'looker', [
    { apiGroups: ['openchoreo.dev'], resources: ['*'], verbs: ['get', 'list', 'watch'] },
  ]);
  const server = await startServer({ kubeconfigPath });
  const maintenance = new MaintenancePage(page);
  await new PlanePage(page, server.url).open(plane);
  const missing =
    'Ask an administrator for permission to patch dataplanes.openchoreo.dev (looked-at) in the namespace rights.';
  await expect(maintenance.notice).toContainText(missing);
  for (const name of ['Change maintenance…', 'End maintenance now'])
    await expect(maintenance.notice.getByRole('button', { name })).toBeDisabled();
  await page.getByRole('button', { name: /^Actions/ }).click();
  const item = page.getByRole('menuitem', { name: 'Change maintenance…' });
  await expect(item).toBeDisabled();
  await expect(item).toHaveAccessibleDescription(missing);
  await expectAccessibleHere(page, 'a menu with an item that is disabled');
  await item.focus();
  await page.keyboard.press('Enter');
  await expect(maintenance.dialog).toHaveCount(0);

  await page.goto(`${page.url()}?edit=form`);
  await expect(page.getByRole('main')).toContainText(`${missing} The form isn't shown for that reason.`);
  await expect(page.getByRole('textbox')).toHaveCount(0);
});

test('maintenance can be set and ended by keyboard alone, without losing the focus', async ({
  installation,
  planePage,
  page,
}) => {
  const plane = connectedPlane('by-keys', { namespace: NAMESPACE });
  await installation.add(plane);
  const { keyboard } = page;
  const maintenance = new MaintenancePage(page);
  const actions = page.getByRole('button', { name: /^Actions/ });
  await planePage.open(plane);
  await tabTo(page, actions);
  await keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Edit plane', exact: true })).toBeFocused();
  await keyboard.press('End');
  await keyboard.press('ArrowUp');
  await keyboard.press('ArrowUp');
  await expect(page.getByRole('menuitem', { name: 'Set maintenance…' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(maintenance.dialog.getByRole('radio', { name: '1 hour' })).toBeFocused();
  await keyboard.press('Escape');
  await expect(maintenance.dialog).toBeHidden();
  await expect(actions).toBeFocused();

  await keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Edit plane', exact: true })).toBeFocused();
  await keyboard.press('End');
  await keyboard.press('ArrowUp');
  await keyboard.press('ArrowUp');
  await keyboard.press('Enter');
  await expect(maintenance.dialog.getByRole('radio', { name: '1 hour' })).toBeFocused();
  await keyboard.press('ArrowRight');
  await expect(maintenance.dialog.getByRole('radio', { name: '4 hours' })).toBeChecked();
  await tabTo(page, maintenance.reason);
  await keyboard.type('By keys');
  await keyboard.press('Enter');
  await expect(maintenance.notice).toContainText('By keys');
  await expect(actions).toBeFocused();

  const end = maintenance.notice.getByRole('button', { name: 'End maintenance now' });
  await tabTo(page, end);
  await keyboard.press('Enter');
  await expect(maintenance.notice).toHaveCount(0);
  // Tab continues after the removed notice.
  await keyboard.press('Tab');
  await expect(page.getByRole('tab', { name: 'Overview' })).toBeFocused();
  expect(await maintenanceOf(installation, plane)).toEqual({});
});

test('axe finds nothing where maintenance is shown, listed and set', async ({
  installation,
  planePage,
  page,
}) => {
  const namespace = 'accessible';
  const plane = planeWithoutAgent('accessible', { namespace });
  const unreadable = planeWithoutAgent('unreadable', { namespace });
  await installation.add(plane);
  await installation.add(unreadable);
  await annotateMaintenance(installation, plane, timeIn(HOUR_MS), `New switches ${'and more '.repeat(18)}`);
  await annotateMaintenance(installation, unreadable, 'next week');
  const maintenance = new MaintenancePage(page);
  await planePage.open(plane);
  await expect(maintenance.notice).toBeVisible();
  await expectAccessible(page, 'the notice');
  await planePage.act('Change maintenance…');
  await maintenance.exact.fill('2020-01-01T00:00');
  await expect(maintenance.dialog).toContainText('in the future');
  await expectAccessible(page, 'the dialog with an error');
  await planePage.open(unreadable);
  await expectAccessible(page, 'unreadable annotations');
  await page.goto(`/?namespace=${namespace}&group=health`);
  await expect(page.getByRole('row').filter({ hasText: 'New switches' })).toBeVisible();
  await expectAccessible(page, 'the list');
  await page.getByRole('button', { name: /^1\s*Maintenance$/ }).click();
  await expectAccessible(page, 'the list of planes in maintenance');
});
