import { tabTo } from '@/e2e/support/accessibility';
import { expect, test } from '@/e2e/support/registration-test';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { storedPlanes } from '@/testing/installation/installation';
import { agentCaPem, DATA_PLANE, NAME, NAMESPACE, prodPlane } from '@/testing/plane/prod-plane';

const CA = 'Agent CA';

let caPem: string;
test.beforeAll(async () => {
  caPem = await agentCaPem();
});
test.beforeEach(async ({ installation }) => {
  await ensureNamespace(installation.controlPlane.client, NAMESPACE);
});

test('a plane can be registered by keyboard alone, from the fleet to the setup page', async ({
  wizard,
  page,
  installation,
}) => {
  const { keyboard } = page;
  const continueButton = wizard.form.getByRole('button', { name: /^Continue/ });
  await page.goto('/');
  await tabTo(page, page.getByRole('link', { name: 'Register', exact: false }).first());
  await keyboard.press('Enter');
  await expect(wizard.heading('kind')).toBeVisible();

  await tabTo(page, page.getByRole('radio').first());
  await keyboard.press('Space');
  await expect(wizard.kind(DATA_PLANE)).toBeChecked();
  await tabTo(page, continueButton);
  await keyboard.press('Enter');

  await expect(wizard.heading('identity')).toBeFocused();
  await tabTo(page, wizard.input('Namespace'));
  await keyboard.type(NAMESPACE);
  await expect(wizard.input('Namespace')).toHaveValue(NAMESPACE);
  await tabTo(page, wizard.input('Name'));
  await keyboard.type(NAME);
  await keyboard.press('Enter');

  await expect(wizard.heading('connection')).toBeFocused();
  await tabTo(page, wizard.input(CA));
  await keyboard.insertText(caPem);
  await expect(wizard.group(CA)).toContainText('company agents');
  await tabTo(page, continueButton);
  await keyboard.press('Enter');

  await expect(wizard.heading('services')).toBeFocused();
  await tabTo(page, continueButton);
  await keyboard.press('Enter');

  await expect(wizard.heading('review')).toBeFocused();
  await expect(wizard.verdict).toBeVisible();
  await tabTo(page, wizard.registerButton);
  await keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: `Connect ${NAME}` })).toBeVisible();
  expect((await storedPlanes(installation)).map(({ metadata }) => metadata.name)).toEqual([NAME]);
});

test('errors are announced, and the first invalid field gets the focus', async ({ wizard, page }) => {
  await wizard.open();
  await wizard.form.getByRole('button', { name: 'Continue' }).click();
  await expect(wizard.form.getByRole('status').last()).toHaveText('Choose a kind.');
  await expect(page.getByRole('radio').first()).toBeFocused();
  await wizard.chooseKind(DATA_PLANE);
  await wizard.goOn('identity');
  await wizard.form.getByRole('button', { name: /^Continue/ }).click();
  await expect(wizard.form.getByRole('status').last()).toHaveText('2 fields need attention.');
  await expect(wizard.input('Namespace')).toBeFocused();
  for (const [label, sentence] of [
    ['Namespace', 'Choose a namespace.'],
    ['Name', 'Enter a name, such as prod-eu.'],
  ] as const) {
    await expect(wizard.input(label)).toHaveAttribute('aria-invalid', 'true');
    await expect(wizard.input(label)).toHaveAccessibleDescription(new RegExp(`${sentence}$`));
    // Screen readers announce a message only in a live region that existed before it.
    await expect(page.locator('[aria-live=polite]', { hasText: sentence })).toBeVisible();
  }
  await wizard.fillIdentity({ ...prodPlane(caPem), name: 'Prod' });
  await wizard.form.getByRole('button', { name: /^Continue/ }).click();
  await expect(wizard.input('Name')).toBeFocused();
  await expect(wizard.form.getByRole('status').last()).toHaveText('1 field needs attention.');
});

test('an error in the review links to its step and field', async ({ wizard, page }) => {
  await wizard.open('?kind=dataplanes');
  await wizard.fillIdentity(prodPlane(caPem));
  await page.getByRole('link', { name: /^Review/ }).click();
  const problem = 'Paste the agent CA, or choose the Secret that contains it.';
  await expect(wizard.form).toContainText(problem);
  await wizard.form.getByRole('listitem').filter({ hasText: problem }).getByRole('button').press('Enter');
  await expect(wizard.heading('connection')).toBeVisible();
  await expect(wizard.input(CA)).toBeFocused();
});

test('adding a group focuses its first field, and removing it focuses the button that adds it', async ({
  wizard,
  page,
}) => {
  await wizard.open('?kind=dataplanes&step=services');
  await page.getByRole('button', { name: 'Add external ingress' }).press('Enter');
  await expect(wizard.group('External ingress').getByRole('textbox').first()).toBeFocused();
  await page.getByRole('button', { name: 'Remove external ingress' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Add external ingress again' })).toBeFocused();
});
