import { RegistrationPage } from '@/e2e/support/registration-page';
import { expect, test } from '@/e2e/support/registration-test';
import { MASK } from '@/lib/plane/masking/mask';
import { CONTROL_PLANE_NAMESPACE } from '@/lib/plane/model/annotations';
import { ensureNamespace, grant } from '@/testing/control-plane/kube-objects';
import { registrationSecrets, storedPlanes } from '@/testing/installation/installation';
import { installedKind } from '@/testing/plane/installed-kinds';
import {
  agentCaPem,
  DATA_PLANE,
  DATA_PLANES,
  NAME,
  NAMESPACE,
  prodPlane,
  SECRET_NAME,
} from '@/testing/plane/prod-plane';

const CA = 'Agent CA';

let caPem: string;
test.beforeAll(async () => {
  caPem = await agentCaPem();
});
test.beforeEach(async ({ installation }) => {
  await ensureNamespace(installation.controlPlane.client, NAMESPACE);
  await ensureNamespace(installation.controlPlane.client, CONTROL_PLANE_NAMESPACE);
});

test('a link selects the kind and the step', async ({ wizard, page }) => {
  await wizard.open('?kind=clusterdataplanes');
  await expect(wizard.heading('identity')).toBeVisible();
  await expect(wizard.input('Namespace')).toHaveCount(0);
  await expect(wizard.yaml).toContainText('kind: ClusterDataPlane');
  await wizard.open('?kind=dataplanes&step=connection');
  await expect(wizard.heading('connection')).toBeVisible();
  await wizard.open('?kind=dataplanes&step=kind');
  await expect(wizard.kind(DATA_PLANE)).toBeChecked();
  await expect(page).toHaveURL(/\/register\?kind=dataplanes&step=kind$/);
});

test("a link to a kind that isn't installed reports it and offers the installed kinds", async ({
  wizard,
  page,
}) => {
  await wizard.open('?kind=buildplanes');
  await expect(wizard.heading('kind')).toBeVisible();
  await expect(page.getByText("Build plane isn't installed.")).toBeVisible();
  await expect(page.getByRole('radio')).toHaveCount(6);
  await wizard.chooseKind(DATA_PLANE);
  await wizard.goOn('identity');
});

test('going back and forth between steps, also with the browser buttons, loses nothing', async ({
  wizard,
  page,
}) => {
  await wizard.open('?kind=dataplanes');
  await wizard.fillIdentity({
    ...prodPlane(caPem),
    displayName: 'Production Europe',
    description: 'Two\nlines',
  });
  await wizard.goOn('connection');
  await wizard.fillConnection(DATA_PLANE, prodPlane(caPem));
  await wizard.goOn('services');
  await page.goBack();
  await expect(wizard.input(CA)).toHaveValue(caPem);
  await page.goBack();
  await expect(wizard.input('Namespace')).toHaveValue(NAMESPACE);
  await expect(wizard.input('Name')).toHaveValue(NAME);
  await expect(wizard.input('Plane ID')).toHaveValue(NAME);
  await expect(wizard.input('Description')).toHaveValue('Two\nlines');
  await page.goForward();
  await expect(wizard.heading('connection')).toBeVisible();
  await page
    .getByRole('navigation', { name: 'Steps' })
    .getByRole('link', { name: /Review/ })
    .click();
  await expect(wizard.verdict).toBeVisible();
  await page.getByRole('button', { name: 'Edit identity' }).click();
  await expect(wizard.input('Display name')).toHaveValue('Production Europe');
});

test('changing the kind keeps the fields that both kinds have', async ({ wizard }) => {
  await wizard.open('?kind=dataplanes');
  await wizard.fillIdentity(prodPlane(caPem));
  await wizard.goOn('connection');
  await wizard.fillConnection(DATA_PLANE, prodPlane(caPem));
  await wizard.page.getByRole('link', { name: /^Kind/ }).click();
  await wizard.chooseKind(installedKind('1.2', 'ClusterDataPlane'));
  await wizard.goOn('identity');
  await expect(wizard.input('Name')).toHaveValue(NAME);
  await wizard.goOn('connection');
  await expect(wizard.input(CA)).toHaveValue(caPem);
});

