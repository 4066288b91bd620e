import { EditPage, editablePlane, nameAnnotations } from '@/e2e/support/edit-page';
import { expect, test } from '@/e2e/support/plane-test';
import { auditLinesOf } from '@/testing/server/audit-lines';

// The browser logs the API's answer to a conflict.
test.use({ expectedErrors: [/Failed to load resource: .*409/] });

test.describe('a server that is killed while it saves an edit', () => {
  // The page loses its server for a while.
  test.use({ expectedErrors: [/Failed to load resource|net::ERR/] });

  test('leaves the intent in the audit log, and the page finds out that the change is stored', async ({
    installation,
    faultProxy,
    startServer,
    page,
  }) => {
    const plane = editablePlane('killed-edit');
    await installation.add(plane);
    const server = await startServer({ kubeconfigPath: faultProxy.kubeconfigPath });
    const edit = new EditPage(page, server.url);
    await edit.open(plane, 'form');
    await edit.input('Secret store').fill('mine');
    await edit.review();
    faultProxy.rule = (path, method) =>
      method === 'PATCH' && path.includes('/killed-edit') && !path.includes('dryRun')
        ? 'hold-answer'
        : undefined;
    await edit.saveButton.click();
    await expect
      .poll(async () => (await installation.read(plane)).spec)
      .toMatchObject({ secretStoreRef: { name: 'mine' } });
    await server.kill('SIGKILL');
    expect(auditLinesOf(server.lines)).toMatchObject([
      { stage: 'intent', verb: 'patch', object: { kind: 'DataPlane', name: 'killed-edit' } },
    ]);

    // The feed may have told the page already, or only the next server does.
    faultProxy.rule = undefined;
    await server.start();
    const checkAgain = page.getByRole('button', { name: 'Check again' });
    const stored = page.getByText(/Your edit was saved after all\.|The stored plane matches your edit\./);
    await expect(async () => {
      if (await checkAgain.isVisible()) await checkAgain.click();
      await expect(stored).toBeVisible({ timeout: 2000 });
    }).toPass();
  });
});

/** The tool has written the plane, so a save must be confirmed. */
const evenIfManaged = (edit: EditPage) => edit.card('Change it in its source').getByRole('checkbox').check();

test('two tabs and a GitOps tool change one plane, and nothing is lost', async ({
  installation,
  context,
  page,
}) => {
  const plane = editablePlane('shared-edit');
  await installation.add(plane);
  const [first, second] = [new EditPage(page), new EditPage(await context.newPage())];
  for (const edit of [first, second]) await edit.open(plane, 'form');
  await first.input('Display name').fill('Of the first tab');
  await second.input('Description').fill('Of the second tab');
  await second.input('Secret store').fill('of-the-second-tab');
  await installation.patch(plane, { metadata: { labels: { team: 'of-git' } } }, 'kustomize-controller');

  await first.review();
  await evenIfManaged(first);
  await first.save();
  await expect(second.page.getByText('Someone else changed this plane.')).toBeVisible();
  await installation.patch(plane, { spec: { secretStoreRef: { name: 'of-git' } } }, 'kustomize-controller');
  await expect(second.conflicts).toContainText('spec.secretStoreRef.name');
  await second.conflicts.getByRole('radio', { name: /^Theirs/ }).check();
  await second.conflicts.getByRole('button', { name: 'Continue' }).click();
  await second.review();
  await evenIfManaged(second);
  await second.save();

  const { metadata, spec } = await installation.read(plane);
  expect(metadata.labels).toEqual({ region: 'eu', team: 'of-git' });
  expect(metadata.annotations).toMatchObject(nameAnnotations('Of the first tab', 'Of the second tab'));
  expect(spec).toMatchObject({ secretStoreRef: { name: 'of-git' } });
});
