import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { parse } from 'yaml';
import { expect, test } from '@/e2e/support/registration-test';
import type { JsonObject } from '@/lib/plane/json/json';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { chartFailures } from '@/testing/plane/chart-demands';

test.beforeEach(async ({ installation }) => {
  await ensureNamespace(installation.controlPlane.client, CONTROL_PLANE_NAMESPACE);
});

const installationOf = (page: Page) => page.locator('details', { hasText: 'Agent installation' });

async function downloadedValues(page: Page): Promise<string> {
  const download = page.waitForEvent('download');
  await installationOf(page).getByRole('button', { name: 'Download' }).click();
  return readFile(await (await download).path(), 'utf8');
}

async function fillCommon(page: Page, version: string): Promise<void> {
  await page.getByLabel('Chart version', { exact: true }).fill(version);
  await page.getByLabel("kubectl context of the plane's cluster").fill('plane');
  await page.getByLabel('kubectl context of the control plane').fill('cp');
  await page.getByLabel('Gateway address').fill('wss://gateway.example.com:8443/ws');
}

test('the page asks for what an observability chart requires, and writes a values file that it takes', async ({
  page,
}) => {
  await page.goto('/register/connect/observabilityplanes/acme/obs?planeID=obs');
  await fillCommon(page, '1.2.3');
  const commands = installationOf(page);
  await expect(commands).toContainText(
    "Fill in the gateway host name, Secret of the gateway's certificate, Secret of the observer, address of the OpenChoreo API and address of the observer to copy all commands.",
  );
  await expect(page.getByRole('textbox', { name: 'Secret for OpenSearch' })).toHaveCount(0);
  await page.getByRole('textbox', { name: 'Gateway host name' }).fill('*.observability.example.com');
  await page.getByRole('textbox', { name: "Secret of the gateway's certificate" }).fill('gateway-tls');
  await page.getByRole('textbox', { name: 'Secret of the observer' }).fill('observer');
  await page
    .getByRole('textbox', { name: 'Address of the OpenChoreo API' })
    .fill('https://api.openchoreo.invalid');
  await expect(commands).toContainText('The domain .invalid is the placeholder of the chart');
  await page.getByRole('textbox', { name: 'Address of the OpenChoreo API' }).fill('https://api.example.com');
  await page.getByRole('textbox', { name: 'Address of the observer' }).fill('https://observer.example.com');
  await expect(page.getByRole('button', { name: 'Copy all as script' })).toBeVisible();
  expect(chartFailures('observability', '1.2', parse(await downloadedValues(page)) as JsonObject)).toEqual(
    [],
  );

  await test.step('another release has other settings', async () => {
    await page.getByLabel('Chart version', { exact: true }).fill('1.0.0');
    await page.getByRole('textbox', { name: 'Secret for OpenSearch' }).fill('opensearch');
    const values = parse(await downloadedValues(page)) as JsonObject;
    expect(chartFailures('observability', '1.0', values)).toEqual([]);
    await expect(commands).toContainText('check observer OPENSEARCH_PASSWORD');
  });

  await test.step('what was entered is there after a reload', async () => {
    await page.reload();
    await expect(page.getByRole('textbox', { name: 'Secret of the observer' })).toHaveValue('observer');
    await expect(page.getByLabel('Chart version', { exact: true })).toHaveValue('1.0.0');
  });
});

test('a setting can be left to fill in later, and the command then refuses an unfinished file', async ({
  page,
}) => {
  await page.goto('/register/connect/dataplanes/acme/prod?planeID=prod');
  await fillCommon(page, '0.16.0');
  const commands = installationOf(page);
  await expect(commands).toContainText(
    "Fill in the gateway host name and Secret of the gateway's certificate first.",
  );
  await page.getByRole('textbox', { name: "Secret of the gateway's certificate" }).fill('gateway-tls');
  await page.getByLabel("I'll fill this in later: Gateway host name").check();
  await expect(commands).toContainText("if grep -n '<fill in' prod-data-plane-values.yaml");
  expect(await downloadedValues(page)).toContain('hostname: "<fill in: Gateway host name>"');
  await page.getByLabel("The plane's gateway serves HTTPS").uncheck();
  await expect(commands).not.toContainText('<fill in');
  const values = parse(await downloadedValues(page)) as JsonObject;
  expect(chartFailures('data', '0.16', values)).toEqual([]);
});

test('the certificate that the agent connects with is a choice, with a CA of its own first', async ({
  page,
}) => {
  await page.goto('/register/connect/workflowplanes/acme/ci?planeID=ci');
  await fillCommon(page, '1.2.3');
  const commands = installationOf(page);
  await expect(page.getByRole('radio', { name: 'A CA for this plane (recommended)' })).toBeChecked();
  await expect(commands).toContainText('rotationPolicy: Never');
  await page.getByRole('radio', { name: "The chart's self-signed certificate" }).check();
  await expect(commands).toContainText('generateCerts: true');
  await expect(commands).not.toContainText('rotationPolicy');
  await expect(commands).toContainText(/Installed today, it's replaced around \d{4}-\d\d-\d\d/);
  await page.getByRole('radio', { name: "Your organization's CA" }).check();
  await expect(commands).toContainText('Fill in the Secret of the CA first.');
  await page.getByRole('textbox', { name: 'Secret of the CA' }).fill('company-agent-ca');
  await expect(commands).toContainText('caSecretName: "company-agent-ca"');
  await page.reload();
  await expect(page.getByRole('radio', { name: "Your organization's CA" })).toBeChecked();

  // A colleague who follows the link gets the same commands.
  await page.goto(
    '/register/connect/workflowplanes/acme/other?planeID=other&certificate=company-ca&caSecret=shared-ca',
  );
  await expect(commands).toContainText('caSecretName: "shared-ca"');
  await expect(commands.getByText('This comes from the link you followed.')).toHaveCount(1);
  await page.goto(
    '/register/connect/observabilityplanes/acme/obs2?planeID=obs2&version=1.2.3&controlPlaneApiUrl=https://elsewhere.example',
  );
  const proposed = commands.getByText('This comes from the link you followed.');
  await expect(proposed).toHaveCount(1);
  await page.getByRole('textbox', { name: 'Address of the OpenChoreo API' }).fill('https://api.example.com');
  await expect(proposed).toHaveCount(0);
});

test('a chart that does not exist for this role is an error beside its field', async ({ page }) => {
  await page.goto('/register/connect/workflowplanes/acme/ci?planeID=ci');
  await page.getByLabel('Chart version', { exact: true }).fill('0.16.0');
  await expect(installationOf(page)).toContainText('Workflow planes exist since release 1.0.');
  await page.getByLabel('Chart version', { exact: true }).fill('1.9.0');
  await expect(installationOf(page)).toContainText("Compare with the chart's own values");
});
