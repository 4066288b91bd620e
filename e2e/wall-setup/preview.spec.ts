import { expect, test } from '@/e2e/support/fixtures';
import { WallSetupPage, withoutLinks } from '@/e2e/support/wall-setup-page';
import { connectedStatus, lostStatus } from '@/testing/control-plane/plane-statuses';
import { smallCompany } from '@/testing/control-plane/small-company';

test.beforeEach(async ({ planes }) => {
  await withoutLinks(planes.client);
  await planes.add(...smallCompany());
});

test('the preview shows the chosen planes and follows their changes', async ({ page, planes }) => {
  const setup = new WallSetupPage(page);
  await setup.open();
  await expect(setup.previewCaption).toHaveText(
    '10 planes: 1 disconnected, 1 stale, 1 unknown, 1 degraded, 1 pending, 1 deleting and 4 healthy.',
  );
  await setup.choice('Namespaces', 'acme').check();
  await expect(setup.previewCaption).toHaveText('4 planes: 1 disconnected, 1 unknown and 2 healthy.');
  await expect(setup.tiles).toHaveText(['Orders Europe', 'Builder']);
  await setup.choice('Kinds', 'Data plane').check();
  await expect(setup.tiles).toHaveText(['Orders Europe']);
  await setup.choice('States', 'Healthy').check();
  await expect(setup.previewCaption).toHaveText(
    '2 planes: 2 healthy. 1 plane outside this wall needs attention.',
  );
  await setup.choice('States', 'Healthy').uncheck();
  await expect(setup.count('healthy')).toContainText('2');

  const [, ordersUs] = smallCompany();
  if (!ordersUs) throw new Error('The company has no such plane.');
  await planes.setStatus(ordersUs, lostStatus());
  await expect(setup.tiles).toHaveText(['Orders America', 'Orders Europe'], { timeout: 15_000 });
  await planes.setStatus(ordersUs, connectedStatus());
  await expect(setup.tiles).toHaveText(['Orders Europe'], { timeout: 15_000 });
});

