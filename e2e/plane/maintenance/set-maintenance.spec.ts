import { FleetPage } from '@/e2e/support/fleet-page';
import { loseAnswers } from '@/e2e/support/lose-answers';
import { annotateMaintenance, MaintenancePage, maintenanceOf, timeIn } from '@/e2e/support/maintenance-page';
import { expect, test } from '@/e2e/support/plane-test';
import { HOUR_MS } from '@/lib/plane/time/duration';
import { connectedPlane, planeWithoutAgent } from '@/testing/installation/simulated-planes';

const NAMESPACE = 'worked';

// The browser logs conflicts and aborted requests.
test.use({ expectedErrors: [/Failed to load resource: .*(409|net::ERR_FAILED)/] });

test('maintenance can be set on the page of the plane, changed, and ended early', async ({
  installation,
  planePage,
  page,
}) => {
  const plane = planeWithoutAgent('by-hand', { namespace: NAMESPACE, displayName: 'By hand' });
  await installation.add(plane);
  const maintenance = new MaintenancePage(page);
  await planePage.open(plane);
  await expect(maintenance.notice).toHaveCount(0);
  const before = await installation.read(plane);
  await planePage.act('Set maintenance…');
  await expect(maintenance.dialog).toContainText('Maintenance ends automatically.');
  await maintenance.reason.fill(' New switches ');
  await maintenance.submit();
  await expect(maintenance.dialog).toBeHidden();
  await expect(maintenance.notice).toContainText(
    /In maintenance until .* UTC \(in (1 h|59 min).*\): New switches/,
  );
  // The actual state stays visible.
  await expect(maintenance.notice).toContainText('Disconnected');
  await expect(planePage.card('Diagnosis')).toContainText('Never connected');
  const set = await maintenanceOf(installation, plane);
  expect(set.reason).toBe('New switches');
  expect(Math.abs(Date.parse(set.until ?? '') - Date.now() - HOUR_MS)).toBeLessThan(2 * 60_000);
  expect((await installation.read(plane)).spec).toEqual(before.spec);

  await maintenance.notice.getByRole('button', { name: 'Change maintenance…' }).click();
  await expect(maintenance.reason).toHaveValue('New switches');
  await maintenance.reason.fill('');
  await maintenance.choose('1 week');
  await maintenance.submit();
  await expect(maintenance.notice).toContainText(/\(in (7|6) days\)/);
  await expect(maintenance.notice).not.toContainText('New switches');
  expect((await maintenanceOf(installation, plane)).reason).toBeUndefined();

  await maintenance.notice.getByRole('button', { name: 'End maintenance now' }).click();
  await expect(maintenance.notice).toHaveCount(0);
  expect(await maintenanceOf(installation, plane)).toEqual({});
  await expect(page.getByRole('status').filter({ hasText: 'Maintenance has ended.' })).toBeAttached();
});

