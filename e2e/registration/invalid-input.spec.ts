import type { Locator } from '@playwright/test';
import type { Release } from '@/demo/crds/profiles';
import { onRelease } from '@/e2e/support/on-release';
import type { RegistrationPage } from '@/e2e/support/registration-page';
import { expect, test } from '@/e2e/support/registration-test';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { NAMESPACE } from '@/testing/plane/prod-plane';
import { createInvalidMaterial, type InvalidMaterial } from './invalid-material';
import {
  AGENT_CAS,
  CLIENT_KEYS,
  HOSTS,
  type InvalidText,
  NAMES,
  PLANE_IDS,
  PORTS,
  REGISTRIES,
  SECRET_KEYS,
  SERVERS,
  TOKENS,
  WEB_URLS,
} from './invalid-texts';

let material: InvalidMaterial;
test.beforeAll(async () => {
  material = await createInvalidMaterial();
});

/** Types each text, and expects its problem beside the input, the text unchanged, and Continue to be blocked. */
async function expectProblems(
  wizard: RegistrationPage,
  find: () => Locator,
  cases: readonly InvalidText[],
): Promise<void> {
  for (const { what, typed, problem } of cases) {
    await test.step(what, async () => {
      const text = typeof typed === 'string' ? typed : typed(material);
      const message = typeof problem === 'string' ? problem : problem(material);
      await find().fill(text);
      await find().blur();
      // The message must be at its field, or with the inspection result if it is about a certificate.
      const field = find().locator('xpath=ancestor::*[@data-field][1]');
      const credential = find().locator('xpath=ancestor::fieldset[starts-with(@data-field, "credentials.")]');
      await expect(field.or(credential).getByText(message).first()).toBeVisible();
      await expect(find()).toHaveValue(text);
    });
  }
  await test.step('Continue is blocked', async () => {
    const heading = await wizard.form.getByRole('heading', { level: 2 }).textContent();
    await wizard.form.getByRole('button', { name: /^(Continue|Checking)/ }).click();
    await expect(wizard.form.getByRole('status').last()).toHaveText(/needs? attention\.$/);
    await expect(wizard.form.getByRole('heading', { level: 2 })).toHaveText(heading ?? '');
  });
}

/** Defines one test for each input. A test opens the page once and tries every invalid text. */
function testInputs(
  release: Release,
  query: string,
  tables: readonly (readonly [string, readonly InvalidText[], Prepare?])[],
): void {
  test.describe(`release ${release} at ${query}`, onRelease(release), () => {
    test.beforeEach(async ({ installation }) => {
      await ensureNamespace(installation.controlPlane.client, NAMESPACE);
      await ensureNamespace(installation.controlPlane.client, CONTROL_PLANE_NAMESPACE);
    });
    for (const [label, cases, prepare] of tables) {
      test(`${label} rejects ${cases.map(({ what }) => what).join(', ')}`, async ({ wizard }) => {
        await wizard.open(query);
        const scope = (await prepare?.(wizard)) ?? wizard.form;
        // A radio button can have the same label, such as "Bearer token".
        const input = scope.getByLabel(label, { exact: true }).and(wizard.page.locator(':not([type=radio])'));
        await expectProblems(wizard, () => input, cases);
      });
    }
  });
}

/** Navigates to the input. Returns its group if the label alone is ambiguous. */
type Prepare = (wizard: RegistrationPage) => Promise<Locator | undefined>;

const direct =
  (...radios: string[]): Prepare =>
  async ({ page }) => {
    for (const name of ['The control plane connects to the cluster', ...radios])
      await page.getByRole('radio', { name, exact: true }).check();
    return undefined;
  };

const ingress =
  (listener: string): Prepare =>
  async (wizard) => {
    await wizard.page.getByRole('button', { name: 'Add external ingress' }).click();
    await wizard.page.getByRole('button', { name: `Add ${listener}` }).click();
    return wizard.group(listener);
  };

testInputs('1.2', '?kind=clusterdataplanes', [
  ['Name', NAMES],
  ['Plane ID', PLANE_IDS],
]);
testInputs('1.2', '?kind=dataplanes&step=connection', [
  ['Agent CA', AGENT_CAS],
  [
    'Key',
    SECRET_KEYS,
    async ({ page }) => {
      await page.getByText('Stored in:').click();
      return undefined;
    },
  ],
]);
testInputs('1.2', '?kind=dataplanes&step=services', [
  ['Host', HOSTS, ingress('HTTPS listener')],
  ['Port', PORTS, ingress('HTTPS listener')],
]);
testInputs('1.2', '?kind=observabilityplanes&step=services', [['Observer URL', WEB_URLS]]);
testInputs('0.7', '?kind=dataplanes&step=connection', [
  ['API server URL', SERVERS, direct()],
  ['Client private key', CLIENT_KEYS, direct()],
  ['Bearer token', TOKENS, direct('Bearer token')],
]);
testInputs('0.3', '?kind=dataplanes&step=services', [['Registry prefix', REGISTRIES]]);

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
