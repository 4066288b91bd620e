import type { Locator } from '@playwright/test';
import { onRelease } from '@/e2e/support/on-release';
import type { RegistrationPage } from '@/e2e/support/registration-page';
import { expect, test } from '@/e2e/support/registration-test';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { createInvalidMaterial, type InvalidMaterial } from '@/testing/plane/invalid-material';
import { NAMESPACE } from '@/testing/plane/prod-plane';

/**
 * How each shape of input reports a problem. The problem of every text is proven in the tables beside the rules:
 * `lib/plane/registration/invalid-texts.test.ts` and `lib/server/certificates/invalid-material.test.ts`.
 */

const DIRECT = 'The control plane connects to the cluster';
const REQUIRED = 'This is required.';
const PORT = 'A port is a whole number from 1 to 65535.';

let material: InvalidMaterial;
test.beforeAll(async () => {
  material = await createInvalidMaterial();
});
test.beforeEach(async ({ installation }) => {
  await ensureNamespace(installation.controlPlane.client, NAMESPACE);
  await ensureNamespace(installation.controlPlane.client, CONTROL_PLANE_NAMESPACE);
});

/** The message at an input's own field or, if it is about a certificate, with the result of its inspection. */
function messageAt(input: Locator, message: string): Locator {
  const field = input.locator('xpath=ancestor::*[@data-field][1]');
  const credential = input.locator('xpath=ancestor::fieldset[starts-with(@data-field, "credentials.")]');
  return field.or(credential).getByText(message).first();
}

/** Expects a problem beside an input, which keeps its text. */
async function expectProblem(input: Locator, typed: string, message: string): Promise<void> {
  await expect(messageAt(input, message)).toBeVisible();
  await expect(input).toHaveValue(typed);
}

/** Types a text whose problem shows during typing. */
async function expectProblemAtOnce(input: Locator, typed: string, message: string): Promise<void> {
  await input.fill(typed);
  await expectProblem(input, typed, message);
  await expect(input).toBeFocused();
}

/** Types a text whose problem shows only when the input loses the focus. */
async function expectProblemOnBlur(input: Locator, typed: string, message: string): Promise<void> {
  await input.fill(typed);
  await expect(messageAt(input, message)).toHaveCount(0);
  await input.blur();
  await expectProblem(input, typed, message);
}

/** Expects Continue to stay on the step and to count the fields with a problem. */
async function expectBlocked({ form }: RegistrationPage, count: RegExp): Promise<void> {
  const heading = await form.getByRole('heading', { level: 2 }).textContent();
  await form.getByRole('button', { name: /^(Continue|Checking)/ }).click();
  await expect(form.getByRole('status').last()).toHaveText(count);
  await expect(form.getByRole('heading', { level: 2 })).toHaveText(heading ?? '');
}

test('a name and a planeID report a problem during typing, an unfinished name on blur, and a choice at Continue', async ({
  wizard,
}) => {
  await wizard.open('?kind=dataplanes');
  const name = wizard.input('Name');
  const planeID = wizard.input('Plane ID');
  await expectProblemAtOnce(name, 'Prod-EU', 'Use only lowercase letters, such as prod-eu.');
  await expectProblemOnBlur(name, 'prod-', 'End with a letter or digit.');
  await expectProblemAtOnce(planeID, 'a'.repeat(64), 'Use at most 63 characters; this has 64.');
  await expect(messageAt(wizard.input('Namespace'), 'Choose a namespace.')).toHaveCount(0);
  await expectBlocked(wizard, /^3 fields need attention\.$/);
  await expectProblem(wizard.input('Namespace'), '', 'Choose a namespace.');
  await expect(name).toHaveValue('prod-');
  await expect(planeID).toHaveValue('a'.repeat(64));
});

