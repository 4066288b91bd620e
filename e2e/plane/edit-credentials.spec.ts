import { randomBytes } from 'node:crypto';
import { CanaryWatch } from '@/e2e/support/canary-watch';
import { EditPage } from '@/e2e/support/edit-page';
import { onRelease } from '@/e2e/support/on-release';
import { expect, test } from '@/e2e/support/plane-test';
import { MASK } from '@/lib/plane/masking/mask';
import type { SimulatedPlane } from '@/testing/installation/simulated-planes';

const NAMESPACE = 'edited-credentials';

test.describe('0.3', onRelease('0.3'), () => {
  // The browser logs the API's answer to a conflict.
  test.use({ expectedErrors: [/Failed to load resource: .*409/] });

  test('inline credentials survive other edits, can be replaced, and never reach the browser', async ({
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
    await planePage.act('Edit plane');
    await expect(page.getByText('Stored value kept').first()).toBeVisible();
    await edit.input('Registry prefix').fill('registry.example.com/other');
    await edit.review();
    await edit.save();
    const afterForm = (await installation.read(plane)).spec;
    expect(afterForm).toEqual({ ...before, registry: { prefix: 'registry.example.com/other' } });

    await edit.open(plane, 'yaml');
    await expect(edit.yaml).toContainText(`clientKey: ${MASK}`);
    await expect(edit.yaml).toContainText(`password: ${MASK}`);
    // Backspace removes the whole mask, because a partial mask would be stored as a new secret.
    await edit.cursorAfter('password:');
    await page.keyboard.press('Backspace');
    await expect(edit.line('password:')).toHaveText(/password:\s*$/);
    await page.keyboard.press('ControlOrMeta+z');
    await expect(edit.yaml).toContainText(`password: ${MASK}`);
    await edit.typeValue('publicVirtualHost:', 'other.example.com');
    await edit.review();
    await edit.save();
    const afterYaml = (await installation.read(plane)).spec;
    expect(afterYaml).toMatchObject({
      kubernetesCluster: before.kubernetesCluster,
      gateway: { publicVirtualHost: 'other.example.com' },
      observer: { authentication: { basicAuth: { password: password.old } } },
    });

    // The difference shows that the password changes, but neither value.
    await edit.open(plane, 'form');
    const passwordGroup = page.getByRole('group', { name: /^Password/ });
    await passwordGroup.getByRole('button', { name: 'Replace' }).click();
    await passwordGroup.getByRole('textbox').fill(password.new);
    await edit.review();
    await expect(edit.difference).toContainText('password:');
    await edit.save();
    const afterReplacement = (await installation.read(plane)).spec;
    expect(afterReplacement).toMatchObject({
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

test.describe('0.7', onRelease('0.7'), () => {
  const plane: SimulatedPlane = {
    kind: 'DataPlane',
    namespace: NAMESPACE,
    name: 'unobserved',
    access: 'token-in-secret',
    spec: {
      gateway: { publicVirtualHost: 'apps.example.com', organizationVirtualHost: 'internal.example.com' },
    },
  };

  test('a new group with a secret shows no errors until review, and the secret is never shown', async ({
    installation,
    page,
  }) => {
    const password = `new-password-${randomBytes(12).toString('hex')}`;
    await installation.add(plane);
    const before = await installation.read(plane);
    const watch = new CanaryWatch(page.context());
    const edit = new EditPage(page);
    await edit.open(plane, 'form');

    // An earlier failed review must not mark the new fields as invalid.
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
    await observer.getByLabel('Username', { exact: true }).fill('reader');
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

    // The next edit shows that a password is stored, but not its value.
    await edit.open(plane, 'form');
    await expect(page.getByRole('group', { name: /^Password/ })).toContainText('Stored value kept');
    await edit.open(plane, 'yaml');
    await expect(edit.yaml).toContainText('username: reader');
    expect(watch.wasSent(password)).toBe(true);
    expect(await watch.leaks([password], { log: installation.server.output })).toEqual([]);
  });
});
