import { expectAccessible } from '@/e2e/support/accessibility';
import { EditPage } from '@/e2e/support/edit-page';
import { expect, test } from '@/e2e/support/plane-test';
import { connectedPlane } from '@/testing/installation/simulated-planes';

test('labels are added, changed and removed in the form, with errors beside them', async ({
  installation,
  planePage,
  page,
}) => {
  const plane = connectedPlane('labelled', { labels: { region: 'eu-west-1', team: 'shop' } });
  await installation.add(plane);
  const edit = new EditPage(page);
  await edit.open(plane, 'form');
  const labels = edit.card('Identity').getByRole('group', { name: /^Labels/ });
  await expect(labels.getByRole('listitem')).toHaveCount(2);
  await labels.getByRole('textbox', { name: 'Label value 1' }).fill('eu-central-1');
  await labels.getByRole('button', { name: 'Remove label team' }).click();
  await labels.getByRole('button', { name: /^Add another/ }).click();
  const key = labels.getByRole('textbox', { name: 'Label key 2' });
  await expect(key).toBeFocused();
  await key.fill('no key');
  await labels.getByRole('textbox', { name: 'Label value 2' }).fill('gold');
  await edit.reviewButton.click();
  await expect(key).toHaveAccessibleDescription(/A key has at most 63/);
  await expectAccessible(page, 'labels with an error');
  await key.fill('tier');
  await edit.review();
  await expect(edit.difference).toContainText('tier: gold');
  await edit.saveButton.click();
  await expect
    .poll(async () => (await installation.read(plane)).metadata.labels)
    .toEqual({ region: 'eu-central-1', tier: 'gold' });
  await planePage.open(plane);
  await expect(planePage.card('Labels')).toContainText('gold');
});

test('both views of an edit show the same labels', async ({ installation, page }) => {
  const plane = connectedPlane('both-views', { labels: { region: 'eu' } });
  await installation.add(plane);
  const edit = new EditPage(page);
  await edit.open(plane, 'form');
  await edit.input('Label value 1').fill('us');
  await page
    .getByRole('radio', { name: 'YAML' })
    .or(page.getByRole('tab', { name: 'YAML' }))
    .first()
    .click();
  await expect(edit.yaml).toContainText('region: us');
});
