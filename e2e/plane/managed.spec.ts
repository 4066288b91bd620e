import type { Page } from '@playwright/test';
import { selfSignedAgent } from '@/demo/pki/certificate-authority';
import { expectAccessible } from '@/e2e/support/accessibility';
import { EditPage } from '@/e2e/support/edit-page';
import { loseAnswers } from '@/e2e/support/lose-answers';
import { PlanePage } from '@/e2e/support/plane-page';
import { expect, test } from '@/e2e/support/plane-test';
import { kindOfName } from '@/lib/plane/model/kinds';
import { planeKey } from '@/lib/plane/model/plane-path';
import type { SimulatedInstallation } from '@/testing/installation/simulated-installation';
import { apiPathOf, connectedPlane, type SimulatedPlane } from '@/testing/installation/simulated-planes';
import { auditLinesOf } from '@/testing/server/audit-lines';
import type { PlaneboardServer } from '@/testing/server/planeboard-server';

const NAMESPACE = 'from-git';

// The API answers 409 for a managed plane and 404 for a deleted one. The browser logs both.
test.use({ expectedErrors: [/Failed to load resource: .*4(04|09)/] });

/** The other managing tools: a plane with their marks, and what its page shows for them. */
const OTHER_MANAGERS = [
  {
    plane: connectedPlane('by-flux', { namespace: NAMESPACE, managedBy: 'flux' }),
    title: 'Managed by Flux flux-system/planes.',
    evidence: 'label kustomize.toolkit.fluxcd.io/name',
  },
  {
    plane: connectedPlane('by-helm', {
      namespace: NAMESPACE,
      labels: { 'app.kubernetes.io/managed-by': 'Helm' },
    }),
    marks: { 'meta.helm.sh/release-name': 'planes', 'meta.helm.sh/release-namespace': 'platform' },
    title: 'Managed by Helm release platform/planes.',
    evidence: 'annotation meta.helm.sh/release-name',
  },
] as const;

/** Returns the server's audit lines about one plane so far. */
function auditsOf(server: PlaneboardServer, name: string): ReturnType<typeof auditLinesOf> {
  return auditLinesOf(server.lines).filter(({ object }) => object.name === name);
}

/** Sends a request as a script with the page's origin would. */
function send(page: Page, url: string, method: string, path: string, data: unknown) {
  return page.request.fetch(`${url}${path}`, { method, data, headers: { origin: url } });
}

test('shows that Argo CD manages the plane, with a link and the field managers, and an edit offers a patch for the source before it writes', async ({
  installation,
  planePage,
  page,
}) => {
  await installation.kube.post('/api/v1/namespaces', { metadata: { name: 'argocd' } });
  await installation.kube.post('/api/v1/namespaces/argocd/configmaps', {
    metadata: { name: 'argocd-cm' },
    data: { url: 'https://argocd.example.com' },
  });
  const plane = connectedPlane('by-argocd', { namespace: NAMESPACE, managedBy: 'argocd', frozen: true });
  await installation.add(plane);
  const before = await installation.read(plane);
  await planePage.open(plane);
  await expect(page.getByText('Managed by Argo CD Application planes.')).toBeVisible();
  await expect(page.getByText('Source: annotation argocd.argoproj.io/tracking-id.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open in Argo CD' })).toHaveAttribute(
    'href',
    'https://argocd.example.com/applications/argocd/planes',
  );

  await test.step('the page lists the field managers, most recent write first', async () => {
    const writers = planePage.card('Field managers').getByRole('listitem');
    await expect(writers.filter({ hasText: 'kubectl-create' })).toContainText('resource, by update');
    // The controller writes the status after the creation.
    await expect(writers.first()).toContainText('openchoreo-controller-manager');
    await installation.patch(plane, { metadata: { labels: { by: 'someone' } } }, 'kubectl-edit');
    await expect(writers.first()).toContainText('kubectl-edit');
    await expect(writers.first()).toContainText('resource, by update');
    await expect(writers.filter({ hasText: 'openchoreo-controller-manager' })).toContainText('status, by');
  });

  const edit = new EditPage(page);
  await edit.open(plane, 'form');
  await edit.input('Secret store').fill('changed-here');
  await edit.review();
  const source = edit.card('Change it in its source');
  await expect(source).toContainText('Argo CD (planes) manages this plane and reverts changes');
  await expect(source.getByRole('region', { name: 'Change as YAML' })).toContainText('name: changed-here');
  await expect(edit.saveButton).toBeDisabled();
  expect((await installation.read(plane)).spec).toEqual(before.spec);
  await source.getByRole('checkbox').check();
  await edit.save();
  expect((await installation.read(plane)).spec).toMatchObject({ secretStoreRef: { name: 'changed-here' } });
});