test.describe('in Berlin', () => {
  test.use({ timezoneId: 'Europe/Berlin' });

  test('times are entered in the local time zone and shown in UTC, and "Tomorrow 08:00" is local', async ({
    installation,
    planePage,
    page,
  }) => {
    const plane = connectedPlane('in-berlin', { namespace: NAMESPACE });
    await installation.add(plane);
    const maintenance = new MaintenancePage(page);
    await planePage.open(plane);
    await planePage.act('Set maintenance…');
    await maintenance.choose('Date and time');
    const day = new Date(Date.now() + 3 * 24 * HOUR_MS).toISOString().slice(0, 10);
    const end = new Date(
      await page.evaluate((text) => new Date(text).toISOString(), `${day}T14:30`),
    ).toISOString();
    await maintenance.exact.fill(`${day}T14:30`);
    await expect(maintenance.dialog).toContainText(/In your time zone: Europe\/Berlin, UTC\+0[12]:00\./);
    await expect(maintenance.dialog).toContainText(`${end.slice(0, 19).replace('T', ' ')} UTC`);
    await maintenance.submit();
    await expect(maintenance.notice).toContainText(`until ${end.slice(0, 10)} ${end.slice(11, 16)} UTC`);
    expect((await maintenanceOf(installation, plane)).until).toBe(`${end.slice(0, 19)}Z`);

    await maintenance.notice.getByRole('button', { name: 'Change maintenance…' }).click();
    await expect(maintenance.exact).toHaveValue(`${day}T14:30`);
    await maintenance.choose('Tomorrow 08:00');
    await expect(maintenance.dialog).toContainText(/, 08:00 \(Europe\/Berlin/);
    await maintenance.submit();
    await expect
      .poll(async () => {
        const { until = '' } = await maintenanceOf(installation, plane);
        return page.evaluate((text) => new Date(text).getHours(), until);
      })
      .toBe(8);
  });
});

test('invalid input is reported at its field and never sent, and a failed save or end can be repeated', async ({
  installation,
  planePage,
  page,
}) => {
  const plane = connectedPlane('typed', { namespace: NAMESPACE });
  await installation.add(plane);
  const maintenance = new MaintenancePage(page);
  await planePage.open(plane);
  await planePage.act('Set maintenance…');
  await maintenance.choose('Date and time');
  await maintenance.exact.fill('2020-01-01T00:00');
  await expect(maintenance.dialog).toContainText('Choose a time in the future.');
  await maintenance.exact.fill('2999-01-01T00:00');
  await expect(maintenance.dialog).toContainText('at most 90 days');
  await maintenance.exact.fill('');
  await maintenance.submit();
  await expect(maintenance.dialog).toContainText('Enter an end date and time.');
  await expect(maintenance.exact).toBeFocused();
  await maintenance.choose('4 hours');
  await maintenance.reason.fill('x'.repeat(201));
  await expect(maintenance.dialog).toContainText('201 / 200');
  await maintenance.submit();
  await expect(maintenance.reason).toBeFocused();
  expect(await maintenanceOf(installation, plane)).toEqual({});

  await maintenance.reason.fill('Typed for long');
  const path = '**/api/planes/dataplanes/worked/typed';
  const restoreSave = await loseAnswers(page, path, { method: 'PATCH' });
  await maintenance.submit();
  await expect(maintenance.dialog.getByRole('img', { name: 'Error:' })).toBeVisible();
  await expect(maintenance.dialog).toContainText('Outcome unknown: the change may have been saved.');
  await expect(maintenance.reason).toHaveValue('Typed for long');
  await restoreSave();
  await maintenance.submit();
  await expect(maintenance.notice).toContainText('Typed for long');

  const restoreEnd = await loseAnswers(page, path, { method: 'PATCH' });
  await maintenance.notice.getByRole('button', { name: 'End maintenance now' }).click();
  await expect(maintenance.notice.getByRole('img', { name: 'Error:' })).toBeVisible();
  await restoreEnd();
  await maintenance.notice.getByRole('button', { name: 'End maintenance now' }).click();
  await expect(maintenance.notice).toHaveCount(0);
});

test('maintenance set concurrently by someone else is shown, and only saving again replaces it', async ({
  installation,
  planePage,
  page,
}) => {
  const plane = connectedPlane('raced', { namespace: NAMESPACE });
  await installation.add(plane);
  const maintenance = new MaintenancePage(page);
  await planePage.open(plane);
  await planePage.act('Set maintenance…');
  await maintenance.reason.fill('Mine');
  await annotateMaintenance(installation, plane, timeIn(5 * HOUR_MS), 'Theirs');
  await expect(maintenance.notice).toContainText('Theirs');
  await maintenance.submit();
  await expect(maintenance.dialog).toContainText(
    /Not saved\. Meanwhile, someone else set maintenance until .*: Theirs\. Save again/,
  );
  expect((await maintenanceOf(installation, plane)).reason).toBe('Theirs');
  await maintenance.submit();
  await expect(maintenance.notice).toContainText('Mine');
});

test('a managed plane offers the change for its source, and is written only after confirmation', async ({
  installation,
  planePage,
  page,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const plane = connectedPlane('kept', { namespace: NAMESPACE, managedBy: 'argocd' });
  await installation.add(plane);
  const maintenance = new MaintenancePage(page);
  await planePage.open(plane);
  await planePage.act('Set maintenance…');
  await maintenance.reason.fill('From git');
  await maintenance.submit();
  await maintenance.dialog.getByRole('button', { name: 'Copy change for the source' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('planeboard.openchoreo.dev/maintenance-reason: From git');
  expect(copied).toContain('name: kept');
  expect(await maintenanceOf(installation, plane)).toEqual({});
  await maintenance.dialog.getByRole('button', { name: 'Save here anyway (will be reverted)' }).click();
  await expect(maintenance.notice).toContainText('From git');
  await maintenance.notice.getByRole('button', { name: 'End maintenance now' }).click();
  await maintenance.notice.getByRole('button', { name: 'End here anyway (will be reverted)' }).click();
  await expect(maintenance.notice).toHaveCount(0);
  expect(await maintenanceOf(installation, plane)).toEqual({});
});

test("unreadable annotations don't suppress alarms, and are reported on the page", async ({
  installation,
  planePage,
  page,
}) => {
  const plane = planeWithoutAgent('unreadable', { namespace: NAMESPACE, displayName: 'Unreadable' });
  await installation.add(plane);
  await annotateMaintenance(installation, plane, 'next week', 'New switches');
  await planePage.open(plane);
  await expect(
    page.getByText("This plane's maintenance can't be read, so it still raises alarms."),
  ).toBeVisible();
  await expect(new MaintenancePage(page).notice).toHaveCount(0);
  await annotateMaintenance(installation, plane, null, 'New switches');
  await expect(page.getByText('A maintenance reason is set without an end')).toBeVisible();
  await page.goto('/?q=unreadable');
  await expect(new FleetPage(page).health('Unreadable')).toContainText('Disconnected');
});
