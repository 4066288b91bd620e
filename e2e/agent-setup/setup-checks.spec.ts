import type { Page } from '@playwright/test';
import { rewriteStored } from '@/demo/control-plane/etcd';
import type { KubeClient } from '@/demo/control-plane/kube-client';
import { AgentClient } from '@/demo/gateway/agent-client';
import { CertificateAuthority, selfSignedAgent } from '@/demo/pki/certificate-authority';
import { test as base, closePages, expect } from '@/e2e/support/fixtures';
import { RegistrationPage } from '@/e2e/support/registration-page';
import type { CheckId, CheckState } from '@/lib/plane/agent-setup/verdict';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { ensureNamespace } from '@/testing/control-plane/kube-objects';
import { timeAgo } from '@/testing/control-plane/plane-statuses';
import { SimulatedInstallation } from '@/testing/installation/simulated-installation';
import { installedKind } from '@/testing/plane/installed-kinds';
import { DATA_PLANE, DATA_PLANES, NAME, NAMESPACE, prodPlane, SECRETS } from '@/testing/plane/prod-plane';

const START_TIMEOUT_MS = 300_000;
/** Runs controllers and gateway 20 times as fast as real ones: their minute takes three seconds. */
const SPEED = 20;

/** An agent as the charts install it, with a certificate from its own CA. */
interface Agent {
  readonly caPem: string;
  connect(planeID: string): void;
}

const test = base.extend<{ wizard: RegistrationPage; agent: Agent }, { simulated: SimulatedInstallation }>({
  simulated: [
    async ({ release }, use) => {
      const installation = await SimulatedInstallation.start({ release, speed: SPEED });
      await ensureNamespace(installation.kube, NAMESPACE);
      await ensureNamespace(installation.kube, CONTROL_PLANE_NAMESPACE);
      await use(installation);
      await installation.stop();
    },
    { scope: 'worker', timeout: START_TIMEOUT_MS },
  ],
  baseURL: async ({ simulated }, use) => {
    await use(simulated.server.url);
  },
  wizard: async ({ page }, use) => {
    await use(new RegistrationPage(page));
  },
  agent: [
    async ({ simulated, context }, use) => {
      const authority = await CertificateAuthority.create('plane-agents', { days: 400 });
      const pair = await authority.client('cluster-agent', [], { days: 90 });
      const started: AgentClient[] = [];
      await use({
        caPem: authority.certPem.trim(),
        connect: (planeID) => started.push(startAgent(simulated.demo, planeID, pair)),
      });
      await closePages(context);
      for (const client of started) client.stop();
      await removeAll(simulated.demo.controlPlane.client);
    },
    // Also for tests without an agent, because its teardown removes all planes.
    { auto: true },
  ],
});

function startAgent(
  { simulation }: SimulatedInstallation['demo'],
  planeID: string,
  pair: { certPem: string; keyPem: string },
): AgentClient {
  const client = new AgentClient({
    planeType: 'dataplane',
    planeID,
    url: simulation.gateway.url,
    gatewayCaPem: simulation.gatewayCaPem,
    ...pair,
    reconnectMs: 200,
    onConnected: () => {},
    onVerdicts: () => {},
    onDisconnected: () => {},
  });
  client.start();
  return client;
}

async function removeAll(client: KubeClient): Promise<void> {
  const cluster = DATA_PLANES.replace(/namespaces.*/, 'clusterdataplanes');
  for (const collection of [DATA_PLANES, cluster, SECRETS]) {
    const { items } = await client.get<{ items: { metadata: { name: string } }[] }>(collection);
    for (const { metadata } of items) await client.delete(`${collection}/${metadata.name}`);
  }
  await expect.poll(async () => (await client.get<{ items: unknown[] }>(DATA_PLANES)).items.length).toBe(0);
}

async function expectChecks(page: Page, states: Partial<Record<CheckId, CheckState>>): Promise<void> {
  for (const [id, state] of Object.entries(states))
    await expect(page.locator(`[data-check=${id}]`)).toHaveAttribute('data-state', state, {
      timeout: 30_000,
    });
}

const ALL_DONE = { accepted: 'done', reported: 'done', seen: 'done', trusted: 'done' } as const;
const connectPage = (name = NAME) => `/register/connect/dataplanes/${NAMESPACE}/${name}?planeID=${name}`;

async function registerProd(wizard: RegistrationPage, caPem: string): Promise<void> {
  await wizard.fillAll(DATA_PLANE, prodPlane(caPem));
  await wizard.register();
}