test.describe("when the page can't read what manages the plane", () => {
  test.use({ expectedErrors: [/Failed to load resource/] });

  test('Planeboard rejects the first save, and the second one needs a confirmation', async ({
    installation,
    page,
  }) => {
    const plane = connectedPlane('secretly-managed', {
      namespace: NAMESPACE,
      managedBy: 'argocd',
      frozen: true,
    });
    await installation.add(plane);
    await loseAnswers(page, '**/related');
    const edit = new EditPage(page);
    await edit.open(plane, 'form');
    await edit.input('Secret store').fill('changed-here');
    await edit.review();
    await edit.saveButton.click();
    const source = edit.card('Change it in its source');
    await expect(source).toContainText('Argo CD');
    await expect(edit.saveButton).toBeDisabled();
    await source.getByRole('checkbox').check();
    await edit.save();
    expect((await installation.read(plane)).spec).toMatchObject({ secretStoreRef: { name: 'changed-here' } });
  });
});

test('shows that Flux or Helm manages the plane', async ({ installation, planePage, page }) => {
  for (const { title, evidence, ...managed } of OTHER_MANAGERS) {
    await test.step(title, async () => {
      const plane: SimulatedPlane = managed.plane;
      await installation.add(plane);
      if ('marks' in managed) await installation.patch(plane, { metadata: { annotations: managed.marks } });
      await planePage.open(plane);
      await expect(page.getByText(title)).toBeVisible();
      await expect(page.getByText(`Source: ${evidence}.`)).toBeVisible();
    });
  }
});

