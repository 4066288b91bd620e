import { randomBytes } from 'node:crypto';
import { CanaryWatch } from '@/e2e/support/canary-watch';
import { EditPage } from '@/e2e/support/edit-page';
import { expect, test } from '@/e2e/support/plane-test';
import { MASK } from '@/lib/plane/json/mask';
import type { SimulatedPlane } from '@/testing/installation/simulated-planes';

const NAMESPACE = 'edited-credentials';

test.describe('0.3', () => {
  // A conflict is answered with an error, which the browser logs.
  test.use({ release: '0.3', expectedErrors: [/Failed to load resource: .*409/] });

  test('Inline credentials are edited around and replaced, and never reach the browser', async ({
    installation,
    planePage,
    page,
  }) => {
    test.setTimeout(120_000);
    const canary = (name: string) => `${name}-${randomBytes(12).toString('hex')}`;
    const password = { old: canary('old-password'), new: canary('new-password') };
    const applied = canary('last-applied');
    const plane: SimulatedPlane = {
      kind: 'DataPlane',
      namespace: NAMESPACE,
      name: 'inline',
      access: 'inline-credentials',
      spec: {
        registry: { prefix: 'registry.example.com/apps' },
        gateway: { publicVirtualHost: 'apps.example.com', organizationVirtualHost: 'internal.example.com' },
        observer: {
          url: 'https://observer.example.com',
          authentication: { basicAuth: { username: 'reader', password: password.old } },
        },
      },
      formerSpec: { note: applied },
    };
    await installation.add(plane);
    const before = (await installation.read(plane)).spec as {
      kubernetesCluster: { credentials: Record<string, string> };
    };
    const { clientKey = '' } = before.kubernetesCluster.credentials;
    const key = Buffer.from(clientKey, 'base64').toString().split('\n')[1] ?? '';
    const watch = new CanaryWatch(page.context());
    const edit = new EditPage(page);

    await planePage.open(plane);
    await planePage.act('Edit…');
    await expect(page.getByText('Kept as it is stored').first()).toBeVisible();
    await edit.input('Registry prefix').fill('registry.example.com/other');
    await edit.review();
    await edit.save();
    const one = (await installation.read(plane)).spec;
    expect(one).toEqual({ ...before, registry: { prefix: 'registry.example.com/other' } });

    await edit.open(plane, 'yaml');
    await expect(edit.yaml).toContainText(`clientKey: ${MASK}`);
    await expect(edit.yaml).toContainText(`password: ${MASK}`);
    await edit.typeValue('publicVirtualHost:', 'other.example.com');
    await edit.review();
    await edit.save();
    const two = (await installation.read(plane)).spec;
    expect(two).toMatchObject({
      kubernetesCluster: before.kubernetesCluster,
      gateway: { publicVirtualHost: 'other.example.com' },
      observer: { authentication: { basicAuth: { password: password.old } } },
    });

    // Replaced in the form: the difference says that it is another one, and shows neither.
    await edit.open(plane, 'form');
    const box = page.getByRole('group', { name: /^Password/ });
    await box.getByRole('button', { name: 'Replace' }).click();
    await box.getByRole('textbox').fill(password.new);
    await edit.review();
    await expect(edit.difference).toContainText('password:');
    await edit.save();
    const three = (await installation.read(plane)).spec;
    expect(three).toMatchObject({
      kubernetesCluster: before.kubernetesCluster,
      observer: { authentication: { basicAuth: { username: 'reader', password: password.new } } },
    });

    for (const tab of ['YAML', 'History', 'Events'] as const) {
      await planePage.open(plane);
      await planePage.tab(tab);
    }
    expect(watch.wasSent(password.new)).toBe(true);
    const canaries = [password.old, password.new, applied, key, clientKey.slice(0, 200)];
    expect(await watch.leaks(canaries, { log: installation.server.output })).toEqual([]);
  });
});

test.describe('0.7', () => {
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
    const invalid = page.locator('main [aria-invalid=true]');
    await expect(invalid).toHaveCount(1);
    await page.getByRole('button', { name: 'Add observer' }).click();
    const observer = page.getByRole('group', { name: /^Observer/ });
    await expect(observer.getByRole('textbox').first()).toBeFocused();
    await expect(invalid).toHaveCount(1);
    await expect(page.getByRole('alert').getByRole('listitem')).toHaveCount(1);
    await edit.reviewButton.click();
    await expect(invalid).toHaveCount(4);

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
});
