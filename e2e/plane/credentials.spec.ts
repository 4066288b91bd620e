import { randomBytes } from 'node:crypto';
import { CertificateAuthority, selfSignedAgent } from '@/demo/pki/certificate-authority';
import { CanaryWatch } from '@/e2e/support/canary-watch';
import { loseAnswers } from '@/e2e/support/lose-answers';
import { onRelease } from '@/e2e/support/on-release';
import { ReplaceCredentialPage } from '@/e2e/support/plane-page';
import { expect, test } from '@/e2e/support/plane-test';
import { ensureNamespace, readSecret } from '@/testing/control-plane/kube-objects';
import { RealAgent } from '@/testing/installation/real-agent';
import { type SimulatedInstallation, StatusWatch } from '@/testing/installation/simulated-installation';
import type { SimulatedPlane } from '@/testing/installation/simulated-planes';

const NAMESPACE = 'certificates';
/** Required for data planes of release 0.7. */
const gateway = {
  publicVirtualHost: 'apps.example.com',
  organizationVirtualHost: 'internal.example.com',
};
const LONG_WAIT = { timeout: 30_000 };

/** Adds a plane whose CA is the agent's own certificate, in a Secret. */
async function pinnedPlane(
  installation: SimulatedInstallation,
  name: string,
  certPem: string,
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
    stringData: { 'ca.crt': certPem, other: 'stays' },
  });
  await installation.add(plane);
  return plane;
}

