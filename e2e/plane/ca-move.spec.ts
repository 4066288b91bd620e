import { CertificateAuthority, selfSignedAgent } from '@/demo/pki/certificate-authority';
import { expectAccessible } from '@/e2e/support/accessibility';
import { onRelease } from '@/e2e/support/on-release';
import { ReplaceCredentialPage } from '@/e2e/support/plane-page';
import { expect, test } from '@/e2e/support/plane-test';
import { ensureNamespace, readSecret } from '@/testing/control-plane/kube-objects';
import { RealAgent } from '@/testing/installation/real-agent';
import { type SimulatedInstallation, StatusWatch } from '@/testing/installation/simulated-installation';
import type { SimulatedPlane } from '@/testing/installation/simulated-planes';

const NAMESPACE = 'moves';
const LONG_WAIT = { timeout: 30_000 };

async function pinnedPlane(
  installation: SimulatedInstallation,
  name: string,
  certPem: string,
): Promise<SimulatedPlane> {
  const secret = `${name}-agent-ca`;
  const clientCA = { secretKeyRef: { name: secret, key: 'ca.crt' } };
  const plane: SimulatedPlane = {
    kind: 'DataPlane',
    namespace: NAMESPACE,
    name,
    planeID: name,
    spec: { clusterAgent: { clientCA } },
  };
  await ensureNamespace(installation.kube, NAMESPACE);
  await installation.kube.post(`/api/v1/namespaces/${NAMESPACE}/secrets`, {
    metadata: { name: secret },
    stringData: { 'ca.crt': certPem },
  });
  await installation.add(plane);
  return plane;
}

