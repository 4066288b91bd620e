import { selfSignedAgent } from '@/demo/pki/certificate-authority';
import { ReplaceCredentialPage } from '@/e2e/support/plane-page';
import { expect, test } from '@/e2e/support/plane-test';
import { readSecret } from '@/testing/control-plane/kube-objects';
import type { SimulatedInstallation } from '@/testing/installation/simulated-installation';
import { connectedPlane, type SimulatedPlane } from '@/testing/installation/simulated-planes';

const NAMESPACE = 'certificates-from-git';

for (const [where, ca, object] of [
  ['inline', 'leaf-inline', `DataPlane ${NAMESPACE}/certified-inline`],
  ['in a Secret', 'leaf-in-secret', `Secret ${NAMESPACE}/certified-in-secret-agent-ca`],
] as const) {
  test(`every step of replacing a certificate ${where} offers a patch for the source before it writes`, async ({
    installation,
    planePage,
    page,
  }) => {
    const name = object.replace(/^.*\/|-agent-ca$/g, '');
    const plane = connectedPlane(name, {
      namespace: NAMESPACE,
      ca,
      certificateAgeDays: 70,
      managedBy: 'argocd',
    });
    await installation.add(plane);
    const stored = async () => JSON.stringify(await storedCertificates(installation, plane));
    const old = firstCertificateLine(await stored());
    const renewed = await selfSignedAgent('agent', { days: 90 });
    const added = firstCertificateLine(renewed.certPem);
    const replace = new ReplaceCredentialPage(page);
    const patch = replace.review.getByRole('region', { name: `Patch for ${object}` });
    const steps = [
      { open: 'Review change', write: 'Add certificate', hasOld: true },
      { open: 'Remove old certificate', write: 'Remove certificate', hasOld: false },
      { open: 'Restore old certificate', write: 'Restore certificate', hasOld: true },
    ];
    await planePage.open(plane, '?replace=agent-ca');
    await page.getByLabel('New certificate', { exact: true }).fill(renewed.certPem);
    for (const { open, write, hasOld } of steps) {
      const before = await stored();
      const anyway = page.getByRole('checkbox', { name: /^Remove it anyway/ });
      if (open.startsWith('Remove')) await anyway.check();
      await page.getByRole('button', { name: open }).click();
      await expect(patch).toContainText(added);
      await expect(patch.getByText(old)).toHaveCount(hasOld ? 1 : 0);
      const button = replace.review.getByRole('button', { name: write, exact: true });
      await expect(button).toBeDisabled();
      expect(await stored()).toBe(before);
      await replace.review.getByRole('checkbox').check();
      await button.click();
      await expect
        .poll(async () => [(await stored()).includes(old), (await stored()).includes(added)])
        .toEqual([hasOld, true]);
    }
  });
}

/** Returns both places of a plane's certificates: its spec and its Secret. */
async function storedCertificates(installation: SimulatedInstallation, plane: SimulatedPlane) {
  const { spec } = await installation.read(plane);
  const secret = await readSecret(installation.kube, NAMESPACE, `${plane.name}-agent-ca`);
  return { spec, ca: secret?.['ca.crt'] };
}

/** Returns the first line of the first certificate in a text, which is unique to it. */
function firstCertificateLine(text: string): string {
  const line = /BEGIN CERTIFICATE-----(?:\n|\\n)([A-Za-z0-9+/=]+)/.exec(text)?.[1];
  if (line === undefined) throw new Error('There is no certificate in it.');
  return line;
}
