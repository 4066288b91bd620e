import { connectedPlane, lonelyPlane } from '@/e2e/plane/finding-case';
import { axeFindings } from '@/e2e/support/axe-findings';
import { annotateMaintenance, inMs, MaintenancePage, maintenanceOf } from '@/e2e/support/maintenance-page';
import { PlanePage } from '@/e2e/support/plane-page';
import { expect, test } from '@/e2e/support/plane-test';
import { tabTo } from '@/e2e/support/tab-keys';
import { grant } from '@/testing/control-plane/rights';

const HOUR_MS = 3_600_000;
const NAMESPACE = 'rights';

test('On a read-only dashboard a maintenance is told, and nothing offers to change it', async ({
  installation,
  startServer,
  page,
}) => {
  const plane = lonelyPlane('read-only', { namespace: NAMESPACE });
  await installation.add(plane);
  await annotateMaintenance(installation, plane, inMs(HOUR_MS), 'New switches');
  const server = await startServer({ env: { PLANEBOARD_READONLY: 'true' } });
  const maintenance = new MaintenancePage(page);
  await new PlanePage(page, server.url).open(plane);
  await expect(maintenance.notice).toContainText('New switches');
  await expect(maintenance.notice.getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Actions/ })).toHaveCount(0);
});

test('Who may not patch the plane is told which right is missing, before anything is tried', async ({
  installation,
  startServer,
  page,
}) => {
  const plane = lonelyPlane('looked-at', { namespace: NAMESPACE });
  await installation.add(plane);
  await annotateMaintenance(installation, plane, inMs(HOUR_MS), 'New switches');
  const { kubeconfigPath } = await installation.demo.controlPlane.addUser({ name: 'looker' });
  await grant(installation.kube, 'looker', [
    { apiGroups: ['openchoreo.dev'], resources: ['*'], verbs: ['get', 'list', 'watch'] },
  ]);
  const server = await startServer({ kubeconfigPath });
  const maintenance = new MaintenancePage(page);
  await new PlanePage(page, server.url).open(plane);
  const missing =
    'Your account lacks the right to patch dataplanes.openchoreo.dev (looked-at) in the namespace rights.';
  await expect(maintenance.notice).toContainText(missing);
  for (const name of ['Change…', 'End now'])
    await expect(maintenance.notice.getByRole('button', { name })).toBeDisabled();
  await page.getByRole('button', { name: /^Actions/ }).click();
  const item = page.getByRole('menuitem', { name: 'Change maintenance…' });
  await expect(item).toBeDisabled();
  await expect(item).toHaveAccessibleDescription(missing);
  expect.soft(await axeFindings(page)).toEqual([]);
  await item.focus();
  await page.keyboard.press('Enter');
  await expect(maintenance.dialog).toHaveCount(0);
});

test('By keys alone a maintenance is set, changed and ended, and the keyboard is never lost', async ({
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
  await expect(page.getByRole('menuitem', { name: 'Edit…', exact: true })).toBeFocused();
  await keyboard.press('End');
  await keyboard.press('ArrowUp');
  await expect(page.getByRole('menuitem', { name: 'Set maintenance…' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(maintenance.dialog.getByRole('radio', { name: '1 hour' })).toBeFocused();
  await keyboard.press('Escape');
  await expect(maintenance.dialog).toBeHidden();
  await expect(actions).toBeFocused();

  await keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Edit…', exact: true })).toBeFocused();
  await keyboard.press('End');
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

  const end = maintenance.notice.getByRole('button', { name: 'End now' });
  await tabTo(page, end);
  await keyboard.press('Enter');
  await expect(maintenance.notice).toHaveCount(0);
  // What comes next on the page is next by Tab as well.
  await keyboard.press('Tab');
  await expect(page.getByRole('tab', { name: 'Overview' })).toBeFocused();
  expect(await maintenanceOf(installation, plane)).toEqual({});
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [screen, viewport] of [
    ['desktop', { width: 1440, height: 900 }],
    ['phone', { width: 390, height: 844 }],
  ] as const) {
    test.describe(`In ${colorScheme} on a ${screen}`, () => {
      test.use({ colorScheme, viewport });

      test('axe finds nothing where maintenance is told, listed and set', async ({
        installation,
        planePage,
        page,
      }) => {
        const namespace = `sound-${colorScheme}-${screen}`;
        const plane = lonelyPlane('sound', { namespace });
        const unreadable = lonelyPlane('unreadable', { namespace });
        await installation.add(plane);
        await installation.add(unreadable);
        await annotateMaintenance(
          installation,
          plane,
          inMs(HOUR_MS),
          `New switches ${'and more '.repeat(18)}`,
        );
        await annotateMaintenance(installation, unreadable, 'next week');
        const maintenance = new MaintenancePage(page);
        const sound = async (what: string) => {
          expect.soft(await axeFindings(page), what).toEqual([]);
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          );
          expect.soft(overflow, `${what}: nothing stands beside the screen.`).toBe(0);
        };
        await planePage.open(plane);
        await expect(maintenance.notice).toBeVisible();
        await sound('the notice');
        await planePage.act('Change maintenance…');
        await maintenance.exact.fill('2020-01-01T00:00');
        await expect(maintenance.dialog).toContainText('in the future');
        await sound('the dialog with an error');
        await planePage.open(unreadable);
        await sound('annotations that cannot be read');
        await page.goto(`/?namespace=${namespace}&group=health`);
        await expect(page.getByRole('row').filter({ hasText: 'New switches' })).toBeVisible();
        await sound('the list');
        await page.getByRole('button', { name: /^1\s*Maintenance$/ }).click();
        await sound('the list of planes in maintenance');
      });
    });
  }
}
