import { selfSignedAgent } from '@/demo/pki/certificate-authority';
import { expectAccessible } from '@/e2e/support/accessibility';
import { expect, test } from '@/e2e/support/plane-test';
import { connectedPlane } from '@/testing/installation/simulated-planes';

const NAMESPACE = 'certified';
const LONG_WAIT = { timeout: 30_000 };
/** The lifetime that the charts give an agent's certificate. */
const LEAF_DAYS = 90;

test('the page leads to what must be done about certificates, most urgent first', async ({
  installation,
  page,
}) => {
  const leaf = { namespace: NAMESPACE, ca: 'leaf-inline' } as const;
  await installation.add(connectedPlane('ended', { ...leaf, certificateAgeDays: LEAF_DAYS + 3 }));
  await installation.add(connectedPlane('due', { ...leaf, certificateAgeDays: LEAF_DAYS - 10 }));
  await installation.add(connectedPlane('later', { ...leaf, certificateAgeDays: 5 }));
  await installation.add(
    connectedPlane('lasting', { namespace: NAMESPACE, ca: 'authority-in-secret', planeID: 'lasting' }),
  );
  await page.goto('/');
  await page.getByRole('link', { name: 'Certificates', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Certificates' })).toBeVisible();

  const rowIn = (group: string, plane: string) =>
    page
      .getByRole('region', { name: group })
      .getByRole('listitem')
      .filter({ hasText: `/${plane}` });
  await expect(rowIn('Fix now', 'ended')).toContainText('It expired 3 days ago.', LONG_WAIT);
  await expect(rowIn('Replace soon', 'due')).toContainText('probably renewed it by now');
  await expect(rowIn('In the next 90 days', 'later')).toContainText(
    /The chart renews it in about (69|70) days/,
  );
  const lasting = rowIn('Nothing to do', 'lasting');
  await expect(lasting).toContainText('Own CA', LONG_WAIT);
  await expect(lasting).toContainText('self-issued');
  await expect(lasting).toContainText(`stored in Secret ${NAMESPACE}/lasting-agent-ca, key ca.crt`);
  await expect(page.getByRole('region', { name: 'Renewals and restarts' })).toContainText('later: the chart');
  await expectAccessible(page, 'certificates');

  // A Secret's new content shows without a visit to the plane.
  const other = await selfSignedAgent('another-agent', { days: 400 });
  await installation.kube.patch(`/api/v1/namespaces/${NAMESPACE}/secrets/lasting-agent-ca`, {
    data: { 'ca.crt': Buffer.from(other.certPem).toString('base64') },
  });
  await expect(rowIn('Nothing to do', 'lasting')).toContainText('CN=another-agent', { timeout: 45_000 });
  await expect(rowIn('Nothing to do', 'lasting')).toContainText('Self-signed leaf', LONG_WAIT);

  await rowIn('Replace soon', 'due').getByRole('link', { name: 'Replace the agent CA of due' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Replace certificate' })).toBeVisible();
});

test('a search is part of the address, and one without matches can be cleared', async ({
  installation,
  page,
}) => {
  await installation.add(connectedPlane('sought', { namespace: NAMESPACE }));
  await page.goto('/certificates?q=sought');
  const row = page.getByRole('listitem').filter({ hasText: `DataPlane ${NAMESPACE}/sought` });
  await expect(row).toHaveCount(1);
  await page.getByRole('searchbox', { name: 'Search certificates' }).fill('matches-nothing');
  await expect(page.getByRole('heading', { name: 'No matches' })).toBeVisible();
  await expect(page).toHaveURL(/q=matches-nothing/);
  await page.getByRole('button', { name: 'Clear search' }).click();
  await expect(row.first()).toBeVisible();
  await expect(page).toHaveURL(/certificates$/);
});

test('on a phone, nothing is wider than the screen', async ({ installation, page }) => {
  const name = `certified-with-${'a-very-'.repeat(5)}long-name`;
  await installation.add(
    connectedPlane(name, { namespace: NAMESPACE, ca: 'leaf-in-secret', planeID: 'long' }),
  );
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/certificates?q=a-very');
  await expect(page.getByRole('listitem').filter({ hasText: name }).first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await expectAccessible(page, 'certificates on a phone');
});
