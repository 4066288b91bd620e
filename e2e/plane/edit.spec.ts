import type { Page } from '@playwright/test';
import { EditPage, editablePlane, nameAnnotations } from '@/e2e/support/edit-page';
import { loseAnswers } from '@/e2e/support/lose-answers';
import { expect, test } from '@/e2e/support/plane-test';
import { z } from '@/lib/zod';
import type { SimulatedInstallation } from '@/testing/installation/simulated-installation';
import { connectedPlane, pageOf } from '@/testing/installation/simulated-planes';

// The browser logs the API's answer to a conflict.
test.use({ expectedErrors: [/Failed to load resource: .*409/] });

test('display name and description are edited inline, and an empty description is removed', async ({
  installation,
  planePage,
  page,
}) => {
  const plane = editablePlane('named');
  await installation.add(plane);
  const { spec } = await installation.read(plane);
  await planePage.open(plane);
  await page.getByRole('button', { name: 'Edit display name' }).click();
  const name = page.getByRole('textbox', { name: 'Display name' });
  await expect(name).toHaveValue('Plane named');
  await name.fill('Named anew');
  await name.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Named anew');
  await expect(page.getByRole('button', { name: 'Edit display name' })).toBeFocused();
  const description = page.getByRole('paragraph').filter({ hasText: 'What it is for' });
  await page.getByRole('button', { name: 'Add description' }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('What it is for');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(description).toBeVisible();
  expect((await installation.read(plane)).metadata.annotations).toMatchObject(
    nameAnnotations('Named anew', 'What it is for'),
  );
  // Escape discards the edit.
  await page.getByRole('button', { name: 'Edit description' }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('Not meant');
  await page.keyboard.press('Escape');
  await expect(description).toBeVisible();
  await page.getByRole('button', { name: 'Edit description' }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Add description' })).toBeVisible();
  const after = await installation.read(plane);
  expect(after.metadata.annotations).not.toHaveProperty(['openchoreo.dev/description']);
  expect(after.spec).toEqual(spec);
});

test('the form shows errors beside their fields, then the difference, and changes only edited fields', async ({
  installation,
  planePage,
  page,
}) => {
  const plane = editablePlane('by-form');
  await installation.add(plane);
  const before = await installation.read(plane);
  const edit = new EditPage(page);
  await planePage.open(plane);
  await planePage.act('Edit plane');
  await expect(page.getByRole('heading', { level: 1, name: 'Edit Plane by-form' })).toBeVisible();
  await expect(edit.reviewButton).toBeDisabled();

  const ingress = page.getByRole('group', { name: /^External ingress/ });
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
  await expect(page.getByRole('status').filter({ hasText: '2 fields changed' })).toBeVisible();
  await edit.review();
  await expect(edit.difference).toContainText('added: ');
  await expect(edit.difference).toContainText('port: 8443');
  await expect(edit.difference).toContainText('name: other-store');
  // Reviewing doesn't save.
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
  await expect(planePage.card('Field managers')).toContainText('planeboard');
});

test('the YAML editor completes and explains fields from the schema, reports problems by line, and saves', async ({
  installation,
  page,
}) => {
  const plane = editablePlane('by-yaml');
  await installation.add(plane);
  const before = await installation.read(plane);
  const edit = new EditPage(page);
  await edit.open(plane, 'yaml');
  // Only editable fields are shown.
  for (const hidden of ['status:', 'finalizers:', 'managedFields', 'resourceVersion', 'uid:'])
    await expect(edit.yaml).not.toContainText(hidden);
  await edit.line('secretStoreRef').hover({ position: { x: 40, y: 8 } });
  const hover = page.locator('.cm-field-info');
  await expect(hover).toContainText('spec.secretStoreRef');
  await expect(hover).toContainText('Name of the ClusterSecretStore');

  // No release has this field.
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
  // A dangling reference is valid: it causes a warning, which doesn't prevent saving.
  await expect(edit.yamlProblems).toHaveText(
    /^Warning in line \d+: The cluster observability plane company doesn't exist\./,
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

test("invalid YAML blocks the form view and isn't lost", async ({ installation, page }) => {
  const plane = editablePlane('half-typed');
  await installation.add(plane);
  const edit = new EditPage(page);
  await edit.open(plane, 'yaml');
  await edit.cursorAfter('planeID:');
  await page.keyboard.type('\n  : : [');
  await expect(edit.reviewButton).toBeDisabled();
  await page.getByRole('radio', { name: 'Form' }).click({ force: true });
  await expect(page.getByText('The YAML is invalid. Fix it to open the form.')).toBeVisible();
  await expect(edit.yaml).toContainText(': : [');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(edit.yaml).not.toContainText(': : [');
});

test('an observability plane can be chosen and unset', async ({ installation, page }) => {
  await installation.add(
    connectedPlane('edit-watchers', { kind: 'ObservabilityPlane', namespace: 'changing' }),
  );
  const plane = editablePlane('observed');
  await installation.add(plane);
  const edit = new EditPage(page);
  for (const [choice, stored] of [
    [/edit-watchers/, { kind: 'ObservabilityPlane', name: 'edit-watchers' }],
    [/^Not set/, undefined],
  ] as const) {
    await edit.open(plane, 'form');
    const input = edit.input('Observability plane');
    const label = await input.getByRole('option', { name: choice }).first().textContent();
    await input.selectOption({ label: label ?? '' });
    await edit.review();
    await edit.save();
    const { spec } = z.looseObject({ spec: z.looseObject({}) }).parse(await installation.read(plane));
    expect(spec.observabilityPlaneRef).toEqual(stored);
  }
});

test('unsaved changes survive navigation and a reload, appear in both views, and can be discarded', async ({
  installation,
  page,
}) => {
  const plane = editablePlane('unsaved');
  await installation.add(plane);
  const edit = new EditPage(page);
  await edit.open(plane, 'form');
  await edit.input('Secret store').click();
  await edit.input('Secret store').fill('half-done');
  const questions: string[] = [];
  page.on('dialog', async (dialog) => {
    questions.push(dialog.type());
    await dialog.accept();
  });
  await page.reload();
  expect(questions, 'The browser asks before unsaved changes are left.').toEqual(['beforeunload']);
  await expect(edit.input('Secret store')).toHaveValue('half-done');
  await page.getByRole('link', { name: 'Fleet', exact: true }).first().click();
  await expect(page.getByRole('table', { name: 'Planes' })).toBeVisible();
  await page.goBack();
  await expect(edit.input('Secret store')).toHaveValue('half-done');
  await page.getByText('YAML', { exact: true }).first().click();
  await expect(edit.yaml).toContainText('name: half-done');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(edit.yaml).toContainText('name: vault');
  expect((await installation.read(plane)).spec).toMatchObject({ secretStoreRef: { name: 'vault' } });
});

test.describe('a save without an answer', () => {
  test.use({ expectedErrors: [/Failed to load resource/] });

  const late = { secretStoreRef: { name: 'late' } };

  /** Edits the Secret store of a new plane, up to the review. */
  async function reviewedEdit(installation: SimulatedInstallation, page: Page, name: string) {
    const plane = editablePlane(name);
    await installation.add(plane);
    const edit = new EditPage(page);
    await edit.open(plane, 'form');
    await edit.input('Secret store').fill(late.secretStoreRef.name);
    await edit.review();
    return { plane, edit };
  }

  test('can be checked again and repeated if the request was lost', async ({ installation, page }) => {
    const { plane, edit } = await reviewedEdit(installation, page, 'request-lost');
    const restore = await loseAnswers(page, `**/api${pageOf(plane)}`, { method: 'PATCH' });
    await edit.saveButton.click();
    await expect(page.getByText('Outcome unknown: the change may have been saved.')).toBeVisible();
    await expect(edit.saveButton).toBeDisabled();
    await restore();
    await page.getByRole('button', { name: 'Check again' }).click();
    await expect(page.getByText('Dry run passed.')).toBeVisible();
    await edit.save();
    expect((await installation.read(plane)).spec).toMatchObject(late);
  });

  test('turns out to be stored if only the response was lost', async ({ installation, page }) => {
    const { plane, edit } = await reviewedEdit(installation, page, 'answer-lost');
    const restore = await loseAnswers(page, `**/api${pageOf(plane)}`, {
      method: 'PATCH',
      reachesServer: true,
    });
    await edit.saveButton.click();
    await expect(page.getByText('Your edit was saved after all.')).toBeVisible();
    await expect(page.getByText('Written elsewhere')).toHaveCount(0);
    await restore();
    expect((await installation.read(plane)).spec).toMatchObject(late);
  });
});

test.describe('a plane with a display name that is far too long', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('fits on every page of a phone: the title has three lines at most, and nothing overflows', async ({
    installation,
    page,
  }) => {
    const plane = editablePlane('long-named', { displayName: 'x'.repeat(3000) });
    await installation.add(plane);
    for (const [search, title] of [
      ['', 'xxx'],
      ['?edit=form', 'Edit xxx'],
      ['?replace=agent-ca', 'Replace certificate'],
      ['?delete=1', 'Delete xxx'],
    ] as const) {
      await page.goto(`${pageOf(plane)}${search}`);
      const heading = page.getByRole('heading', { level: 1 });
      await expect(heading).toContainText(title);
      const { height, right } = await heading.evaluate((element) => element.getBoundingClientRect());
      expect([search, height < 100, right <= 390]).toEqual([search, true, true]);
      const hasOverflow = await page
        .getByRole('main')
        .evaluate((main) =>
          [main, ...main.querySelectorAll('*')].some(
            (element) =>
              /auto|scroll/.test(getComputedStyle(element).overflowY) &&
              element.clientWidth > 300 &&
              element.scrollWidth > element.clientWidth,
          ),
        );
      expect([search, hasOverflow]).toEqual([search, false]);
    }
  });
});
