import { randomBytes } from 'node:crypto';
import { CanaryWatch } from '@/e2e/support/canary-watch';
import { EditPage } from '@/e2e/support/edit-page';
import { expect, test } from '@/e2e/support/plane-test';
import type { SimulatedPlane } from '@/testing/control-plane/simulated-installation';

const NAMESPACE = 'editing-new';

test.use({ release: '0.7' });

const plane: SimulatedPlane = {
  kind: 'DataPlane',
  namespace: NAMESPACE,
  name: 'unobserved',
  access: 'token-in-secret',
  spec: {
    gateway: { publicVirtualHost: 'apps.example.com', organizationVirtualHost: 'internal.example.com' },
  },
};

test('A part with a new secret is added in the form: nothing is wrong before its time, and the secret is never shown', async ({
  installation,
  page,
}) => {
  const password = `new-password-${randomBytes(12).toString('hex')}`;
  await installation.add(plane);
  const before = await installation.read(plane);
  const watch = new CanaryWatch(page.context());
  const edit = new EditPage(page);
  await edit.open(plane, 'form');

  // Somebody wanted to go on with something else wrong before.
  await edit.input('Public virtual host').fill('no host');
  await edit.reviewButton.click();
  const wrong = page.locator('main [aria-invalid=true]');
  await expect(wrong).toHaveCount(1);
  await page.getByRole('button', { name: 'Add observer' }).click();
  const observer = page.getByRole('group', { name: /^Observer/ });
  await expect(observer.getByRole('textbox').first()).toBeFocused();
  await expect(wrong).toHaveCount(1);
  await expect(page.getByRole('alert').getByRole('listitem')).toHaveCount(1);
  await edit.reviewButton.click();
  await expect(wrong).toHaveCount(4);

  await edit.input('Public virtual host').fill('apps.example.com');
  await observer.getByLabel('Observer URL', { exact: true }).fill('https://observer.example.com');
  await observer.getByLabel('User name', { exact: true }).fill('reader');
  await observer.getByLabel('Password', { exact: true }).fill(password);
  await edit.review();
  await expect(edit.difference).toContainText('username: reader');
  await expect(edit.difference).toContainText('password:');
  await edit.save();
  const after = await installation.read(plane);
  expect(after.spec).toEqual({
    ...(before.spec as object),
    observer: {
      url: 'https://observer.example.com',
      authentication: { basicAuth: { username: 'reader', password } },
    },
  });

  // The next edit knows that it is there, and no more.
  await edit.open(plane, 'form');
  await expect(page.getByRole('group', { name: /^Password/ })).toContainText('Kept as it is stored');
  await edit.open(plane, 'yaml');
  await expect(edit.yaml).toContainText('username: reader');
  expect(watch.wasSent(password)).toBe(true);
  expect(await watch.leaks([password], { log: installation.server.output })).toEqual([]);
});
