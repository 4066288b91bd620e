import { EventEmitter, once } from 'node:events';
import type { ControlPlane } from '@/demo/control-plane/control-plane';
import { KubeClient } from '@/demo/control-plane/kube-client';
import { expectAccessibleHere } from '@/e2e/support/accessibility';
import { RegistrationPage } from '@/e2e/support/registration-page';
import { test as base, expect, START_TIMEOUT_MS } from '@/e2e/support/registration-test';
import { REGISTERED_BY_ANNOTATION } from '@/lib/plane/model/annotations';
import { ownControlPlane } from '@/testing/control-plane/bare-control-plane';
import type { Fault, FaultProxy } from '@/testing/control-plane/fault-proxy';
import { ensureNamespace, grant } from '@/testing/control-plane/kube-objects';
import {
  type Installation,
  registrationSecrets,
  startInstallation,
  storedPlanes,
} from '@/testing/installation/installation';
import {
  agentCaPem,
  DATA_PLANE,
  DATA_PLANES,
  NAME,
  NAMESPACE,
  prodPlane,
  SECRET_NAME,
  SECRETS,
  type WantedPlane,
} from '@/testing/plane/prod-plane';
import { auditLinesOf } from '@/testing/server/audit-lines';

const test = base.extend<
  { caPem: string; wanted: WantedPlane; proxiedWizard: RegistrationPage },
  { ownInstallation: Installation<ControlPlane> }
