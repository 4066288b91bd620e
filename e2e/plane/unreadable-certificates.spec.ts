import { selfSignedAgent } from '@/demo/pki/certificate-authority';
import { expectAccessible } from '@/e2e/support/accessibility';
import { CanaryWatch } from '@/e2e/support/canary-watch';
import { ReplaceCredentialPage } from '@/e2e/support/plane-page';
import { expect, test } from '@/e2e/support/plane-test';
import { corpusText } from '@/testing/certificates/corpus';
import { ensureNamespace, readSecret } from '@/testing/control-plane/kube-objects';
import type { SimulatedInstallation } from '@/testing/installation/simulated-installation';
import type { SimulatedPlane } from '@/testing/installation/simulated-planes';

const NAMESPACE = 'unreadable';

/** Adds a plane whose CA is a text in a Secret. */
async function planeWith(
  installation: SimulatedInstallation,
  name: string,
  caText: string,
): Promise<SimulatedPlane> {
  const secret = `${name}-agent-ca`;
  const plane: SimulatedPlane = {
    kind: 'DataPlane',
    namespace: NAMESPACE,
    name,
    planeID: name,
    spec: { clusterAgent: { clientCA: { secretKeyRef: { name: secret, key: 'ca.crt' } } } },
  };
  await ensureNamespace(installation.kube, NAMESPACE);
  await installation.kube.post(`/api/v1/namespaces/${NAMESPACE}/secrets`, {
    metadata: { name: secret },
    stringData: { 'ca.crt': caText },
  });
  await installation.add(plane);
  return plane;
}

test("adding a certificate asks about one that can't be read, and keeps everything else that is stored", async ({
  installation,
  planePage,
  page,
}) => {
  const old = await selfSignedAgent('agent', { days: 90 });
  const renewed = await selfSignedAgent('agent', { days: 90 });
  const stored = `# ask Ana\n${old.keyPem}\n${old.certPem}\n${corpusText('a negative serial number')}`;
  const keyLine = old.keyPem.split('\n')[1] ?? '';
  const watch = new CanaryWatch(page.context());
  const plane = await planeWith(installation, 'mixed', stored);
  await planePage.open(plane);
  const finding = await planePage.finding('certificate-partly-unparsable');
  await expect(finding).toContainText(
    "Certificate 2 of 2 can't be read: its serial number is negative. The gateway skips it",
  );
  await expect(planePage.card('Agent CA')).toContainText(
    'Also stored there: a private key and a line of other text.',
  );

  await finding.getByRole('link', { name: 'Replace certificate' }).first().click();
  await page.getByLabel('New certificate', { exact: true }).fill(renewed.certPem);
  const question = page.getByRole('group', { name: "A stored certificate can't be read" });
  await expect(question).toContainText('-----BEGIN CERTIFICATE-----');
  const review = page.getByRole('button', { name: 'Review change' });
  await expect(review).toBeDisabled();
  await question.getByRole('radio', { name: 'Remove it' }).check();
  await expect(review).toBeEnabled();
  await question.getByRole('radio', { name: 'Keep it' }).check();
  await expectAccessible(page, 'the question about an unreadable certificate');
  const replace = new ReplaceCredentialPage(page);
  await review.click();
  await expect(replace.review).toContainText(
    'Also stored there, and kept unchanged: a private key and a line of other text.',
  );
  await expect(replace.review).toContainText(
    'This keeps an unreadable certificate, which the gateway skips.',
  );
  await replace.review.getByRole('button', { name: 'Add certificate', exact: true }).click();
  await expect(replace.card('3. Remove the old certificate')).toBeVisible();
  const text = (await readSecret(installation.kube, NAMESPACE, 'mixed-agent-ca'))?.['ca.crt'] ?? '';
  expect(text.startsWith(stored)).toBe(true);
  expect(text).toContain(renewed.certPem.trim());

  // Removing the old certificate asks again, and removes only what was chosen.
  await replace.card('3. Remove the old certificate').getByRole('radio', { name: 'Remove it' }).check();
  // There is no agent that could show the new certificate.
  await page.getByRole('checkbox', { name: /^Remove it anyway/ }).check();
  await page.getByRole('button', { name: 'Remove old certificate' }).click();
  await expect(replace.review).toContainText('This removes an unreadable certificate.');
  await replace.review.getByRole('button', { name: 'Remove certificate', exact: true }).click();
  await expect
    .poll(async () => (await readSecret(installation.kube, NAMESPACE, 'mixed-agent-ca'))?.['ca.crt'])
    .toBe(`# ask Ana\n${old.keyPem}\n${renewed.certPem.trim()}\n`);
  expect(await watch.leaks([keyLine, 'ask Ana'])).toEqual([]);
});

test("a pasted certificate is corrected, and rejected if that can't be done", async ({
  installation,
  planePage,
  page,
}) => {
  const old = await selfSignedAgent('agent', { days: 90 });
  const plane = await planeWith(installation, 'pasted', old.certPem);
  await planePage.open(plane);
  await planePage.card('Agent CA').getByRole('link', { name: 'Replace certificate' }).click();
  const input = page.getByLabel('New certificate', { exact: true });
  await input.fill(corpusText('no END'));
  await expect(page.getByText("The certificate can't be read: its END line is missing.")).toBeVisible();
  await expect(page.getByRole('button', { name: 'Review change' })).toBeDisabled();
  await input.fill(corpusText('a negative serial number'));
  await expect(
    page.getByText("The certificate can't be read: its serial number is negative.").first(),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Review change' })).toBeDisabled();
  await input.fill(`\uFEFF${corpusText('no line break between two')}`);
  await expect(
    page.getByText(
      "Detected: PEM, 2 certificates. Corrected before it's stored: invisible characters and a missing line break between two blocks.",
    ),
  ).toBeVisible();
  const replace = new ReplaceCredentialPage(page);
  await replace.write('Add certificate');
  await expect(replace.card('3. Remove the old certificate')).toBeVisible();
  const text = (await readSecret(installation.kube, NAMESPACE, 'pasted-agent-ca'))?.['ca.crt'] ?? '';
  expect(text).toBe(`${old.certPem.trim()}\n${corpusText('two certificates')}`);
});