test('renaming and deleting a managed plane needs confirmation, and the API rejects both without it', async ({
  installation,
  planePage,
  page,
}) => {
  const plane = connectedPlane('kept', {
    namespace: NAMESPACE,
    displayName: 'Kept in git',
    managedBy: 'argocd',
  });
  await installation.add(plane);
  const before = await installation.read(plane);
  await planePage.open(plane);
  await page.getByRole('button', { name: 'Edit display name' }).click();
  await page.getByRole('textbox', { name: 'Display name' }).fill('Named here');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Copy change for the source' })).toBeVisible();
  expect((await installation.read(plane)).metadata.annotations).toEqual(before.metadata.annotations);
  await page.getByRole('button', { name: 'Save here anyway (will be reverted)' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Named here');

  await planePage.open(plane, '?delete=1');
  await expect(page.locator('[data-consequence="managed"]')).toContainText(
    'Argo CD (planes) manages this plane, according to its annotation',
  );
  await expect(planePage.card('Recommended: remove it from its source')).toBeVisible();
  await page.getByLabel('Type kept to confirm').fill('kept');
  await expect(page.getByRole('button', { name: 'Delete plane' })).toBeDisabled();

  const { url } = installation.server;
  const { resourceVersion = '', uid = '' } = (await installation.read(plane)).metadata;
  const path = `/api/planes/dataplanes/${NAMESPACE}/kept`;
  const changes = { displayName: 'By a script' };
  const answers = [
    await send(page, url, 'PATCH', path, { resourceVersion, changes }),
    await send(page, url, 'DELETE', path, { confirm: 'kept', uid }),
  ];
  for (const answer of answers) expect(await answer.json()).toMatchObject({ code: 'managed-elsewhere' });
  expect((await installation.read(plane)).metadata.annotations).toMatchObject({
    'openchoreo.dev/display-name': 'Named here',
  });
});

test('every write logs its intent and outcome with user, address, verb and object, and no values', async ({
  installation,
  planePage,
  page,
}) => {
  const plane = connectedPlane('audited', { namespace: NAMESPACE, displayName: 'Before' });
  await installation.add(plane);
  await planePage.open(plane);
  await page.getByRole('button', { name: 'Edit display name' }).click();
  await page.getByRole('textbox', { name: 'Display name' }).fill('A value that no log may hold');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A value that no log may hold');
  await page.getByRole('button', { name: 'Refresh status' }).first().click();
  await expect.poll(() => auditsOf(installation.server, 'audited').length).toBeGreaterThan(1);
  const { url } = installation.server;
  const path = `/api/planes/dataplanes/${NAMESPACE}/audited`;
  const refused = await send(page, url, 'PATCH', path, {
    resourceVersion: '1',
    changes: { displayName: 'Too late' },
  });
  expect(refused.status()).toBe(409);
  await planePage.open(plane, '?delete=1');
  await page.getByLabel('Type audited to confirm').fill('audited');
  await page.getByRole('button', { name: 'Delete plane' }).click();
  await expect(planePage.card('Deleted')).toBeVisible({ timeout: 30_000 });
  const audits = auditsOf(installation.server, 'audited');
  const object = { kind: 'DataPlane', namespace: NAMESPACE, name: 'audited' };
  for (const audit of audits)
    expect(audit).toMatchObject({ user: 'planeboard-demo-admin', source: '127.0.0.1', object });
  expect(audits.map(({ verb, outcome = 'intent' }) => `${verb} ${outcome}`)).toEqual(
    expect.arrayContaining(['patch intent', 'patch done', 'delete intent', 'delete done']),
  );
  expect(audits.at(-1)?.verb).toBe('delete');
  expect(JSON.stringify(audits)).toContain('openchoreo.dev/display-name');
  expect(installation.server.output).not.toContain('A value that no log may hold');
});

test.describe('read-only', () => {
  // The browser logs every rejected request.
  test.use({ expectedErrors: [/Failed to load resource: .*40[0-9]/] });

  test('PLANEBOARD_READONLY disables every write on the pages and in the API', async ({
    installation,
    startServer,
    page,
  }) => {
    const plane = connectedPlane('untouchable', { namespace: NAMESPACE, ca: 'leaf-inline' });
    await installation.add(plane);
    const { kubeconfigPath } = installation.demo.controlPlane;
    const server = await startServer({ kubeconfigPath, env: { PLANEBOARD_READONLY: 'true' } });
    const planePage = new PlanePage(page, server.url);
    await planePage.open(plane);
    await expect(planePage.card('Diagnosis').getByText(/^Related resources checked/)).toBeVisible();
    for (const name of [/^Edit (display|desc)/, /^Add desc/, /^Replace/])
      await expect(page.getByRole('button', { name })).toHaveCount(0);
    // What can be done with a plane stays visible, with the reason why not here.
    for (const name of ['Edit', 'Refresh status']) {
      const button = page.getByRole('button', { name, exact: true });
      await expect(button).toBeDisabled();
      await expect(button).toHaveAccessibleDescription(/read-only/);
    }
    await page.getByRole('button', { name: /^Actions/ }).click();
    const items = page.getByRole('menu', { name: 'Actions' }).getByRole('menuitem');
    await expect(items).toHaveCount(6);
    for (const item of await items.all()) {
      await expect(item).toBeDisabled();
      await expect(item).toHaveAccessibleDescription(/read-only/);
    }
    await expectAccessible(page, 'the actions of a read-only installation');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('link', { name: /^Replace|^Edit|^Delete/ })).toHaveCount(0);
    for (const search of ['?edit=form', '?edit=yaml', '?replace=agent-ca', '?delete=1']) {
      await planePage.open(plane, search);
      await expect(planePage.card('Diagnosis')).toBeVisible();
      await expect(page.getByText('so the plane is shown instead of')).toBeVisible();
    }
    await expectRefused(page, server, installation, plane);
  });
});

/** Expects every writing route to answer that the installation is read-only, and the plane to be unchanged. */
async function expectRefused(
  page: Page,
  { url }: PlaneboardServer,
  installation: SimulatedInstallation,
  plane: SimulatedPlane,
): Promise<void> {
  const before = await installation.read(plane);
  const { resourceVersion = '', uid = '' } = before.metadata;
  const { plural = '' } = kindOfName(plane.kind) ?? {};
  const path = `/api/planes/${planeKey({ plural, namespace: plane.namespace, name: plane.name })}`;
  const { certPem } = await selfSignedAgent('agent', { days: 90 });
  const requests = [
    ['PATCH', path, { resourceVersion, changes: { displayName: 'No' } }],
    ['DELETE', path, { confirm: plane.name, uid }],
    ['POST', `${path}/refresh`, {}],
    ['POST', `${path}/credentials`, { slot: 'clusterAgent.clientCA', action: 'add', text: certPem }],
  ] as const;
  for (const [method, route, body] of requests) {
    const answer = await send(page, url, method, route, body);
    expect(await answer.json(), `${method} ${route}`).toMatchObject({ code: 'read-only', status: 403 });
  }
  const after = await installation.kube.get<typeof before>(apiPathOf(plane));
  expect(after.metadata.annotations).toEqual(before.metadata.annotations);
  expect(after.spec).toEqual(before.spec);
}
