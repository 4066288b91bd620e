import { expect, test } from '@/e2e/support/fixtures';

test.describe('A plane that does not exist', () => {
  test.use({ expectedErrors: [/Failed to load resource: .*404/] });
  for (const [what, path] of [
    ['no such name', '/planes/dataplanes/acme/nobody'],
    ['no such kind', '/planes/toasters/acme/shown'],
    ['a cluster kind with a namespace', '/planes/clusterdataplanes/acme/shown'],
    ['a path that climbs', '/planes/dataplanes/acme/..%2F..%2Fsecrets'],
  ] as const) {
    test(`${what}: a real 404`, async ({ page }) => {
      const response = await page.goto(path);
      expect(response?.status()).toBe(404);
      await expect(page.getByText('404')).toBeVisible();
      await expect(page.getByRole('heading', { name: /^There is no such (plane|page)$/ })).toBeVisible();
    });
  }
});