test('a plane moves from its pinned certificate to a CA of its own without losing its agent', async ({
  installation,
  page,
}) => {
  test.setTimeout(120_000);
  const leaf = await selfSignedAgent('agent', { days: 90 });
  const ca = await CertificateAuthority.create('moving agent CA', { days: 3650 });
  const plane = await pinnedPlane(installation, 'moving', leaf.certPem);
  const before = new RealAgent(installation, plane, leaf);
  await before.awaitVerdict(plane, true);
  // The list leads to the move, and follows it.
  await page.goto('/ca-moves');
  const row = page.getByRole('listitem').filter({ hasText: 'moves/moving ' }).first();
  await expect(row).toContainText('Create a CA and register it', LONG_WAIT);
  await expect(row).toContainText(/The chart renews the certificate in about 7[45] days/);
  await expectAccessible(page, 'the list of moves');
  await row.getByRole('link', { name: /^Start/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Move to a CA of its own' })).toBeVisible();

  const replace = new ReplaceCredentialPage(page);
  await expect(replace.strip).toContainText('1 agent connected', LONG_WAIT);
  const watch = new StatusWatch(installation, plane);
  const create = replace.card('1. Create and register the CA');
  await expect(create).toContainText('rotationPolicy: Never');
  await expect(create).toContainText("jsonpath='{.data.tls\\.crt}'");
  await create.getByRole('textbox', { name: 'CA', exact: true }).fill(leaf.certPem);
  await expect(create).toContainText('This certificate is already stored.');
  await create
    .getByRole('textbox', { name: 'CA', exact: true })
    .fill((await selfSignedAgent('other', { days: 90 })).certPem);
  await expect(create).toContainText("This isn't a CA.");
  // Advice about the rejected certificate would contradict the error.
  await expect(create).not.toContainText("It's the agent's own self-signed certificate.");
  await create.getByRole('textbox', { name: 'CA', exact: true }).fill(ca.certPem);
  await replace.write('Add certificate');

  const restart = replace.card('2. Switch the chart and restart the agent');
  await expect(restart).toContainText('--reuse-values -f moving-data-plane-agent-ca.yaml');
  await expect(restart).toContainText('--dry-run=server');
  await expectAccessible(page, 'a move while both certificates are stored');
  await restart.getByRole('radio', { name: 'From git' }).check();
  await expect(restart).not.toContainText('--reuse-values');
  await expect(restart).toContainText('caSecretName: "cluster-agent-ca"');

  const after = new RealAgent(installation, plane, await ca.client('agent', [], { days: 90 }));
  await after.awaitVerdict(plane, true);
  await expect(replace.strip).toContainText('2 agents connected', LONG_WAIT);
  const remove = replace.card('3. Remove the old certificate');
  await expect(remove).toContainText("The agent that was connected before hasn't stopped yet");
  before.stop();
  await expect(replace.done('Switch the chart and restart the agent')).toHaveCount(1, LONG_WAIT);

  // The CA stays, although the agent's own certificate started later.
  await expect(remove.getByRole('checkbox', { name: /\(CA\)/ })).toBeChecked();
  await page.getByRole('button', { name: 'Remove old certificate' }).click();
  await replace.review.getByRole('button', { name: 'Remove certificate', exact: true }).click();
  await expect(page.getByText('The agent is connected, with a heartbeat from after the change.')).toBeVisible(
    LONG_WAIT,
  );
  const secret = await readSecret(installation.kube, NAMESPACE, 'moving-agent-ca');
  expect(secret?.['ca.crt']?.trim()).toBe(ca.certPem.trim());
  await watch.stop();
  expect(Math.min(...watch.agents)).toBe(1);

  await page.getByRole('link', { name: 'All planes to move' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'moves/moving ' }).first()).toContainText(
    'The self-signed certificate is no longer registered',
    LONG_WAIT,
  );
  after.stop();
});

test("the plane's page says when its pinned certificate renews, and with whom its CA is shared", async ({
  installation,
  planePage,
  page,
}) => {
  const leaf = await selfSignedAgent('agent', { days: 90 });
  await planePage.open(await pinnedPlane(installation, 'pinned', leaf.certPem));
  const card = planePage.card('Agent CA');
  await expect(card).toContainText(/The chart renews the agent's certificate in about 7[45] days, on \d{4}-/);
  await expect(card.getByRole('link', { name: 'Move to a CA of its own' })).toBeVisible();

  const company = await CertificateAuthority.create('company agents', { days: 400 });
  const shared = await pinnedPlane(installation, 'shared-one', company.certPem);
  await pinnedPlane(installation, 'shared-two', company.certPem);
  await planePage.open(shared);
  await expect(card).toContainText('Another plane has this CA too.', LONG_WAIT);
  await expect(card.getByRole('link', { name: /shared-two/ })).toBeVisible();
  await expect(card).not.toContainText('The chart renews');
  await card.getByRole('button', { name: 'Accept shared CA' }).click();
  await page.reload();
  await expect(card).toContainText('Shared with 1 other plane, which you accepted.');
});

test('the list of moves fits a phone, whatever the planes are named', async ({ installation, page }) => {
  const leaf = await selfSignedAgent('agent', { days: 90 });
  const name = `a-plane-with-${'a-very-'.repeat(5)}long-name`;
  await pinnedPlane(installation, name, leaf.certPem);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/ca-moves');
  const row = page.getByRole('listitem').filter({ hasText: name });
  await expect(row.first()).toBeVisible(LONG_WAIT);
  const start = await row.getByRole('link', { name: /^Start/ }).boundingBox();
  expect((start?.x ?? 0) + (start?.width ?? 0)).toBeLessThanOrEqual(390);
  expect(await row.first().evaluate((item) => item.getBoundingClientRect().right)).toBeLessThanOrEqual(390);
});

test(
  'the list of moves promises no commands where the charts of the release are not known',
  onRelease('0.7'),
  async ({ installation, planePage, page }) => {
    const leaf = await selfSignedAgent('agent', { days: 90 });
    await installation.add({
      kind: 'DataPlane',
      namespace: 'default',
      name: 'pinned-before',
      planeID: 'pinned-before',
      spec: {
        gateway: { publicVirtualHost: 'apps.example.com', organizationVirtualHost: 'internal.example.com' },
        agent: { enabled: true, clientCA: { value: leaf.certPem } },
      },
    });
    await page.goto('/ca-moves');
    const row = page.getByRole('listitem').filter({ hasText: 'pinned-before' }).first();
    await expect(row).toContainText("Have a CA issue the agent's certificate", LONG_WAIT);
    await expect(row).not.toContainText('chart');
    await row.getByRole('link', { name: /^Replace/ }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Replace certificate' })).toBeVisible();
    await page.goto('/planes/dataplanes/default/pinned-before');
    await expect(planePage.card('Agent CA')).toContainText('CN=agent', LONG_WAIT);
    await expect(page.getByText('The chart renews')).toHaveCount(0);
  },
);
