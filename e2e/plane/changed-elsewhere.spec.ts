import { issuedMaterial } from '@/demo/fleet/fleet-state';
import { EditPage, editablePlane } from '@/e2e/support/edit-page';
import { PlanePage } from '@/e2e/support/plane-page';
import { expect, test } from '@/e2e/support/plane-test';
import { kindOfName } from '@/lib/plane/model/kinds';
import { planeApiPath } from '@/lib/plane/model/plane-path';
import { connectedPlane } from '@/testing/installation/simulated-planes';

const LONG_WAIT = { timeout: 30_000 };
const FLUX = 'kustomize-controller';

test('a changed planeID that disconnects the plane is the first finding, and its undo restores the connection', async ({
  installation,
  page,
}) => {
  const plane = connectedPlane('moved-here', { namespace: 'changing' });
  await installation.add(plane);
  // Planes that stay connected: otherwise the loss could be part of an incident with a plane of another test.
  for (const name of ['stays-here', 'stays-too'])
    await installation.add(connectedPlane(name, { namespace: 'changing' }));
  const planePage = new PlanePage(page);
  await planePage.open(plane);
  const why = planePage.card('Diagnosis');
  await expect(why.getByText('No known problems')).toBeVisible(LONG_WAIT);

  const { url } = installation.server;
  const { metadata } = await installation.read(plane);
  const plural = kindOfName(plane.kind)?.plural ?? '';
  const path = planeApiPath({ plural, namespace: plane.namespace, name: plane.name });
  const answer = await page.request.patch(`${url}${path}`, {
    data: { resourceVersion: metadata.resourceVersion, changes: { spec: { planeID: 'moved-away' } } },
    headers: { origin: url },
  });
  expect(answer.status()).toBe(200);

  const first = why.locator('[data-finding]').first();
  await expect(first).toHaveAttribute('data-finding', 'connection-changed', LONG_WAIT);
  await expect(first).toContainText(
    /planeID changed \d+ s ago by you: "moved-away", was "moved-here"\. The agent that was connected until then uses "moved-here"/,
  );
  await planePage.tab('History');
  await expect(planePage.card('History')).toContainText(
    'Spec changed by you: spec.planeID. Generation 2, was 1.',
  );
  await planePage.tab('Overview');

  await first.getByRole('button', { name: 'Undo', exact: true }).click();
  const edit = new EditPage(page);
  await expect(page.getByText('Dry run passed.')).toBeVisible();
  await expect(edit.difference).toContainText('planeID: moved-here');
  await expect(page.getByRole('region', { name: 'Earlier edit' })).toBeHidden();
  await edit.save();
  expect((await installation.read(plane)).spec).toMatchObject({ planeID: 'moved-here' });
  await page.getByRole('link', { name: 'Back to the plane' }).click();
  await expect(why.getByText('No known problems')).toBeVisible(LONG_WAIT);
});

test("a CA that is replaced in its Secret is noted while the agent is connected, and named first once it's lost", async ({
  installation,
  page,
}) => {
  const namespace = 'changing';
  const plane = connectedPlane('swapped-ca', { namespace, ca: 'authority-in-secret' });
  await installation.add(plane);
  const planePage = new PlanePage(page);
  await planePage.open(plane);
  const why = planePage.card('Diagnosis');
  await expect(why.getByText('No known problems')).toBeVisible(LONG_WAIT);

  const { caPem } = await issuedMaterial('another-ca');
  await installation.kube.patch(`/api/v1/namespaces/${namespace}/secrets/swapped-ca-agent-ca`, {
    data: { 'ca.crt': Buffer.from(caPem).toString('base64') },
  });
  // The page has the Secret read again when it's opened.
  await planePage.open(plane);
  const note = await planePage.finding('certificate-replaced');
  await expect(note).toContainText("The agent isn't known to have connected since.");

  installation.demo.simulation.gateway.agents.remove({ planeType: 'dataplane', planeID: 'swapped-ca' });
  const first = why.locator('[data-finding]').first();
  await expect(first).toHaveAttribute('data-finding', 'connection-changed', LONG_WAIT);
  await expect(first).toContainText('swapped-ca-agent-ca changed');
  await planePage.tab('History');
  await expect(planePage.card('History')).toContainText(
    `Agent CA in Secret ${namespace}/swapped-ca-agent-ca changed. A Secret doesn't say by whom.`,
  );
});

test('the edit page says when Flux reverts a save, and when a commit has brought the change', async ({
  installation,
  page,
}) => {
  const plane = editablePlane('by-git', { managedBy: 'flux', frozen: true });
  await installation.add(plane);
  const write = (name: string) => installation.patch(plane, { spec: { secretStoreRef: { name } } }, FLUX);
  await write('in-git');
  const edit = new EditPage(page);
  const store = edit.input('Secret store');
  const source = edit.card('Change it in its source');
  await edit.open(plane, 'form');

  await test.step('a save that is reverted says which field, by whom and when', async () => {
    await store.fill('changed-here');
    await edit.review();
    await source.getByRole('checkbox').check();
    await edit.save();
    await write('in-git');
    const saved = page.getByRole('status').filter({ hasText: 'Saved, then reverted' });
    await expect(saved).toContainText(
      /Reverted by Flux \(kustomize-controller\): spec\.secretStoreRef\.name has its earlier value again\. .+ ago/,
    );
  });

  await test.step('a change that lands by a commit is observed, and offers no empty patch', async () => {
    await edit.open(plane, 'form');
    await store.fill('committed');
    await edit.review();
    await expect(source).toContainText('name: committed');
    await write('committed');
    const observed = page.getByRole('status').filter({ hasText: 'Observed: the cluster has your change.' });
    await expect(observed).toContainText('Written by Flux (kustomize-controller)');
    await expect(observed).toContainText('spec.secretStoreRef.name');
    await expect(observed).toContainText('Nothing is left to save.');
    await expect(source).toHaveCount(0);
    await expect(page.getByText('Someone else changed this plane.')).toHaveCount(0);
  });
});