test('replacing a certificate reconnects the agent without ever reporting zero agents', async ({
  installation,
  planePage,
  page,
}) => {
  test.setTimeout(120_000);
  const old = await selfSignedAgent('agent', { fromDays: -78, days: 90 });
  const renewed = await selfSignedAgent('agent', { days: 90 });
  const plane = await pinnedPlane(installation, 'renewed', old.certPem);
  const before = new RealAgent(installation, plane, old);
  await before.awaitVerdict(plane, true);
  await planePage.open(plane);
  await expect(planePage.card('Agent connection')).toContainText('1 agent connected', LONG_WAIT);
  const watch = new StatusWatch(installation, plane);

  // The finding links to the replacement.
  const finding = await planePage.finding('certificate-expiring');
  await finding.getByRole('link', { name: 'Replace certificate' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Replace certificate' })).toBeFocused();
  const replace = new ReplaceCredentialPage(page);
  await expect(replace.strip).toContainText('1 agent connected');
  await page.getByLabel('New certificate', { exact: true }).fill(renewed.certPem);
  // The old and the new certificate are shown side by side.
  await expect(page.getByText('CN=agent')).toHaveCount(2);
  await replace.write('Add certificate');
  await expect(replace.card('2. Restart the agent')).toContainText(
    'rollout restart deployment/cluster-agent-dataplane -n openchoreo-data-plane',
  );
  const bundle = await readSecret(installation.kube, NAMESPACE, 'renewed-agent-ca');
  expect(bundle?.['ca.crt']).toContain(old.certPem.trim());
  expect(bundle?.['ca.crt']).toContain(renewed.certPem.trim());
  expect(bundle?.other).toBe('stays');

  // A rolling restart starts the new agent before it stops the old one.
  const after = new RealAgent(installation, plane, renewed);
  await after.awaitVerdict(plane, true);
  await expect(
    page.getByText('An additional agent is connected. Waiting until the old one stops…'),
  ).toBeVisible(LONG_WAIT);
  await expect(replace.strip).toContainText('2 agents connected');
  await expect(replace.done('Restart the agent')).toHaveCount(0);
  before.stop();
  await expect(replace.strip).toContainText('1 agent connected', LONG_WAIT);
  await expect(
    page.getByText('The agent has reconnected since the new certificate was stored.'),
  ).toBeVisible();
  await expect(replace.done('Restart the agent')).toHaveCount(1);

  await page.getByRole('button', { name: 'Remove old certificate' }).click();
  await replace.review.getByRole('button', { name: 'Remove certificate', exact: true }).click();
  await expect(replace.card('Old certificate removed')).toBeVisible();
  await expect(page.getByText('The agent is connected, with a heartbeat from after the change.')).toBeVisible(
    LONG_WAIT,
  );
  await expect(replace.strip).toContainText('lowest since you opened this page: 1');
  expect((await readSecret(installation.kube, NAMESPACE, 'renewed-agent-ca'))?.['ca.crt']?.trim()).toBe(
    renewed.certPem.trim(),
  );
  await watch.stop();
  expect(watch.agents.length).toBeGreaterThan(3);
  expect(watch.agents).toContain(2);
  expect(Math.min(...watch.agents)).toBe(1);

  // A reconnecting agent is accepted with the new certificate and rejected with the old one.
  after.stop();
  const withRenewed = new RealAgent(installation, plane, renewed);
  await withRenewed.awaitVerdict(plane, true);
  const withOld = new RealAgent(installation, plane, old);
  await withOld.awaitVerdict(plane, false);
  await page.getByRole('link', { name: 'Back to the plane' }).click();
  await expect(planePage.card('Agent CA')).toContainText('CN=agent');
  await expect(planePage.card('Diagnosis').locator('[data-finding="certificate-expiring"]')).toHaveCount(0);
  withRenewed.stop();
  withOld.stop();
});

test('removing the old certificate too early rejects the agent, and restoring it reconnects the agent', async ({
  installation,
  planePage,
  page,
  context,
}) => {
  test.setTimeout(120_000);
  const old = await selfSignedAgent('agent', { days: 90 });
  const renewed = await selfSignedAgent('agent', { days: 90 });
  const plane = await pinnedPlane(installation, 'hasty', old.certPem);
  const agent = new RealAgent(installation, plane, old);
  await agent.awaitVerdict(plane, true);
  await planePage.open(plane);
  await expect(planePage.card('Agent connection')).toContainText('1 agent connected', LONG_WAIT);
  await planePage.act('Replace certificate');
  const replace = new ReplaceCredentialPage(page);
  await page.getByLabel('New certificate', { exact: true }).fill(renewed.certPem);
  await replace.write('Add certificate');
  // The Secret holds the progress, so a reload or another person continues from there.
  await expect(replace.card('3. Remove the old certificate')).toBeVisible();
  await page.reload();
  // Nothing shows yet that the agent uses the new certificate, so removing the old one has to be confirmed.
  const remove = page.getByRole('button', { name: 'Remove old certificate' });
  await expect(remove).toBeDisabled();
  await expect(replace.card('3. Remove the old certificate')).toContainText(
    'Open connections stay open. The gateway rejects an agent that still uses the old certificate the next time it connects.',
  );
  await page.getByRole('checkbox', { name: /^Remove it anyway/ }).check();
  await remove.click();
  await replace.review.getByRole('button', { name: 'Remove certificate', exact: true }).click();
  // A changed Secret doesn't revoke a live connection, so the agent must restart after the write.
  await expect(replace.card('Old certificate removed')).toBeVisible();
  agent.stop();
  const restarted = new RealAgent(installation, plane, old);
  await restarted.awaitVerdict(plane, false);
  await expect(replace.strip).toContainText('No agent connected', LONG_WAIT);
  await expect(
    page.getByText(
      'If the agent still uses the old certificate, restore that certificate and restart the agent.',
    ),
  ).toBeVisible(LONG_WAIT);
  await expect(replace.done('Restart the agent')).toHaveCount(0);
  await expect(replace.done('Remove the old certificate')).toHaveCount(1);

  await test.step('another tab can restore it too, from the Secret', async () => {
    const other = await context.newPage();
    await other.goto(page.url());
    const there = new ReplaceCredentialPage(other);
    await expect(there.card('Old certificate removed')).toBeVisible(LONG_WAIT);
    await other.getByRole('button', { name: 'Restore old certificate' }).click();
    await there.review.getByRole('button', { name: 'Restore certificate', exact: true }).click();
    await expect(there.card('3. Remove the old certificate')).toBeVisible();
    await other.close();
  });
  restarted.stop();
  const restored = new RealAgent(installation, plane, old);
  await restored.awaitVerdict(plane, true);
  // The agent that reconnects may use the old certificate, so the page doesn't call it restarted.
  await expect(
    page.getByText("The old certificate was restored, so a reconnect doesn't show which one the agent uses."),
  ).toBeVisible(LONG_WAIT);
  await expect(replace.done('Restart the agent')).toHaveCount(0);
  await expect(replace.strip).toContainText('1 agent connected', LONG_WAIT);
  restored.stop();
});

test('replacing an inline certificate alone disconnects the agent at once, and restoring it reconnects the agent', async ({
  installation,
  planePage,
  page,
}) => {
  test.setTimeout(120_000);
  const old = await selfSignedAgent('agent', { days: 90 });
  const renewed = await selfSignedAgent('agent', { days: 90 });
  const plane: SimulatedPlane = {
    kind: 'DataPlane',
    namespace: NAMESPACE,
    name: 'inline-alone',
    planeID: 'inline-alone',
    spec: { clusterAgent: { clientCA: { value: old.certPem } } },
  };
  await ensureNamespace(installation.kube, NAMESPACE);
  await installation.add(plane);
  const agent = new RealAgent(installation, plane, old);
  await agent.awaitVerdict(plane, true);
  await planePage.open(plane, '?replace=agent-ca');
  const replace = new ReplaceCredentialPage(page);
  await expect(replace.strip).toContainText('1 agent connected', LONG_WAIT);
  await page.getByLabel('New certificate', { exact: true }).fill(renewed.certPem);
  await page.getByRole('checkbox', { name: /^Keep the old certificate/ }).uncheck();
  await expect(replace.card('1. Add the new certificate')).toContainText(
    'the gateway checks open connections at once. An agent that still uses the old certificate loses its connection within seconds.',
  );
  await replace.write('Replace certificate');
  const result = replace.card('Certificate replaced');
  await expect(result).toContainText('No agent is connected.', LONG_WAIT);
  await expect(replace.strip).toContainText('No agent connected');
  await expect(replace.done('Replace the certificate')).toHaveCount(1);
  await expect(replace.done('Restart the agent')).toHaveCount(0);

  await page.getByRole('button', { name: 'Restore old certificate' }).click();
  await replace.review.getByRole('button', { name: 'Restore certificate', exact: true }).click();
  await expect(replace.strip).toContainText('1 agent connected', LONG_WAIT);
  await expect(replace.card('3. Remove the old certificate')).toContainText('at once');
  await test.step('a person can say that the agent was restarted, which is not shown as observed', async () => {
    await page.getByRole('checkbox', { name: 'The agent was restarted' }).check();
    await expect(page.getByText(/^You said at .* that the agent was restarted\./)).toContainText(
      "It's connected, with a later heartbeat.",
      LONG_WAIT,
    );
    await expect(replace.done('Restart the agent')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Remove old certificate' })).toBeEnabled();
  });
  agent.stop();
});

test('a finished replacement can be followed by another in the same tab', async ({
  installation,
  planePage,
  page,
}) => {
  const [first, second, third] = await Promise.all(
    [1, 2, 3].map(() => selfSignedAgent('agent', { days: 90 })),
  );
  if (!first || !second || !third) throw new Error('There are three certificates.');
  const plane = await pinnedPlane(installation, 'again', first.certPem);
  const replace = new ReplaceCredentialPage(page);
  await planePage.open(plane, '?replace=agent-ca');
  for (const next of [second, third]) {
    await page.getByLabel('New certificate', { exact: true }).fill(next.certPem);
    await page.getByRole('checkbox', { name: /^Keep the old certificate/ }).uncheck();
    await replace.write('Replace certificate');
    await expect(replace.card('Certificate replaced')).toBeVisible();
    await page.reload();
    await page.getByRole('button', { name: 'Replace again' }).click();
    await expect(replace.card('1. Add the new certificate')).toBeVisible();
  }
  expect((await readSecret(installation.kube, NAMESPACE, 'again-agent-ca'))?.['ca.crt']?.trim()).toBe(
    third.certPem.trim(),
  );
});

test('the form and the review name everyone else who uses the Secret', async ({
  installation,
  planePage,
  page,
}) => {
  const old = await selfSignedAgent('agent', { days: 90 });
  const renewed = await selfSignedAgent('agent', { days: 90 });
  const plane = await pinnedPlane(installation, 'shared', old.certPem);
  await installation.add({
    kind: 'WorkflowPlane',
    namespace: NAMESPACE,
    name: 'shares-it',
    planeID: 'shares-it',
    spec: { clusterAgent: { clientCA: { secretKeyRef: { name: 'shared-agent-ca', key: 'ca.crt' } } } },
  });
  const affected =
    'Secret certificates/shared-agent-ca is also used by the workflow plane shares-it in the namespace certificates (agent CA).';
  await planePage.open(plane, '?replace=agent-ca');
  await expect(page.getByText(affected)).toBeVisible(LONG_WAIT);
  await page.getByLabel('New certificate', { exact: true }).fill(renewed.certPem);
  await page.getByRole('button', { name: 'Review change' }).click();
  await expect(new ReplaceCredentialPage(page).review).toContainText(affected);
  await expect(page.getByText(affected)).toHaveCount(1);
});

test('writing a certificate creates the missing Secret and connects the waiting agent', async ({
  installation,
  planePage,
  page,
}) => {
  const pair = await selfSignedAgent('agent', { days: 90 });
  const plane: SimulatedPlane = {
    kind: 'DataPlane',
    namespace: NAMESPACE,
    name: 'first-one',
    planeID: 'first-one',
    ageMs: 60 * 60_000,
    spec: { clusterAgent: { clientCA: { secretKeyRef: { name: 'not-made-yet', key: 'ca.crt' } } } },
  };
  await ensureNamespace(installation.kube, NAMESPACE);
  await installation.add(plane);
  const agent = new RealAgent(installation, plane, pair);
  await planePage.open(plane);
  const finding = await planePage.finding('secret-missing');
  await finding.getByRole('link', { name: 'Replace certificate' }).click();
  const replace = new ReplaceCredentialPage(page);
  const writeCard = replace.card('1. Add the certificate');
  await expect(writeCard).toContainText(
    "Secret certificates/not-made-yet doesn't exist. Planeboard will create it.",
  );
  await expect(writeCard.getByRole('checkbox')).toHaveCount(0);
  await page.getByLabel('New certificate', { exact: true }).fill(pair.certPem);
  await replace.write('Add certificate');
  await expect(replace.card('Certificate added')).toContainText('rollout restart');
  await expect(replace.strip).toContainText('1 agent connected', LONG_WAIT);
  expect(await readSecret(installation.kube, NAMESPACE, 'not-made-yet')).toEqual({
    'ca.crt': `${pair.certPem.trimEnd()}\n`,
  });
  agent.stop();
});

test('rejects a private key, an expired certificate and the current certificate before writing', async ({
  installation,
  planePage,
  page,
}) => {
  const old = await selfSignedAgent('agent', { days: 90 });
  const expired = await selfSignedAgent('agent', { fromDays: -100, days: 90 });
  const plane = await pinnedPlane(installation, 'careful', old.certPem);
  const watch = new CanaryWatch(page.context());
  await planePage.open(plane, '?replace=agent-ca');
  const input = page.getByLabel('New certificate', { exact: true });
  const check = page.getByRole('button', { name: 'Review change' });
  const problem = page.locator('main');
  await input.fill(old.keyPem);
  await expect(problem).toContainText('private key');
  await expect(check).toBeDisabled();
  expect(await watch.leaks([keyText(old.keyPem)])).toEqual([]);
  await input.fill(expired.certPem);
  await expect(problem).toContainText(/expired/i);
  await expect(check).toBeDisabled();
  await input.fill(old.certPem);
  await expect(problem).toContainText('This certificate is already stored.');
  await expect(check).toBeDisabled();
  await test.step('accepts the current certificate together with a new one', async () => {
    const renewed = await selfSignedAgent('agent', { days: 90 });
    await input.fill(`${old.certPem}\n${renewed.certPem}`);
    await expect(check).toBeEnabled();
    await expect(problem).not.toContainText('already stored');
  });
  expect((await readSecret(installation.kube, NAMESPACE, 'careful-agent-ca'))?.['ca.crt']).toBe(old.certPem);
});

test.describe('after a write without an answer', () => {
  test.use({ expectedErrors: [/Failed to load resource/] });

  test('a certificate can be reviewed and written again', async ({ installation, planePage, page }) => {
    const old = await selfSignedAgent('agent', { days: 90 });
    const renewed = await selfSignedAgent('agent', { days: 90 });
    const plane = await pinnedPlane(installation, 'persistent', old.certPem);
    const replace = new ReplaceCredentialPage(page);
    await planePage.open(plane, '?replace=agent-ca');
    await page.getByLabel('New certificate', { exact: true }).fill(renewed.certPem);
    await page.getByRole('button', { name: 'Review change' }).click();
    await expect(replace.review).toContainText('Dry run passed.');
    const restore = await loseAnswers(page, '**/credentials', { method: 'POST' });
    await replace.review.getByRole('button', { name: 'Add certificate', exact: true }).click();
    await expect(
      page.getByRole('alert').filter({ hasText: 'Outcome unknown: the credential may have been replaced.' }),
    ).toBeVisible();
    await restore();
    await replace.write('Add certificate');
    await expect
      .poll(async () => (await readSecret(installation.kube, NAMESPACE, 'persistent-agent-ca'))?.['ca.crt'])
      .toContain(keyText(renewed.certPem));
  });
});

/** Returns a line of a key that is unique to it. */
function keyText(pem: string): string {
  return pem.split('\n')[1] ?? '';
}

test.describe('0.7', onRelease('0.7'), () => {
  test('a bearer token, a client certificate with key and a password can be replaced, and are never shown', async ({
    installation,
    planePage,
    page,
  }) => {
    test.setTimeout(120_000);
    const token = { old: '', new: `new-token-${randomBytes(16).toString('hex')}` };
    const password = {
      old: `old-pass-${randomBytes(8).toString('hex')}`,
      new: `new-pass-${randomBytes(8).toString('hex')}`,
    };
    const observer = {
      url: 'https://observer.example.com',
      authentication: { basicAuth: { username: 'reader', password: password.old } },
    };
    const byToken: SimulatedPlane = {
      kind: 'DataPlane',
      namespace: NAMESPACE,
      name: 'by-token',
      access: 'token-in-secret',
      spec: { gateway, observer },
    };
    const byCertificate: SimulatedPlane = {
      kind: 'DataPlane',
      namespace: NAMESPACE,
      name: 'by-certificate',
      access: 'certificate-in-secret',
      spec: { gateway },
    };
    await ensureNamespace(installation.kube, NAMESPACE);
    await installation.add(byToken);
    await installation.add(byCertificate);
    token.old = (await readSecret(installation.kube, NAMESPACE, 'by-token-credentials'))?.token ?? '';
    const keys = await readSecret(installation.kube, NAMESPACE, 'by-certificate-credentials');
    const authority = await CertificateAuthority.create('cluster', { days: 300 });
    const client = await authority.client('openchoreo', [], { days: 200 });

    const watch = new CanaryWatch(page.context());
    const replace = new ReplaceCredentialPage(page);
    await planePage.open(byToken);
    await planePage.act('Replace credential');
    await page.getByRole('link', { name: 'Replace bearer token' }).click();
    await expect(replace.card('Replace bearer token')).toContainText("The current value isn't shown.");
    const input = page.getByLabel('New bearer token', { exact: true });
    await input.fill(`${token.new}-typo`);
    await page.getByRole('button', { name: 'Review change' }).click();
    await expect(replace.review).toContainText('Dry run passed.');
    // A review covers only the text that was reviewed.
    await input.fill(token.new);
    await expect(replace.review).toHaveCount(0);
    await page.getByRole('radio', { name: 'The same Secret' }).check();
    await replace.write('Replace bearer token');
    await expect(replace.card('Replaced')).toContainText('The bearer token was replaced');
    expect(await readSecret(installation.kube, NAMESPACE, 'by-token-credentials')).toEqual({
      token: token.new,
      'token.old': token.old,
    });
    await replace.settle('Delete old value', 'Delete value');
    await expect
      .poll(() => readSecret(installation.kube, NAMESPACE, 'by-token-credentials'))
      .toEqual({ token: token.new });
    await page.getByRole('button', { name: 'Replace again' }).click();
    await expect(input).toHaveValue('');

    await planePage.open(byToken, '?replace=');
    await page.getByRole('link', { name: 'Replace password' }).click();
    await page.getByLabel('New password', { exact: true }).fill(password.new);
    await replace.write('Replace password');
    await expect(replace.card('Replaced')).toContainText('The password was replaced');
    expect((await installation.read(byToken)).spec).toMatchObject({
      observer: { authentication: { basicAuth: { username: 'reader', password: password.new } } },
    });

    await planePage.open(byCertificate, '?replace=');
    await page.getByRole('link', { name: 'Replace client certificate' }).click();
    await page.getByLabel('New client certificate', { exact: true }).fill(client.certPem);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file' }).last().click();
    await (await chooser).setFiles({ name: 'tls.key', mimeType: 'text/plain', buffer: Buffer.alloc(0) });
    await expect(page.getByText(/^tls\.key is empty\./)).toBeVisible();
    await page.getByLabel(/^New private key/).fill(client.keyPem);
    await replace.write('Replace client certificate');
    await expect(replace.card('Replaced')).toContainText('The client certificate was replaced');
    const written = await readSecret(installation.kube, NAMESPACE, 'by-certificate-credentials-2');
    // A final newline keeps appended PEM on a line of its own.
    expect(written).toEqual({
      ...keys,
      'tls.crt': `${client.certPem.trimEnd()}\n`,
      'tls.key': `${client.keyPem.trimEnd()}\n`,
    });
    expect(await readSecret(installation.kube, NAMESPACE, 'by-certificate-credentials')).toEqual(keys);
    await test.step('the old Secret can be restored by anyone', async () => {
      await planePage.open(byCertificate, '?replace=');
      await page.getByRole('link', { name: 'Replace client certificate' }).click();
      await replace.settle('Restore old Secret', 'Restore Secret');
      await expect
        .poll(() => readSecret(installation.kube, NAMESPACE, 'by-certificate-credentials-2'))
        .toBeUndefined();
      const { spec } = await installation.read(byCertificate);
      expect(JSON.stringify(spec)).not.toContain('by-certificate-credentials-2');
    });

    for (const canary of [token.new, password.new, keyText(client.keyPem)])
      expect(watch.wasSent(canary), canary).toBe(true);
    const secrets = [token.old, token.new, password.old, password.new];
    const keyTexts = [keyText(client.keyPem), keyText(keys?.['tls.key'] ?? '')];
    const found = await watch.leaks([...secrets, ...keyTexts], { log: installation.server.output });
    expect(found).toEqual([]);
  });
});