test('a text and a number report a problem on blur, and empty required fields at Continue', async ({
  wizard,
  page,
}) => {
  await wizard.open('?kind=dataplanes&step=services');
  await page.getByRole('button', { name: 'Add external ingress' }).click();
  await page.getByRole('button', { name: 'Add HTTPS listener' }).click();
  const listener = wizard.group('HTTPS listener');
  await expectProblemOnBlur(
    listener.getByLabel('Host', { exact: true }),
    'https://api.example.com',
    'Remove https:// and enter only the host name, such as api.example.com.',
  );
  await expectProblemOnBlur(listener.getByLabel('Port', { exact: true }), '80.5', PORT);
  await expectBlocked(wizard, /^\d fields need attention\.$/);
  await expect(wizard.group('External ingress').getByText(REQUIRED)).toHaveCount(2);
  await expect(listener.getByLabel('Port', { exact: true })).toHaveValue('80.5');
});

test('a certificate reports the problem of its text at once, of its contents when inspected, and of its place on blur', async ({
  wizard,
  page,
}) => {
  await wizard.open('?kind=dataplanes&step=connection');
  const ca = wizard.input('Agent CA');
  await expectProblemAtOnce(
    ca,
    material.good.key,
    "This is a private key, which must stay where it's used. Enter the agent CA instead.",
  );
  await expectProblemAtOnce(ca, material.expired, `It expired on ${material.expiredOn}.`);
  await page.getByText('Stored in:').click();
  await expectProblemOnBlur(
    wizard.input('Key'),
    'tls/ca.crt',
    'Use only letters, digits, dashes, underscores and dots.',
  );
  await expectBlocked(wizard, /^\d fields? needs? attention\.$/);
  await expect(ca).toHaveValue(material.expired);
});

test.describe('direct access', onRelease('0.7'), () => {
  test('a URL, a private key, a token and a list report a problem', async ({ wizard, page }) => {
    await wizard.open('?kind=dataplanes&step=connection');
    await page.getByRole('radio', { name: DIRECT, exact: true }).check();
    await expectProblemOnBlur(
      wizard.input('API server URL'),
      'http://k8s.example.com:6443',
      'Start with https:// instead of http://.',
    );
    await expectProblemAtOnce(
      wizard.input('Client private key'),
      material.good.certificate,
      'This is a certificate. Enter its private key instead.',
    );
    await expectBlocked(wizard, /^\d fields need attention\.$/);
    await page.getByRole('radio', { name: 'Bearer token', exact: true }).check();
    await expectProblemAtOnce(
      wizard.input('Bearer token'),
      'Bearer abc.def',
      'Enter only the token, without "Bearer".',
    );

    await wizard.open('?kind=dataplanes&step=services');
    const secrets = wizard.group('Image pull secrets');
    await secrets.getByRole('button', { name: /^Add one/ }).click();
    await secrets.getByRole('textbox').blur();
    await expectProblem(secrets.getByRole('textbox'), '', REQUIRED);
  });
});

test('fields added after a failed Continue are marked invalid only on blur or on the next Continue', async ({
  wizard,
  page,
}) => {
  const invalid = wizard.form.locator('[aria-invalid=true]');
  const continueButton = wizard.form.getByRole('button', { name: /^Continue/ });
  await wizard.open('?kind=dataplanes&step=services');
  await page.getByRole('button', { name: 'Add external ingress' }).click();
  await expect(wizard.group('External ingress')).toBeVisible();
  await expect(invalid).toHaveCount(0);
  await continueButton.click();
  await expect(invalid).toHaveCount(2);
  await expect(wizard.form).toContainText('2 fields need attention');

  await page.getByRole('button', { name: 'Add external egress' }).click();
  const added = wizard.group('External egress');
  await expect(added.getByLabel('Gateway', { exact: true })).toBeFocused();
  await expect(invalid).toHaveCount(2);
  await expect(wizard.form).toContainText('2 fields need attention');
  await page.keyboard.press('Tab');
  await expect(added.getByLabel('Gateway', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(invalid).toHaveCount(3);

  await continueButton.click();
  await expect(invalid).toHaveCount(4);
  await expect(wizard.form).toContainText('4 fields need attention');
});