>({
  // A test kills the API server.
  ownInstallation: [
    async ({ release }, use) => {
      const installation = await startInstallation(await ownControlPlane(release), release);
      await use(installation);
      await installation.stop();
    },
    { scope: 'worker', timeout: START_TIMEOUT_MS },
  ],
  sharedInstallation: [
    async ({ ownInstallation }, use) => {
      await use(ownInstallation);
    },
    { scope: 'worker' },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs off its first argument.
  caPem: async ({}, use) => {
    await use(await agentCaPem());
  },
  wanted: async ({ caPem, installation }, use) => {
    await ensureNamespace(installation.controlPlane.client, NAMESPACE);
    await use({ ...prodPlane(caPem), displayName: 'Production Europe', description: 'Kept in sight' });
  },
  /** The wizard of a server that reaches the API server through the fault proxy. */
  proxiedWizard: async ({ page, faultProxy, startServer }, use) => {
    const server = await startServer({ kubeconfigPath: faultProxy.kubeconfigPath });
    await use(new RegistrationPage(page, server.url));
  },
});

// The browser logs every rejected request.
test.use({ expectedErrors: [/Failed to load resource/] });

/** Injects a fault into the first `times` POSTs to a collection. Dry runs pass. */
function atPost(proxy: FaultProxy, collection: string, fault: () => Fault | Promise<Fault>, times = 1): void {
  let left = times;
  proxy.rule = (path, method) => {
    if (method !== 'POST' || !path.startsWith(`${collection}?`) || path.includes('dryRun')) return undefined;
    left -= 1;
    return left < 0 ? undefined : fault();
  };
}

async function expectWritten(
  installation: Installation,
  written: 'nothing' | 'a Secret' | 'the plane',
): Promise<void> {
  const names = {
    planes: (await storedPlanes(installation)).map(({ metadata }) => metadata.name),
    secrets: (await registrationSecrets(installation)).map(({ metadata }) => metadata.name),
  };
  expect(names).toEqual({
    planes: written === 'the plane' ? [NAME] : [],
    secrets: written === 'nothing' ? [] : [SECRET_NAME],
  });
}

/** Expects every step to still hold its input. */
async function expectNothingLost(
  wizard: RegistrationPage,
  { name, displayName, description }: WantedPlane,
  caPem: string,
) {
  await wizard.page.getByRole('button', { name: 'Edit connection' }).click();
  await expect(wizard.input('Agent CA')).toHaveValue(caPem);
  await wizard.page.getByRole('button', { name: 'Back' }).click();
  await expect(wizard.input('Name')).toHaveValue(name);
  await expect(wizard.input('Display name')).toHaveValue(displayName ?? '');
  await expect(wizard.input('Description')).toHaveValue(description ?? '');
  await wizard.goOn('connection');
  await wizard.goOn('services');
  await wizard.goOn('review');
}

const registerAgain = (wizard: RegistrationPage) =>
  wizard.page.getByRole('button', { name: 'Register again' });
const failure = (wizard: RegistrationPage) => wizard.form.getByRole('alert');

test('a rejected plane rolls back its Secret and keeps the draft, and the next attempt succeeds', async ({
  proxiedWizard: wizard,
  faultProxy,
  installation,
  wanted,
  caPem,
}) => {
  await wizard.fillAll(DATA_PLANE, wanted);
  const message = 'denied by the policy "freeze"';
  const body = JSON.stringify({ kind: 'Status', apiVersion: 'v1', code: 403, reason: 'Forbidden', message });
  atPost(faultProxy, DATA_PLANES, () => ({ status: 403, body }));
  await wizard.registerButton.click();
  await expect(failure(wizard)).toContainText('Denied by the policy "freeze".');
  await expect(failure(wizard)).toContainText(`Created, then removed: Secret ${NAMESPACE}/${SECRET_NAME}`);
  await expectWritten(installation, 'nothing');
  await expectNothingLost(wizard, wanted, caPem);
  await wizard.register();
  await expectWritten(installation, 'the plane');
});

test('a registration resumes after the API server crashed between Secret and plane', async ({
  proxiedWizard: wizard,
  faultProxy,
  installation,
  ownInstallation: { controlPlane },
  wanted,
}) => {
  await wizard.fillAll(DATA_PLANE, wanted);
  atPost(faultProxy, DATA_PLANES, async (): Promise<Fault> => {
    await controlPlane.killApiServer();
    return 'cut';
  });
  await wizard.registerButton.click();
  await expect(failure(wizard)).toContainText(`Created, not removed: Secret ${NAMESPACE}/${SECRET_NAME}`);
  await expect(failure(wizard)).toContainText(`May exist: DataPlane ${NAMESPACE}/${NAME}`);
  await controlPlane.startApiServer();
  await expectWritten(installation, 'a Secret');
  faultProxy.rule = undefined;
  await registerAgain(wizard).click();
  await wizard.page.waitForURL(/\/register\/connect\//);
  await expectWritten(installation, 'the plane');
});

test('a server killed between a write and its answer leaves an audit line, and its Secret is found again', async ({
  page,
  faultProxy,
  installation,
  startServer,
  wanted,
}) => {
  const server = await startServer({ kubeconfigPath: faultProxy.kubeconfigPath });
  const wizard = new RegistrationPage(page, server.url);
  await wizard.fillAll(DATA_PLANE, wanted);
  atPost(faultProxy, SECRETS, () => 'hold-answer');
  await wizard.registerButton.click();
  await expect.poll(async () => (await registrationSecrets(installation)).length).toBe(1);
  await server.kill('SIGKILL');
  const lines = auditLinesOf(server.lines);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    stage: 'intent',
    verb: 'create',
    object: { kind: 'Secret', namespace: NAMESPACE, name: SECRET_NAME },
    user: 'planeboard-demo-admin',
    source: '127.0.0.1',
  });

  faultProxy.rule = undefined;
  await server.start();
  await page.evaluate(() => sessionStorage.clear());
  const left = page.getByText("A Secret belongs to a plane that doesn't exist.");
  await expect(async () => {
    await wizard.open();
    await expect(left).toBeVisible({ timeout: 2000 });
  }).toPass();
  await expect(page.getByRole('listitem').filter({ hasText: SECRET_NAME })).toContainText(
    `${NAMESPACE}/${SECRET_NAME}, created`,
  );
  await expectAccessibleHere(page, 'the notice about a Secret that is left');
  await page.getByRole('button', { name: `Delete Secret ${NAMESPACE}/${SECRET_NAME}` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete Secret' }).click();
  await expect(left).toBeHidden();
  await expectWritten(installation, 'nothing');
});

test("a caller who can't create Secrets sees this before registering, and can use an existing Secret", async ({
  page,
  installation,
  startServer,
  wanted,
  caPem,
}) => {
  const { controlPlane } = installation;
  const user = await controlPlane.addUser({ name: 'planes-only' });
  const read = ['get', 'list', 'watch'];
  await grant(controlPlane.client, 'planes-only', [
    { apiGroups: ['openchoreo.dev'], resources: ['*'], verbs: [...read, 'create', 'patch'] },
    { apiGroups: [''], resources: ['namespaces'], verbs: read },
  ]);
  const server = await startServer({ kubeconfigPath: user.kubeconfigPath });
  const wizard = new RegistrationPage(page, server.url);
  await wizard.open();
  await wizard.chooseKind(DATA_PLANE);
  await wizard.goOn('identity');
  await wizard.fillIdentity(wanted);
  await wizard.goOn('connection');
  await expect(wizard.form).toContainText("You can't create Secrets in acme.");
  await wizard.fillConnection(DATA_PLANE, wanted);
  await wizard.goOn('services');
  await wizard.goOn('review');
  await expect(wizard.form).toContainText(
    `You can't create the Secret ${SECRET_NAME} in the namespace ${NAMESPACE}. User "planes-only" cannot create resource "secrets"`,
  );
  await expectWritten(installation, 'nothing');

  await wizard.form.getByRole('button', { name: 'Agent CA' }).click();
  await expect(wizard.heading('connection')).toBeVisible();
  await expect(wizard.input('Agent CA')).toHaveValue(caPem);
  await wizard.group('Agent CA').getByRole('radio', { name: 'Existing Secret' }).check();
  await wizard.goOn('services');
  await wizard.goOn('review');
  await expect(wizard.verdict).toBeVisible();
  await wizard.register();
  expect((await storedPlanes(installation)).map(({ metadata }) => metadata.name)).toEqual([NAME]);
  expect(await registrationSecrets(installation)).toEqual([]);
});

test('an expired credential fails the registration without losing input, and a renewed one completes it', async ({
  page,
  installation,
  startServer,
  wanted,
}) => {
  const { controlPlane } = installation;
  // In days. The validity of a certificate starts five minutes before its creation.
  const validFor = (seconds: number) => (5 * 60 + seconds) / (24 * 60 * 60);
  const name = 'short-lived';
  await grant(controlPlane.client, name, [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }]);
  const credentials = await controlPlane.addUser({ name, days: validFor(25) });
  const server = await startServer({ kubeconfigPath: credentials.kubeconfigPath });
  const wizard = new RegistrationPage(page, server.url);
  await wizard.fillAll(DATA_PLANE, wanted);
  const userClient = new KubeClient(credentials);
  await expect(async () => {
    await expect(userClient.get('/api/v1/namespaces')).rejects.toThrow();
  }).toPass({ timeout: 45_000 });
  await userClient.close();
  await wizard.registerButton.click();
  await expect(failure(wizard)).toBeVisible();
  await expect(failure(wizard)).toContainText(/credential|signed in|sign in/i);
  await expectWritten(installation, 'nothing');
  await controlPlane.addUser({ name });
  await expect(async () => {
    await registerAgain(wizard).click();
    await page.waitForURL(/\/register\/connect\//, { timeout: 3000 });
  }).toPass();
  await expectWritten(installation, 'the plane');
});

test('when two tabs register the same name at once, one fails and shows who created the plane and when', async ({
  context,
  wizard,
  installation,
  wanted,
}) => {
  const other = new RegistrationPage(await context.newPage());
  await wizard.fillAll(DATA_PLANE, wanted);
  await other.fillAll(DATA_PLANE, wanted);
  // Holds the first request until the second arrives, or the slower tab would already see the other plane.
  let waiting = 0;
  const gate = new EventEmitter();
  await context.route('**/api/registrations?dryRun=false', async (route) => {
    waiting += 1;
    if (waiting === 2) gate.emit('open');
    else await once(gate, 'open');
    await route.continue();
  });
  await Promise.all([wizard.registerButton.click(), other.registerButton.click()]);
  const hasRegistered = (tab: RegistrationPage) => tab.page.url().includes('/register/connect/');
  await expect.poll(() => [wizard, other].filter(hasRegistered).length).toBe(1);
  const loser = hasRegistered(wizard) ? other : wizard;
  await expect(failure(loser)).toContainText(/already/);
  await expect(failure(loser)).toContainText(/\d\d:\d\d:\d\d UTC by planeboard-demo-admin/);
  await expectWritten(installation, 'the plane');
});

test('the review reports at once that the name was taken, by whom and when', async ({
  context,
  wizard,
  wanted,
}) => {
  const other = new RegistrationPage(await context.newPage());
  await wizard.fillAll(DATA_PLANE, wanted);
  await other.fillAll(DATA_PLANE, wanted);
  await other.register();
  const sentence = `The data plane ${NAME} in the namespace ${NAMESPACE} already exists (created `;
  await expect(wizard.form).toContainText(sentence);
  await expect(wizard.form).toContainText(
    /\(created [-\d]+ [:\d]+ UTC by planeboard-demo-admin\)\. Choose another name\./,
  );
  await wizard.form.getByRole('button', { name: 'Name', exact: true }).click();
  await expect(wizard.input('Name')).toBeFocused();
  await wizard.input('Name').fill('prod-us');
  await expect(wizard.form).not.toContainText(sentence);
});

test('a double click on Register sends one registration', async ({ wizard, page, installation, wanted }) => {
  await wizard.fillAll(DATA_PLANE, wanted);
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/registrations?dryRun=false')) sent.push(request.method());
  });
  await wizard.registerButton.dblclick();
  await page.waitForURL(/\/register\/connect\//);
  expect(sent).toEqual(['POST']);
  await expectWritten(installation, 'the plane');
});

test('the server recovers from a lost response of the API server without an error', async ({
  proxiedWizard: wizard,
  faultProxy,
  installation,
  wanted,
}) => {
  await wizard.fillAll(DATA_PLANE, wanted);
  atPost(faultProxy, DATA_PLANES, () => 'lose-answer');
  await wizard.register();
  await expectWritten(installation, 'the plane');
});

test('registering again after the browser lost the response creates no second plane', async ({
  wizard,
  page,
  installation,
  wanted,
}) => {
  await wizard.fillAll(DATA_PLANE, wanted);
  await page.route(
    '**/api/registrations?dryRun=false',
    async (route) => {
      await route.fetch();
      await route.abort('connectionreset');
    },
    { times: 1 },
  );
  await wizard.registerButton.click();
  await expect(failure(wizard)).toContainText('Some resources may have been created.');
  const [before] = await storedPlanes(installation);
  await registerAgain(wizard).click();
  await page.waitForURL(/\/register\/connect\//);
  const [after, ...others] = await storedPlanes(installation);
  expect(after?.metadata.uid).toBe(before?.metadata.uid);
  expect(others).toEqual([]);
  await expectWritten(installation, 'the plane');
});

test('an existing Secret of the same name is never overwritten, and can be used instead', async ({
  wizard,
  page,
  installation,
  wanted,
  caPem,
}) => {
  const { client } = installation.controlPlane;
  const existing = { metadata: { name: SECRET_NAME }, stringData: { 'ca.crt': caPem } };
  const { metadata } = await client.post(SECRETS, existing);
  try {
    await wizard.fillUntilReview(DATA_PLANE, wanted);
    await expect(wizard.form).toContainText('already exists');
    await expect(wizard.form).toContainText("No plane you can see uses it, and Planeboard didn't create it.");
    await expect(wizard.form).toContainText('Its key ca.crt contains the certificate you entered.');
    await page.getByRole('button', { name: 'Use existing Secret' }).click();
    await expect(wizard.verdict).toBeVisible();
    await wizard.register();
    const [plane] = await storedPlanes(installation);
    expect(plane?.spec).toMatchObject({
      clusterAgent: { clientCA: { secretKeyRef: { name: SECRET_NAME, key: 'ca.crt' } } },
    });
    expect(plane?.metadata.annotations?.[REGISTERED_BY_ANNOTATION]).toBe('planeboard-demo-admin');
    const after = await client.get(`${SECRETS}/${SECRET_NAME}`);
    expect(after.metadata.resourceVersion).toBe(metadata.resourceVersion);
  } finally {
    await client.delete(`${SECRETS}/${SECRET_NAME}`);
  }
});
