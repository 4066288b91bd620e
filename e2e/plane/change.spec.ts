import { randomBytes } from 'node:crypto';
import { CanaryWatch } from '@/e2e/support/canary-watch';
import { EditPage } from '@/e2e/support/edit-page';
import { expect, test } from '@/e2e/support/plane-test';
import { MASK } from '@/lib/plane/json/mask';
import { pageOf, type SimulatedPlane } from '@/testing/control-plane/simulated-installation';
import { connectedPlane } from './finding-case';

const NAMESPACE = 'changing';
/** Its finalizers are done, and the feed has told. */
const NOTICED = { timeout: 30_000 };

// A conflict is answered with an error, which the browser logs.
test.use({ expectedErrors: [/Failed to load resource: .*409/] });

function aPlane(name: string, further: Partial<SimulatedPlane> = {}): SimulatedPlane {
  return connectedPlane(name, {
    namespace: NAMESPACE,
    displayName: `Plane ${name}`,
    labels: { region: 'eu' },
    spec: {
      secretStoreRef: { name: 'vault' },
      gateway: {
        ingress: {
          external: {
            name: 'gateway-default',
            namespace: 'openchoreo-data-plane',
            https: { host: 'apps.example.com', port: 443 },
          },
        },
      },
    },
    ...further,
  });
}

const words = (displayName: string, description: string) => ({
  'openchoreo.dev/display-name': displayName,
  'openchoreo.dev/description': description,
});