/** Creates a plane as a GitOps controller would. */
function createByGit(client: KubeClient, name: string, clientCA: object, planeID = name): Promise<unknown> {
  return client.post(DATA_PLANES, {
    apiVersion: 'openchoreo.dev/v1alpha1',
    kind: 'DataPlane',
    metadata: { name, namespace: NAMESPACE },
    spec: { planeID, clusterAgent: { clientCA } },
  });
}

test('each check completes as a registered plane connects, and a reload loses nothing', async ({
  wizard,
  page,
  agent,
}) => {
  await registerProd(wizard, agent.caPem);
  await expect(page).toHaveURL(
    new RegExp(`/register/connect/dataplanes/${NAMESPACE}/${NAME}\\?planeID=${NAME}$`),
  );
  await expectChecks(page, { accepted: 'done', reported: 'done', seen: 'waiting', trusted: 'waiting' });
  await page.reload();
  await expectChecks(page, { accepted: 'done', reported: 'done', seen: 'waiting' });
  agent.connect(NAME);
  await expectChecks(page, ALL_DONE);
  await expect(page.getByRole('heading', { name: `${NAME} is connected` })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'The plane is connected.' })).toHaveCount(1);
  await page.getByRole('link', { name: 'Open plane' }).click();
  await expect(page).toHaveURL(`/planes/dataplanes/${NAMESPACE}/${NAME}`);
  await page.goBack();
  await expectChecks(page, ALL_DONE);
});

test('all checks complete for an agent that was installed before the registration', async ({
  wizard,
  page,
  agent,
}) => {
  agent.connect(NAME);
  await registerProd(wizard, agent.caPem);
  await expectChecks(page, ALL_DONE);
});

test('the page waits for a plane that is created from git, and continues automatically', async ({
  page,
  agent,
  simulated,
}) => {
  await page.goto(connectPage());
  await expectChecks(page, { accepted: 'waiting', reported: 'waiting' });
  await expect(page.getByText("doesn't exist yet. This page updates when it's created.")).toBeVisible();
  agent.connect(NAME);
  await createByGit(simulated.demo.controlPlane.client, NAME, { value: agent.caPem });
  await expectChecks(page, ALL_DONE);
});

test('the page reports a CA that rejects an agent connected to a sibling, and names the CA', async ({
  page,
  agent,
  simulated,
}) => {
  const { client } = simulated.demo.controlPlane;
  await createByGit(client, 'first', { value: agent.caPem }, 'ground');
  agent.connect('ground');
  await page.goto(`/register/connect/dataplanes/${NAMESPACE}/first?planeID=ground`);
  await expectChecks(page, ALL_DONE);
  const other = await CertificateAuthority.create('another authority', { days: 400 });
  await createByGit(client, 'second', { value: other.certPem }, 'ground');
  await page.goto(`/register/connect/dataplanes/${NAMESPACE}/second?planeID=ground`);
  await expectChecks(page, { accepted: 'done', reported: 'done', seen: 'done', trusted: 'problem' });
  await expect(page.locator('[data-check=trusted]')).toContainText("but this plane's CA rejects it");
  await expect(page.locator('[data-check=trusted]')).toContainText('CN=another authority');

  // The list and the plane's page judge alike, although the plane is minutes younger than the limit for a first agent.
  await page.goto('/');
  const row = page.getByRole('row', { name: /second/ });
  await expect(row).toContainText('Disconnected');
  await expect(row).toContainText('An agent is connected on planeID "ground", as another plane reports.');
  await page.goto(`/planes/dataplanes/${NAMESPACE}/second`);
  await expect(page.locator('[data-finding="agent-refused"]')).toContainText('Agent most likely rejected');
  await expect(page.locator('[data-finding="agent-awaited"]')).toHaveCount(0);
});

test('the page names a missing Secret, and continues once it exists', async ({ page, agent, simulated }) => {
  const { client } = simulated.demo.controlPlane;
  agent.connect(NAME);
  await createByGit(client, NAME, { secretKeyRef: { name: 'agent-ca', key: 'ca.crt' } });
  await page.goto(connectPage());
  await expectChecks(page, { accepted: 'done', reported: 'problem', trusted: 'problem' });
  await expect(page.locator('[data-check=reported]')).toContainText('agent-ca');
  await client.post(SECRETS, { metadata: { name: 'agent-ca' }, stringData: { 'ca.crt': agent.caPem } });
  await expectChecks(page, ALL_DONE);
});

test('the page reports an expired CA', async ({ page, simulated }) => {
  const expired = await selfSignedAgent('cluster-agent', { fromDays: -100, days: 90 });
  await createByGit(simulated.demo.controlPlane.client, NAME, { value: expired.certPem });
  await page.goto(connectPage());
  await expectChecks(page, { accepted: 'done', trusted: 'problem' });
  await expect(page.locator('[data-check=trusted]')).toContainText(/expired/);
});

