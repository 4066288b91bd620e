import { EditPage, editablePlane } from '@/e2e/support/edit-page';
import { expect, test } from '@/e2e/support/plane-test';

test('annotations of 250 KB neither slow an edit down nor change with it', async ({ installation, page }) => {
  const text = `${'eyJ-'.repeat(30_000)}{"a":${'['.repeat(120_000)}`;
  const plane = editablePlane('heavy-edit');
  await installation.add(plane);
  await installation.patch(plane, { metadata: { annotations: { 'example.com/data': text } } });
  const edit = new EditPage(page);
  await edit.open(plane, 'form');
  await edit.input('Secret store').fill('mine');
  await edit.review();
  await edit.save();
  const { metadata, spec } = await installation.read(plane);
  expect(metadata.annotations?.['example.com/data']).toBe(text);
  expect(spec).toMatchObject({ secretStoreRef: { name: 'mine' } });
});