test('the preview uses the chosen screen, theme, title and grouping', async ({ page }) => {
  const setup = new WallSetupPage(page);
  await setup.open('?namespace=acme');
  await expect.poll(() => setup.pictured()).toEqual({ screen: '1920x1080', drawn: '1.78' });
  for (const [option, screen, drawn] of [
    ['4K, 3840 × 2160', '3840x2160', '1.78'],
    ['Full HD upright, 1080 × 1920', '1080x1920', '0.56'],
    ['Phone, 390 × 844', '390x844', '0.46'],
    ['HD, 1280 × 720', '1280x720', '1.78'],
  ] as const) {
    await page.getByRole('combobox', { name: 'Preview screen' }).selectOption(option);
    await expect.poll(() => setup.pictured()).toEqual({ screen, drawn });
  }
  // The computed colour is `lab(<lightness from 0 to 100> ...)`.
  const lightness = () =>
    setup.preview
      .locator('> div > div')
      .evaluate((wall) => Number(/^lab\(([\d.]+)/.exec(getComputedStyle(wall).backgroundColor)?.[1]));
  await page.getByText('Dark', { exact: true }).click();
  await expect.poll(lightness).toBeLessThan(20);
  await page.getByText('Light', { exact: true }).click();
  await expect.poll(lightness).toBeGreaterThan(80);

  await page.getByRole('textbox', { name: /^Title/ }).fill('Platform lobby');
  await expect(setup.preview.locator('h1')).toHaveText('Platform lobby');
  await page.getByRole('radiogroup', { name: 'Group by' }).getByText('Label').click();
  await page.getByRole('combobox', { name: 'Label key' }).fill('region');
  await expect(setup.preview.locator('h2')).toHaveText(['eu-west-1', 'Without this label']);
});

test('the address contains the selection, which a reload restores', async ({ page }) => {
  const setup = new WallSetupPage(page);
  await setup.open();
  await setup.choice('Roles', 'Data').check();
  await setup.choice('States', 'Stale').check();
  await page.getByRole('textbox', { name: 'Another namespace' }).fill('not-yet-there');
  await page.keyboard.press('Enter');
  await expect(setup.choice('Namespaces', 'not-yet-there no planes now')).toBeChecked();
  await page.getByRole('textbox', { name: 'Another namespace' }).fill('not-yet-there');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Another namespace' })).toHaveValue('');
  await expect(setup.choice('Namespaces', 'not-yet-there no planes now')).toBeChecked();
  await page.getByRole('textbox', { name: /^Title/ }).fill('A & B');
  await page.getByRole('radiogroup', { name: 'Group by' }).getByText('Namespace').click();
  await page.getByText('By time of day', { exact: true }).click();
  await page.getByRole('combobox', { name: 'Light from' }).selectOption('06:00');
  await page.getByRole('textbox', { name: 'Seconds per page' }).fill('30');
  const query =
    '?role=data&namespace=not-yet-there&health=stale&group=namespace&title=A+%26+B&theme=auto:6-19&seconds=30';
  await expect.poll(() => new URL(page.url()).search).toBe(query);
  expect(new URL(await setup.address.inputValue()).search).toBe(query);

  await page.reload();
  await expect(setup.choice('Roles', 'Data')).toBeChecked();
  await expect(setup.choice('Roles', 'Workflow')).not.toBeChecked();
  await expect(setup.choice('Namespaces', 'not-yet-there no planes now')).toBeChecked();
  await expect(setup.choice('States', 'Stale')).toBeChecked();
  await expect(page.getByRole('textbox', { name: /^Title/ })).toHaveValue('A & B');
  await expect(page.getByRole('combobox', { name: 'Light from' })).toHaveValue('6');
  await expect(page.getByRole('textbox', { name: 'Seconds per page' })).toHaveValue('30');
  await expect(setup.previewCaption).toHaveText('No planes to show.');
  expect(new URL(page.url()).search).toBe(query);
});

test('an invalid field shows its error beside it and prevents the creation of a link', async ({ page }) => {
  const setup = new WallSetupPage(page);
  await setup.open('?role=everything&seconds=3&group=label:no%20key');
  const seconds = page.getByRole('textbox', { name: 'Seconds per page' });
  await expect(page.getByText('"everything" isn\'t a plane role')).toBeVisible();
  await expect(seconds).toHaveAttribute('aria-invalid', 'true');
  await expect(seconds).toHaveAccessibleDescription(/Enter a whole number from 5 to 3,600\.$/);
  await expect(page.getByText('"no key" isn\'t a valid label key.')).toBeVisible();
  await setup.linkName.fill('Lobby');
  await setup.createButton.click();
  await expect(setup.card('New wall link').getByRole('alert')).toContainText('Fix the marked fields first.');
  await expect(setup.choice('Roles', 'everything not installed')).toBeFocused();

  await setup.choice('Roles', 'everything not installed').uncheck();
  await seconds.fill('20');
  await page.getByRole('combobox', { name: 'Label key' }).fill('env');
  await expect(setup.card('New wall link').getByRole('alert')).toHaveCount(0);
  await setup.linkName.fill('  ');
  await setup.createButton.click();
  await expect(setup.linkName).toBeFocused();
  await expect(setup.linkName).toHaveAccessibleDescription(/Name this link/);
  await setup.linkName.fill('Lobby');
  await setup.createButton.click();
  await expect(setup.newLink).toHaveValue(/&group=label:env&seconds=20$/);
});

test.describe('the preview', () => {
  test.use({ expectedErrors: [/Failed to load resource|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE/] });

  test('shows the age of its data while the server is down, and recovers automatically', async ({
    page,
    startServer,
  }) => {
    test.slow();
    const server = await startServer({});
    const setup = new WallSetupPage(page, server.url);
    await setup.open('?namespace=acme');
    await expect(setup.tiles).toHaveText(['Orders Europe', 'Builder']);
    await server.kill('SIGKILL');
    const unread = page.getByText("Couldn't load the preview. Retrying automatically.");
    await expect(unread).toBeVisible();
    await expect(setup.previewCaption).toHaveText(/^Last updated \d+ s ago\. 4 planes/, { timeout: 30_000 });
    await expect(setup.preview).toContainText("Planeboard isn't responding");
    // Another selection has no data yet and must not show those of the previous one.
    await setup.choice('Roles', 'Workflow').check();
    await expect(setup.previewCaption).toHaveText('No preview yet.', { timeout: 30_000 });
    await expect(setup.tiles).toHaveCount(0);
    await server.start();
    await expect(setup.previewCaption).toHaveText('1 plane: 1 unknown.', { timeout: 30_000 });
    await expect(unread).toHaveCount(0);
  });

  test("is one image to screen readers, and its content can't get the focus", async ({ page }) => {
    const setup = new WallSetupPage(page);
    await setup.open();
    const tree = await setup.preview.ariaSnapshot();
    // The tree has one line: the image without children.
    expect(tree.trim()).toMatch(/^- '?img \\?"Wall preview\. 10 planes: .*$/);
    expect(await setup.preview.locator('[inert]').count()).toBe(1);
    await expect(page.getByRole('main')).toHaveCount(1);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(['Set up a wall']);
  });
});