test('the page reports a silent controller only after 75 s, and continues once it responds', async ({
  wizard,
  page,
  agent,
  simulated,
}) => {
  const { controllers } = simulated.demo.simulation;
  controllers.freeze();
  try {
    agent.connect(NAME);
    await registerProd(wizard, agent.caPem);
    await expectChecks(page, { accepted: 'done', reported: 'waiting', trusted: 'waiting' });
    await expect(
      page.getByText("The controller hasn't reconciled this plane yet. This usually takes seconds."),
    ).toBeVisible();
    // Backdates the creation, so that the test waits for only 10 of the 75 s.
    const key = `/registry/openchoreo.dev/dataplanes/${NAMESPACE}/${NAME}`;
    await rewriteStored(simulated.demo.controlPlane.etcdUrl, key, (object) => {
      Object.assign(object.metadata as object, { creationTimestamp: timeAgo(65_000) });
    });
    await expectChecks(page, { accepted: 'done', reported: 'problem', seen: 'waiting', trusted: 'waiting' });
    const silent = page.locator('[data-check=reported]');
    await expect(silent).toContainText("The controller isn't responding. It hasn't reported a status.");
    await expect(silent).toContainText('get pods -n openchoreo-control-plane');
    await expect(silent).toContainText('Fill in the kubectl context of the control plane first.');
    await expect(
      page.getByRole('status').filter({ hasText: '"Status reported" needs attention' }),
    ).toBeVisible();
  } finally {
    controllers.thaw();
  }
  await expectChecks(page, ALL_DONE);
});

test("the page doesn't claim that the CA of a cluster-wide plane accepts the agent", async ({
  wizard,
  page,
  agent,
}) => {
  agent.connect(NAME);
  const { namespace: _namespaced, ...plane } = prodPlane(agent.caPem);
  await wizard.fillAll(installedKind('1.2', 'ClusterDataPlane'), {
    ...plane,
    spec: { ...plane.spec, planeID: NAME },
  });
  await wizard.register();
  await expectChecks(page, { accepted: 'done', reported: 'done', seen: 'done', trusted: 'cannot-tell' });
  await expect(page.locator('[data-check=trusted]')).toContainText("Can't be verified");
  await expect(page.getByRole('heading', { name: `${NAME} is connected` })).toBeVisible();
});

test("a link's planeID and address are proposals: the plane's own planeID wins, and an unlisted address shows a warning", async ({
  page,
  agent,
  simulated,
}) => {
  await createByGit(simulated.demo.controlPlane.client, NAME, { value: agent.caPem });
  const commands = page.locator('details', { hasText: 'Agent installation' });
  const warning = commands.getByText('This address comes from the link you followed');
  const path = `/register/connect/dataplanes/${NAMESPACE}/${NAME}`;
  await page.goto(`${path}?planeID=other&url=wss://elsewhere.example/ws`);
  await expect(warning).toBeVisible();
  await expect(commands).toContainText('serverUrl: "wss://elsewhere.example/ws"');
  await expect(commands).toContainText(`planeID: "${NAME}"`);
  await expect(commands).not.toContainText('planeID: "other"');
  const listed = commands.getByRole('button', { name: /^wss:/ }).first();
  const address = await listed.textContent();
  await page.goto(`${path}?url=${address}`);
  await expect(commands).toContainText(`serverUrl: "${address}"`);
  await expect(warning).toHaveCount(0);
});

test('the commands are filled in from the control plane, and no URL contains a certificate or a key', async ({
  wizard,
  page,
  agent,
  simulated,
}) => {
  const addresses: string[] = [];
  page.on('framenavigated', (frame) => addresses.push(frame.url()));
  await registerProd(wizard, agent.caPem);
  const commands = page.locator('details', { hasText: 'Agent installation' });
  await expect(commands).toContainText(`planeID: "${NAME}"`);
  await expect(commands).not.toContainText('planeId:');
  await expect(commands).toContainText(/helm upgrade --install/);
  await expect(commands).toContainText(`:${new URL(simulated.demo.simulation.gateway.url).port}/ws`);
  expect(addresses.join('\n')).not.toMatch(/BEGIN|MII/);
  for (const address of addresses) {
    const names = [...new URL(address).searchParams.keys()];
    expect(['kind', 'step', 'sibling', 'planeID', 'version', 'url']).toEqual(expect.arrayContaining(names));
  }
});
