import type { Locator } from '@playwright/test';
import type { Release } from '@/demo/crds/profiles';
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

/** Types each into the input; beside it stands its sentence, nothing typed is lost, and the step cannot be left. */
async function expectProblems(
  wizard: RegistrationPage,
  find: () => Locator,
  cases: readonly InvalidText[],
): Promise<void> {
  for (const { what, typed, problem } of cases) {
    await test.step(what, async () => {
      const text = typeof typed === 'string' ? typed : typed(material);
      const sentence = typeof problem === 'string' ? problem : problem(material);
      await find().fill(text);
      await find().blur();
      // A sentence elsewhere on the page would not do; what a certificate is found to be stands with its facts.
      const field = find().locator('xpath=ancestor::*[@data-field][1]');
      const credential = find().locator('xpath=ancestor::fieldset[starts-with(@data-field, "credentials.")]');
      await expect(field.or(credential).getByText(sentence).first()).toBeVisible();
      await expect(find()).toHaveValue(text);
    });
  }
  await test.step('with any of them the step cannot be left', async () => {
    const heading = await wizard.form.getByRole('heading', { level: 2 }).textContent();
    await wizard.form.getByRole('button', { name: /^(Continue|Checking)/ }).click();
    await expect(wizard.form.getByRole('status').last()).toHaveText(/to fix before you can go on\.$/);
    await expect(wizard.form.getByRole('heading', { level: 2 })).toHaveText(heading ?? '');
  });
}

/** A table of tests: a page is opened once for each input, not once for each mistake. */
function inputs(
  release: Release,
  query: string,
  tables: readonly (readonly [string, readonly InvalidText[], Prepare?])[],
): void {
  test.describe(`Release ${release} at ${query}`, () => {
    test.use({ release });
    test.beforeEach(async ({ installation }) => {
      await ensureNamespace(installation.controlPlane.client, NAMESPACE);
      await ensureNamespace(installation.controlPlane.client, CONTROL_PLANE_NAMESPACE);
    });
    for (const [label, cases, prepare] of tables) {
      test(`${label}: ${cases.map(({ what }) => what).join(', ')}`, async ({ wizard }) => {
        await wizard.open(query);
        const box = (await prepare?.(wizard)) ?? wizard.form;
        // A choice of the same name, such as that of a bearer token, is no input.
        const input = box.getByLabel(label, { exact: true }).and(wizard.page.locator(':not([type=radio])'));
        await expectProblems(wizard, () => input, cases);
      });
    }
  });
}

/** Gets to the input; the box that it stands in comes back where its label alone does not tell it. */
type Prepare = (wizard: RegistrationPage) => Promise<Locator | undefined>;

const direct =
  (...radios: string[]): Prepare =>
  async ({ page }) => {
    for (const name of ['The control plane calls the cluster', ...radios])
      await page.getByRole('radio', { name, exact: true }).check();
    return undefined;
  };

const ingress =
  (listener: string): Prepare =>
  async (wizard) => {
    await wizard.page.getByRole('button', { name: 'Add ingress from outside' }).click();
    await wizard.page.getByRole('button', { name: `Add ${listener}` }).click();
    return wizard.group(listener);
  };

inputs('1.2', '?kind=clusterdataplanes', [
  ['Name', NAMES],
  ['Plane ID', PLANE_IDS],
]);
inputs('1.2', '?kind=dataplanes&step=connection', [
  ['CA that verifies the agent', AGENT_CAS],
  [
    'Key',
    SECRET_KEYS,
    async ({ page }) => {
      await page.getByText('Where it is stored:').click();
      return undefined;
    },
  ],
]);
inputs('1.2', '?kind=dataplanes&step=services', [
  ['Host', HOSTS, ingress('HTTPS listener')],
  ['Port', PORTS, ingress('HTTPS listener')],
]);
inputs('1.2', '?kind=observabilityplanes&step=services', [['Observer URL', WEB_URLS]]);
inputs('0.7', '?kind=dataplanes&step=connection', [
  ['Address of the API server', SERVERS, direct()],
  ['Private key of the client', CLIENT_KEYS, direct()],
  ['Bearer token', TOKENS, direct('Bearer token')],
]);
inputs('0.3', '?kind=dataplanes&step=services', [['Registry prefix', REGISTRIES]]);

test('what is added after a failed Continue is not called wrong before it was left, or the step was to be left again', async ({
  wizard,
  page,
}) => {
  const invalid = wizard.form.locator('[aria-invalid=true]');
  const goOn = wizard.form.getByRole('button', { name: /^Continue/ });
  await wizard.open('?kind=dataplanes&step=services');
  await page.getByRole('button', { name: 'Add ingress from outside' }).click();
  await expect(wizard.group('Ingress from outside')).toBeVisible();
  await expect(invalid).toHaveCount(0);
  await goOn.click();
  await expect(invalid).toHaveCount(2);
  await expect(wizard.form).toContainText('2 things to fix');

  await page.getByRole('button', { name: 'Add egress to the outside' }).click();
  const added = wizard.group('Egress to the outside');
  await expect(added.getByLabel('Gateway', { exact: true })).toBeFocused();
  await expect(invalid).toHaveCount(2);
  await expect(wizard.form).toContainText('2 things to fix');
  await page.keyboard.press('Tab');
  await expect(added.getByLabel('Gateway', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(invalid).toHaveCount(3);

  await goOn.click();
  await expect(invalid).toHaveCount(4);
  await expect(wizard.form).toContainText('4 things to fix');
});