test('a reload restores the draft and reports it', async ({ wizard, page }) => {
  await wizard.open('?kind=dataplanes');
  await wizard.fillIdentity(prodPlane(caPem));
  await wizard.goOn('connection');
  await wizard.fillConnection(DATA_PLANE, prodPlane(caPem));
  await page.reload();
  await expect(page.getByText('Draft restored.')).toBeVisible();
  await expect(wizard.input(CA)).toHaveValue(caPem);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByText('Draft restored.')).toBeHidden();
  await page.getByRole('button', { name: 'Start over' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Discard draft' }).click();
  await expect(wizard.heading('kind')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
});

test('the YAML preview follows the input, shows certificates and masks private keys', async ({ wizard }) => {
  await wizard.open('?kind=dataplanes');
  await wizard.fillIdentity(prodPlane(caPem));
  await expect(wizard.yaml).toContainText(`name: ${NAME}`);
  await expect(wizard.yaml).toContainText(`planeID: ${NAME}`);
  await wizard.goOn('connection');
  await wizard.fillConnection(DATA_PLANE, prodPlane(caPem));
  await expect(wizard.yaml).toContainText(`name: ${SECRET_NAME}`);
  await expect(wizard.yaml).toContainText(caPem.split('\n')[1] ?? '');
  await wizard.input(CA).fill('-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----');
  await expect(wizard.yaml).toContainText(MASK);
  await expect(wizard.yaml).not.toContainText('MIGHAgEAMBMGByqGSM49');
});

test("registering a sibling from a plane's page copies the planeID and the CA", async ({
  wizard,
  page,
  installation,
}) => {
  const { client } = installation.controlPlane;
  await client.post(DATA_PLANES, {
    apiVersion: 'openchoreo.dev/v1alpha1',
    kind: 'DataPlane',
    metadata: { name: 'first', namespace: NAMESPACE },
    spec: { planeID: 'ground', clusterAgent: { clientCA: { value: caPem } } },
  });
  await page.goto(`/planes/dataplanes/${NAMESPACE}/first`);
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Register sibling' }).click();
  await expect(wizard.heading('identity')).toBeVisible();
  await expect(wizard.input('Plane ID')).toHaveValue('ground');
  await expect(page.getByText('Same cluster as:')).toBeVisible();
  await expect(wizard.form.getByRole('link', { name: 'first' })).toBeVisible();
  await wizard.input('Namespace').selectOption(NAMESPACE);
  await wizard.input('Name').fill('second');
  await expect(wizard.input('Plane ID')).toHaveValue('ground');
  await wizard.goOn('connection');
  await expect(wizard.input(CA)).toHaveValue(caPem);
  await wizard.goOn('services');
  await wizard.goOn('review');
  await wizard.register();
  const second = await client.get(`${DATA_PLANES}/second`);
  expect(second.spec).toMatchObject({
    planeID: 'ground',
    clusterAgent: { clientCA: { value: `${caPem}\n` } },
  });
});

test('Enter removes blanks around a pasted name and continues', async ({ wizard, page }) => {
  await wizard.open();
  await wizard.chooseKind(DATA_PLANE);
  await wizard.goOn('identity');
  await wizard.input('Namespace').selectOption(NAMESPACE);
  await wizard.input('Name').fill(' pasted ');
  await page.keyboard.press('Enter');
  await expect(wizard.heading('connection')).toBeVisible();
  await expect(wizard.yaml).toContainText('name: pasted');
});

test("a link to another kind leaves an unfinished draft as it is, and offers a new one that doesn't replace it", async ({
  wizard,
  page,
}) => {
  await wizard.open('?kind=dataplanes');
  await wizard.input('Namespace').selectOption(NAMESPACE);
  await wizard.input('Name').fill('begun');
  await wizard.open('?kind=clusterdataplanes');
  await expect(page).toHaveURL(/kind=dataplanes$/);
  await expect(page.getByText(`Unfinished draft: data plane ${NAMESPACE}/begun.`)).toBeVisible();
  await expect(wizard.input('Namespace')).toHaveValue(NAMESPACE);
  await expect(wizard.input('Name')).toHaveValue('begun');
  await page.getByRole('button', { name: 'start a new cluster data plane' }).click();
  await expect(wizard.input('Name')).toHaveValue('');
  await expect(page).toHaveURL(/kind=clusterdataplanes$/);
  await page.reload();
  await page.getByRole('button', { name: 'Switch to it' }).click();
  await expect(wizard.input('Namespace')).toHaveValue(NAMESPACE);
  await expect(wizard.input('Name')).toHaveValue('begun');
});

test('switching to a draft that a link set aside, and back, keeps both', async ({
  wizard,
  page,
  installation,
}) => {
  await installation.controlPlane.client.post(DATA_PLANES, {
    apiVersion: 'openchoreo.dev/v1alpha1',
    kind: 'DataPlane',
    metadata: { name: 'first', namespace: NAMESPACE },
    spec: { planeID: 'ground', clusterAgent: { clientCA: { value: caPem } } },
  });
  await wizard.open();
  await wizard.chooseKind(DATA_PLANE);
  await wizard.goOn('identity');
  await wizard.input('Name').fill('begun');
  await page.getByRole('link', { name: 'Fleet', exact: true }).first().click();
  await page.getByRole('link', { name: 'first' }).click();
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Register sibling' }).click();
  await expect(page.getByText(/^Draft of .*begun set aside\.$/)).toBeVisible();
  await wizard.input('Name').fill('second');
  for (const [shown, other] of [
    ['begun', 'second'],
    ['second', 'begun'],
  ] as const) {
    await page.getByRole('button', { name: 'Switch to it' }).click();
    await expect(wizard.input('Name')).toHaveValue(shown);
    await expect(page.getByText(new RegExp(`^Draft of .*${other} set aside\\.$`))).toBeVisible();
  }
});

test('a kind that the caller may not create is disabled and shows the reason', async ({
  page,
  installation,
  startServer,
}) => {
  const { controlPlane } = installation;
  const user = await controlPlane.addUser({ name: 'data-only' });
  const read = ['get', 'list', 'watch'];
  await grant(controlPlane.client, 'data-only', [
    { apiGroups: ['openchoreo.dev'], resources: ['*'], verbs: read },
    { apiGroups: ['openchoreo.dev'], resources: ['dataplanes'], verbs: ['create'] },
    { apiGroups: [''], resources: ['namespaces'], verbs: read },
  ]);
  const wizard = new RegistrationPage(page, (await startServer({ kubeconfigPath: user.kubeconfigPath })).url);
  await wizard.open();
  const refused = wizard.kind(installedKind('1.2', 'WorkflowPlane'));
  await expect(refused).toHaveAttribute('aria-disabled', 'true');
  await expect(refused).toHaveAccessibleDescription(
    /Ask an administrator for permission to create workflowplanes\.openchoreo\.dev in a namespace\.$/,
  );
  await refused.press('Space');
  await expect(refused).not.toBeChecked();
  await wizard.chooseKind(DATA_PLANE);
  await wizard.goOn('identity');
});

test('a read-only dashboard generates manifests and writes nothing', async ({
  page,
  installation,
  startServer,
}) => {
  const server = await startServer({ env: { PLANEBOARD_READONLY: 'true' } });
  const wizard = new RegistrationPage(page, server.url);
  await wizard.fillUntilReview(DATA_PLANE, prodPlane(caPem));
  await expect(page.getByText('Planeboard is read-only.', { exact: true })).toBeVisible();
  await expect(page.getByText('Not checked by the API server:')).toBeVisible();
  await expect(wizard.registerButton).toHaveCount(0);
  await expect(page.getByRole('region', { name: `File ${NAME}.yaml` })).toContainText('kind: DataPlane');
  expect(await storedPlanes(installation)).toEqual([]);
  expect(await registrationSecrets(installation)).toEqual([]);
});

test("a step that was never opened isn't marked complete", async ({ wizard, page }) => {
  await wizard.open('?kind=dataplanes&step=review');
  const steps = page.getByRole('navigation', { name: 'Steps' }).getByRole('link');
  const services = steps.filter({ hasText: 'Gateway and services' });
  await expect(steps.filter({ hasText: /needs? attention/ }).first()).toBeVisible();
  await expect(services).not.toContainText('complete');
  await services.click();
  await wizard.goOn('review');
  await expect(services).toContainText('complete');
  await page.reload();
  await expect(services).toContainText('complete');
});

test('an existing Secret is reported at its field, with its users and that it holds another certificate', async ({
  wizard,
  page,
  installation,
}) => {
  const { client } = installation.controlPlane;
  const secrets = `/api/v1/namespaces/${CONTROL_PLANE_NAMESPACE}/secrets`;
  const existingSecret = `${NAME}-dataplane-agent-ca`;
  await client.post(secrets, {
    metadata: { name: existingSecret },
    stringData: { 'ca.crt': await agentCaPem() },
  });
  await client.post('/apis/openchoreo.dev/v1alpha1/clusterworkflowplanes', {
    apiVersion: 'openchoreo.dev/v1alpha1',
    kind: 'ClusterWorkflowPlane',
    metadata: { name: 'their-plane' },
    spec: {
      planeID: 'theirs',
      clusterAgent: {
        clientCA: {
          secretKeyRef: { name: existingSecret, namespace: CONTROL_PLANE_NAMESPACE, key: 'ca.crt' },
        },
      },
    },
  });
  try {
    await wizard.open('?kind=clusterdataplanes');
    await wizard.input('Name').fill(NAME);
    await wizard.goOn('connection');
    await wizard.input(CA).fill(caPem);
    const group = wizard.group(CA);
    await expect(group).toContainText(
      `The Secret ${CONTROL_PLANE_NAMESPACE}/${existingSecret} already exists`,
    );
    await expect(group).toContainText("It's used by the cluster workflow plane their-plane.");
    await expect(group).toContainText('Its key ca.crt contains a different certificate: ');
    await group.getByRole('button', { name: `Store as ${existingSecret}-2` }).click();
    await expect(group).not.toContainText('already exists');
    await expect(wizard.yaml).toContainText(`name: ${existingSecret}-2`);
    await page
      .getByRole('navigation', { name: 'Steps' })
      .getByRole('link', { name: /Review/ })
      .click();
    await expect(wizard.verdict).toBeVisible();
  } finally {
    await client.delete(`${secrets}/${existingSecret}`);
    await client.delete('/apis/openchoreo.dev/v1alpha1/clusterworkflowplanes/their-plane');
  }
});

test('typing the name default explains its special meaning', async ({ wizard }) => {
  await wizard.open('?kind=dataplanes&step=identity');
  await wizard.input('Name').fill('default');
  await expect(wizard.form).toContainText(
    "The name default is special: environments in this namespace that don't name a data plane use this one",
  );
  await wizard.input('Name').fill('defaults');
  await expect(wizard.form).not.toContainText('The name default is special');
});
