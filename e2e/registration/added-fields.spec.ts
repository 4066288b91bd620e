import { expect, test } from '@/e2e/support/registration-test';

test('what is added after a failed Continue is not called wrong before it was left, or the step was to be left again', async ({
  wizard,
  page,
}) => {
  const wrong = wizard.form.locator('[aria-invalid=true]');
  const goOn = wizard.form.getByRole('button', { name: /^Continue/ });
  await wizard.open('?kind=dataplanes&step=services');
  await page.getByRole('button', { name: 'Add ingress from outside' }).click();
  await expect(wizard.group('Ingress from outside')).toBeVisible();
  await expect(wrong).toHaveCount(0);
  await goOn.click();
  await expect(wrong).toHaveCount(2);
  await expect(wizard.form).toContainText('2 things to fix');

  await page.getByRole('button', { name: 'Add egress to the outside' }).click();
  const added = wizard.group('Egress to the outside');
  await expect(added.getByLabel('Gateway', { exact: true })).toBeFocused();
  await expect(wrong).toHaveCount(2);
  await expect(wizard.form).toContainText('2 things to fix');
  await page.keyboard.press('Tab');
  await expect(added.getByLabel('Gateway', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await expect(wrong).toHaveCount(3);

  await goOn.click();
  await expect(wrong).toHaveCount(4);
  await expect(wizard.form).toContainText('4 things to fix');
});