test('Display name and description are edited where they stand; an empty one is taken away', async ({
  installation,
  planePage,
  page,
}) => {
  const plane = aPlane('named');
  await installation.add(plane);
  const { spec } = await installation.read(plane);
  await planePage.open(plane);
  await page.getByRole('button', { name: 'Edit the display name' }).click();
  const name = page.getByRole('textbox', { name: 'Display name' });
  await expect(name).toHaveValue('Plane named');
  await name.fill('Named anew');
  await name.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Named anew');
  await expect(page.getByRole('button', { name: 'Edit the display name' })).toBeFocused();
  const description = page.getByRole('paragraph').filter({ hasText: 'What it is for' });
  await page.getByRole('button', { name: 'Add a description' }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('What it is for');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(description).toBeVisible();
  expect((await installation.read(plane)).metadata.annotations).toMatchObject(
    words('Named anew', 'What it is for'),
  );
  // Escape leaves it as it was.
  await page.getByRole('button', { name: 'Edit the description' }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('Not meant');
  await page.keyboard.press('Escape');
  await expect(description).toBeVisible();
  await page.getByRole('button', { name: 'Edit the description' }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Add a description' })).toBeVisible();
  const after = await installation.read(plane);
  expect(after.metadata.annotations).not.toHaveProperty(['openchoreo.dev/description']);
  expect(after.spec).toEqual(spec);
});

test('Somebody else renames it meanwhile: theirs is shown before anything is replaced', async ({
  installation,
  planePage,
  page,
}) => {
  const plane = aPlane('raced');
  await installation.add(plane);
  await planePage.open(plane);
  await page.getByRole('button', { name: 'Edit the display name' }).click();
  const name = page.getByRole('textbox', { name: 'Display name' });
  await name.fill('Mine');
  await installation.patch(plane, { metadata: { annotations: { 'openchoreo.dev/display-name': 'Theirs' } } });
  await name.press('Enter');
  await expect(name).toHaveAccessibleDescription(/Theirs/);
  expect((await installation.read(plane)).metadata.annotations).toMatchObject({
    'openchoreo.dev/display-name': 'Theirs',
  });
  await name.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mine');
});

test('The spec is edited in the form: problems beside their fields, the difference first, and nothing else changes', async ({
  installation,
  planePage,
  page,
}) => {
  const plane = aPlane('by-form');
  await installation.add(plane);
  const before = await installation.read(plane);
  const edit = new EditPage(page);
  await planePage.open(plane);
  await planePage.act('Edit…');
  await expect(page.getByRole('heading', { level: 1, name: 'Edit Plane by-form' })).toBeVisible();
  await expect(edit.reviewButton).toBeDisabled();

  const ingress = page.getByRole('group', { name: /^Ingress from outside/ });
  const https = ingress.getByRole('group', { name: /HTTPS/ });
  const host = https.getByLabel('Host', { exact: true });
  const port = https.getByLabel('Port', { exact: true });
  await expect(host).toHaveValue('apps.example.com');
  await port.fill('70000');
  await port.blur();
  await expect(port).toHaveAccessibleDescription(/65535/);
  await edit.reviewButton.click();
  await expect(page.getByRole('alert').first()).toContainText('65535');
  await port.fill('8443');
  await edit.input('Secret store').fill('other-store');
  await expect(page.getByRole('status').filter({ hasText: '2 fields are changed' })).toBeVisible();
  await edit.review();
  await expect(edit.difference).toContainText('added: ');
  await expect(edit.difference).toContainText('port: 8443');
  await expect(edit.difference).toContainText('name: other-store');
  // Shown is not saved.
  expect((await installation.read(plane)).spec).toEqual(before.spec);
  await edit.save();
  const after = await installation.read(plane);
  expect(after.spec).toEqual({
    ...(before.spec as object),
    secretStoreRef: { name: 'other-store' },
    gateway: {
      ingress: {
        external: {
          name: 'gateway-default',
          namespace: 'openchoreo-data-plane',
          https: { host: 'apps.example.com', port: 8443 },
        },
      },
    },
  });
  expect(after.metadata.labels).toEqual(before.metadata.labels);
  expect(after.metadata.finalizers).toEqual(before.metadata.finalizers);
  expect(after.metadata.annotations).toEqual(before.metadata.annotations);
  await page.getByRole('link', { name: 'Back to the plane' }).click();
  await expect(planePage.card('Spec')).toContainText('other-store');
  await expect(planePage.card('Who wrote last')).toContainText('planeboard');
});

test('As YAML: the schema completes and explains, what is wrong is said by its line, and it is saved', async ({
  installation,
  page,
}) => {
  const plane = aPlane('by-yaml');
  await installation.add(plane);
  const before = await installation.read(plane);
  const edit = new EditPage(page);
  await edit.open(plane, 'yaml');
  // Only what can be edited is there.
  for (const absent of ['status:', 'finalizers:', 'managedFields', 'resourceVersion', 'uid:'])
    await expect(edit.yaml).not.toContainText(absent);
  await edit.line('secretStoreRef').hover({ position: { x: 40, y: 8 } });
  const hover = page.locator('.cm-field-info');
  await expect(hover).toContainText('spec.secretStoreRef');
  await expect(hover).toContainText('Name of the ClusterSecretStore');

  // A field that no release has.
  await edit.cursorAfter('secretStoreRef');
  await page.keyboard.press('Home');
  await page.keyboard.type('secretStorRef: x\n');
  await expect(edit.yamlProblems).toContainText(/in line \d+: .*secretStorRef/);
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(edit.yamlProblems).toHaveCount(0);

  await edit.cursorAfter('planeID:');
  await page.keyboard.press('Enter');
  await page.keyboard.type('obs');
  const proposals = page.getByRole('listbox');
  await proposals.getByRole('option', { name: /observabilityPlaneRef/ }).click();
  await page.keyboard.type('ki');
  await proposals.getByRole('option', { name: /kind/ }).click();
  await page.keyboard.press('Control+Space');
  await proposals.getByRole('option', { name: 'ClusterObservabilityPlane' }).click();
  await page.keyboard.press('Enter');
  await page.keyboard.type('name: company');
  // What stands there may be right and lead nowhere: a warning, which stops nobody.
  await expect(edit.yamlProblems).toHaveText(
    /^Warning in line \d+: There is no cluster observability plane named company\./,
  );
  await edit.typeValue('region:', 'us');
  await edit.review();
  await expect(edit.difference).toContainText('kind: ClusterObservabilityPlane');
  await edit.save();
  const after = await installation.read(plane);
  expect(after.spec).toEqual({
    ...(before.spec as object),
    observabilityPlaneRef: { kind: 'ClusterObservabilityPlane', name: 'company' },
  });
  expect(after.metadata.labels).toEqual({ region: 'us' });
});

test('YAML that cannot be read keeps the form shut, and is kept', async ({ installation, page }) => {
  const plane = aPlane('half-typed');
  await installation.add(plane);
  const edit = new EditPage(page);
  await edit.open(plane, 'yaml');
  await edit.cursorAfter('planeID:');
  await page.keyboard.type('\n  : : [');
  await expect(edit.reviewButton).toBeDisabled();
  await page.getByRole('radio', { name: 'Form' }).click({ force: true });
  await expect(page.getByText('The YAML cannot be read: mend it first.')).toBeVisible();
  await expect(edit.yaml).toContainText(': : [');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(edit.yaml).not.toContainText(': : [');
});

test('Unsaved changes outlive the way to the fleet and a reload; they are in both views, and can be discarded', async ({
  installation,
  page,
}) => {
  const plane = aPlane('unsaved');
  await installation.add(plane);
  const edit = new EditPage(page);
  await edit.open(plane, 'form');
  await edit.input('Secret store').fill('half-done');
  await page.getByRole('link', { name: 'Fleet', exact: true }).first().click();
  await expect(page.getByRole('table', { name: 'Planes' })).toBeVisible();
  await page.goBack();
  await expect(edit.input('Secret store')).toHaveValue('half-done');
  await page.reload();
  await expect(edit.input('Secret store')).toHaveValue('half-done');
  await page.getByText('YAML', { exact: true }).first().click();
  await expect(edit.yaml).toContainText('name: half-done');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(edit.yaml).toContainText('name: vault');
  expect((await installation.read(plane)).spec).toMatchObject({ secretStoreRef: { name: 'vault' } });
});

test.describe('A plane that is deleted and made anew while it is edited', () => {
  // What is read again because the plane changed may find it gone before the feed has told.
  test.use({ expectedErrors: [/Failed to load resource: .*404/] });

  test('keeps what was typed in sight, and gives it to the new one when asked', async ({
    installation,
    page,
  }) => {
    const plane = aPlane('born-again');
    await installation.add(plane);
    const edit = new EditPage(page);
    await edit.open(plane, 'form');
    await edit.input('Description').fill('Typed before it was deleted');
    await installation.kube.delete(
      `/apis/openchoreo.dev/v1alpha1/namespaces/${NAMESPACE}/dataplanes/born-again`,
    );
    const alert = page.getByRole('alert').filter({ hasText: 'Plane born-again has been deleted.' });
    await expect(alert).toBeVisible(NOTICED);
    await expect(alert).not.toContainText('Below is');
    await expect(edit.card('Your edit, which was not saved')).toContainText('Typed before it was deleted');
    await expect(page.getByRole('button', { name: 'Copy the YAML' })).toBeVisible();
    await installation.add({ ...plane, id: 'born-again-2', displayName: 'Made anew' });
    await alert.getByRole('button', { name: 'Show the new one' }).click(NOTICED);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Edit Made anew');
    // Whoever reloads before going on finds it as well.
    await page.reload();
    await page.getByRole('button', { name: 'Take it over' }).click();
    await expect(edit.input('Description')).toHaveValue('Typed before it was deleted');
    await expect(page.getByText('This edit was begun on a plane that was deleted.')).toBeVisible();
    await edit.review();
    await edit.save();
    expect((await installation.read(plane)).metadata.annotations).toMatchObject(
      words('Made anew', 'Typed before it was deleted'),
    );
  });

  test('offers the new one on its page', async ({ installation, planePage, page }) => {
    const plane = aPlane('seen-again');
    await installation.add(plane);
    await planePage.open(plane);
    await installation.kube.delete(
      `/apis/openchoreo.dev/v1alpha1/namespaces/${NAMESPACE}/dataplanes/seen-again`,
    );
    const alert = page.getByRole('alert').filter({ hasText: 'Plane seen-again has been deleted.' });
    await expect(alert).toContainText('Below is the last that was known of it.', NOTICED);
    await expect(alert.getByRole('link', { name: 'Back to the fleet' })).toBeVisible();
    await installation.add({ ...plane, id: 'seen-again-2', displayName: 'Seen anew' });
    await alert.getByRole('button', { name: 'Show the new one' }).click(NOTICED);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Seen anew');
    await expect(page.getByText('has been deleted')).toHaveCount(0);
  });
});

test.describe('A plane whose name was made elsewhere, and is far too long', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('keeps its pages in shape: three lines at most, and nothing beside the screen', async ({
    installation,
    page,
  }) => {
    const plane = aPlane('long-named', { displayName: 'x'.repeat(3000) });
    await installation.add(plane);
    for (const [search, title] of [
      ['', 'xxx'],
      ['?edit=form', 'Edit xxx'],
      ['?replace=agent-ca', 'Replace the certificate'],
      ['?delete=1', 'Delete xxx'],
    ] as const) {
      await page.goto(`${pageOf(plane)}${search}`);
      const heading = page.getByRole('heading', { level: 1 });
      await expect(heading).toContainText(title);
      const { height, right } = await heading.evaluate((element) => element.getBoundingClientRect());
      expect([search, height < 100, right <= 390]).toEqual([search, true, true]);
      const sideways = await page
        .getByRole('main')
        .evaluate((main) =>
          [main, ...main.querySelectorAll('*')].some(
            (element) =>
              /auto|scroll/.test(getComputedStyle(element).overflowY) &&
              element.clientWidth > 300 &&
              element.scrollWidth > element.clientWidth,
          ),
        );
      expect([search, sideways]).toEqual([search, false]);
    }
  });
});

test('A conflict shows both sides and overwrites nothing; what others changed elsewhere is taken up', async ({
  installation,
  page,
}) => {
  const plane = aPlane('contested');
  await installation.add(plane);
  const edit = new EditPage(page);
  await edit.open(plane, 'form');
  await edit.input('Secret store').fill('mine');
  await installation.patch(plane, { metadata: { labels: { region: 'us', team: 'theirs' } } });
  await expect(page.getByText('Somebody else changed this plane meanwhile.')).toBeVisible();
  await expect(page.getByText('metadata.labels.team')).toBeVisible();
  await installation.patch(plane, { spec: { secretStoreRef: { name: 'theirs' } } });
  await expect(edit.conflicts).toContainText('spec.secretStoreRef.name');
  for (const side of ['vault', 'mine', 'theirs']) await expect(edit.conflicts).toContainText(side);
  expect((await installation.read(plane)).spec).toMatchObject({ secretStoreRef: { name: 'theirs' } });
  await expect(edit.conflicts.getByRole('button', { name: 'Go on' })).toBeDisabled();
  await edit.conflicts.getByRole('radio', { name: 'Yours' }).check();
  await edit.conflicts.getByRole('button', { name: 'Go on' }).click();
  await edit.review();
  await edit.save();
  const after = await installation.read(plane);
  expect(after.spec).toMatchObject({ secretStoreRef: { name: 'mine' } });
  expect(after.metadata.labels).toEqual({ region: 'us', team: 'theirs' });
});

test('A change between the difference and saving is shown as a conflict too; theirs can be kept', async ({
  installation,
  page,
}) => {
  const plane = aPlane('late-conflict');
  await installation.add(plane);
  const edit = new EditPage(page);
  await edit.open(plane, 'form');
  await edit.input('Secret store').fill('mine');
  await edit.input('Display name').fill('Mine too');
  await edit.review();
  await installation.patch(plane, { spec: { secretStoreRef: { name: 'theirs' } } });
  await edit.saveButton.click({ timeout: 2_000 }).catch(() => {
    // The page may have heard of it first: then there is nothing to save any more.
  });
  await expect(edit.conflicts).toContainText('spec.secretStoreRef.name');
  expect((await installation.read(plane)).spec).toMatchObject({ secretStoreRef: { name: 'theirs' } });
  await edit.conflicts.getByRole('radio', { name: /^Theirs/ }).check();
  await edit.conflicts.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('The API server accepts the change.')).toBeVisible();
  await edit.save();
  const after = await installation.read(plane);
  expect(after.spec).toMatchObject({ secretStoreRef: { name: 'theirs' } });
  expect(after.metadata.annotations).toMatchObject({ 'openchoreo.dev/display-name': 'Mine too' });
});

test.describe('0.3', () => {
  test.use({ release: '0.3' });

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
      oncePartOfSpec: { note: applied },
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
