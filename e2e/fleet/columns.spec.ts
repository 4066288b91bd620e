import { expectAccessible } from '@/e2e/support/accessibility';
import { expect, test } from '@/e2e/support/fixtures';
import { DAY_MS, MINUTE_MS } from '@/lib/plane/time/duration';
import { connectedStatus, lostStatus } from '@/testing/control-plane/plane-statuses';
import { smallCompany } from '@/testing/control-plane/small-company';

test.beforeEach(({ planes }) => planes.add(...smallCompany()));

test('columns can be hidden, moved and sized, and the browser remembers it', async ({ fleet, page }) => {
  await fleet.open();
  const heads = fleet.table.getByRole('columnheader');
  await expect(heads).toHaveText(['Plane', 'Health', 'Since', 'Kind', 'Plane ID', 'Agents', 'Heartbeat']);
  await page.getByRole('button', { name: 'Display', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Order, hide and size columns…' }).click();
  const editor = page.getByRole('dialog', { name: 'Columns' });
  await expectAccessible(page, 'the column editor');
  await editor.getByRole('checkbox', { name: 'Agents' }).uncheck();
  await editor.getByRole('button', { name: 'Move Kind up' }).click();
  await editor.getByRole('spinbutton', { name: 'Width of Kind, pixels' }).fill('300');
  await page.keyboard.press('Enter');
  await expect(editor.getByRole('checkbox', { name: 'Plane', exact: true })).toBeDisabled();
  await editor.getByRole('button', { name: 'Done' }).click();
  const changed = ['Plane', 'Health', 'Kind', 'Since', 'Plane ID', 'Heartbeat'];
  await expect(heads).toHaveText(changed);
  await page.reload();
  await expect(heads).toHaveText(changed);
  const kind = await heads.filter({ hasText: 'Kind' }).boundingBox();
  expect(kind?.width).toBeGreaterThan(290);

  // The edge of a column can be dragged, and a double click restores it.
  const edge = page.locator('[data-resize="kind"]');
  const box = await edge.boundingBox();
  await page.mouse.move((box?.x ?? 0) + 3, (box?.y ?? 0) + 10);
  await page.mouse.down();
  await page.mouse.move((box?.x ?? 0) - 97, (box?.y ?? 0) + 10, { steps: 5 });
  await page.mouse.up();
  await expect
    .poll(async () => Math.round((await heads.filter({ hasText: 'Kind' }).boundingBox())?.width ?? 0))
    .toBeLessThan(230);

  await page.getByRole('button', { name: 'Display', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Order, hide and size columns…' }).click();
  await editor.getByRole('button', { name: 'Restore defaults' }).click();
  await page.keyboard.press('Escape');
  await expect(heads).toHaveText(['Plane', 'Health', 'Since', 'Kind', 'Plane ID', 'Agents', 'Heartbeat']);
});

test('since says how long a plane has been in its state, and sorts by it', async ({
  fleet,
  planes,
  page,
}) => {
  const since = new Date(Date.now() - 90 * DAY_MS).toISOString();
  const created = { type: 'Created', status: 'True', reason: 'PlaneCreated', message: 'Plane is created' };
  await planes.add({
    kind: 'ClusterDataPlane',
    name: 'longest',
    planeID: 'longest',
    status: {
      observedGeneration: 1,
      agentConnection: {
        connected: true,
        connectedAgents: 1,
        lastConnectedTime: since,
        lastHeartbeatTime: new Date().toISOString(),
      },
      conditions: [{ ...created, lastTransitionTime: since, observedGeneration: 1 }],
    },
  });
  await fleet.open('?sort=since');
  await expect(fleet.names.first()).toHaveText('longest');
  await expect(await fleet.cell('longest', 'Since')).toHaveText('90 days');
  await expect(page).toHaveURL(/sort=since/);
});

test('a click on "Select all" reaches it, wherever the rows below are scrolled to', async ({
  fleet,
  page,
  planes,
}) => {
  await planes.add(
    ...Array.from({ length: 30 }, (_, index) => ({
      kind: 'ClusterDataPlane' as const,
      name: `row-${index}`,
      planeID: `row-${index}`,
      status: connectedStatus(),
    })),
  );
  await page.setViewportSize({ width: 1280, height: 500 });
  await fleet.open();
  const all = page.getByRole('checkbox', { name: 'Select all shown planes' });
  // A selection shows the checkboxes of all rows.
  await fleet.names.nth(2).focus();
  await page.keyboard.press('x');
  const table = page.locator('div:has(> table[aria-label="Planes"])');
  for (const offset of [10, 20, 30, 40, 50]) {
    await table.evaluate((element, top) => {
      element.scrollTop = 300 + top;
    }, offset);
    const hit = await all.evaluate((box) => {
      const { x, y, width, height } = box.getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2) === box;
    });
    expect([offset, hit]).toEqual([offset, true]);
  }
});

test('trouble that began after the last look is marked as new, until the next look', async ({
  fleet,
  page,
  planes,
}) => {
  const plane = { kind: 'ClusterDataPlane', name: 'watched', planeID: 'watched' } as const;
  await planes.add({ ...plane, status: connectedStatus() });
  await fleet.open();
  await expect(fleet.health('watched')).toHaveText('Healthy');
  await page.getByRole('link', { name: 'Certificates', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Certificates' })).toBeVisible();
  // As if the look had been an hour ago.
  await page.evaluate(() => {
    const hourAgoMs = Date.now() - 3_600_000;
    localStorage.setItem('planeboard.fleet-last-look', String(hourAgoMs));
  });
  await planes.setStatus(plane, lostStatus(MINUTE_MS));
  await page.getByRole('link', { name: 'Fleet', exact: true }).click();
  await expect(fleet.health('watched')).toContainText('New');
  await expect(fleet.health('Orders Europe')).not.toContainText('New');
  await page.reload();
  await expect(fleet.health('watched')).toContainText('Disconnected');
  await expect(fleet.health('watched')).not.toContainText('New');
});
