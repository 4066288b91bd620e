import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { expectAccessible } from '@/e2e/support/accessibility';
import { LIVE } from '@/e2e/support/fleet-page';
import { expect, test } from '@/e2e/support/own-control-plane-test';
import { MINUTE_MS } from '@/lib/plane/time/duration';
import { publishCa, publishServing } from '@/testing/control-plane/gateway-secrets';
import { connectedStatus, lostStatus } from '@/testing/control-plane/plane-statuses';

/** Covers a reading of the certificates, which is every 6 s at a test's pace. */
const NOTICED = { timeout: 30_000 };

test("every page reports the gateway's certificate that expires, has expired, and is renewed", async ({
  page,
  planes,
  ownControlPlane: { client },
  startServer,
}) => {
  test.setTimeout(180_000);
  const authority = await CertificateAuthority.create('cluster-gateway-ca', { days: 3650 });
  const issue = (fromDays: number) => authority.serving(['gateway.example.com'], { fromDays, days: 90 });
  await publishCa(client, authority.certPem);
  await publishServing(client, await issue(-80));
  await planes.add(
    { kind: 'DataPlane', namespace: 'acme', name: 'steady', status: connectedStatus() },
    { kind: 'DataPlane', namespace: 'acme', name: 'lost', status: lostStatus(MINUTE_MS) },
  );
  const server = await startServer({
    env: { PLANEBOARD_HEARTBEAT_FRESH_SECONDS: '600', PLANEBOARD_HEARTBEAT_STALE_SECONDS: '900' },
  });

  await page.goto(server.url);
  await expect(page.getByText(LIVE)).toBeVisible();
  const banner = page.getByText(
    /^Gateway certificate expires soon\. The serving certificate .* expires in 9 days/,
  );
  await expect(banner).toBeVisible(NOTICED);
  await expect(banner).toContainText('all agents lose their connection at their next reconnect');
  await expect(page.getByRole('img', { name: 'Warning:' })).toBeVisible();
  const command = page.getByText(
    'describe certificates.cert-manager.io cluster-gateway-tls -n openchoreo-control-plane',
  );
  await expect(command).toBeHidden();
  await page.getByText('What to do').click();
  await expect(command).toBeVisible();
  await expectAccessible(page, "the fleet with a finding about the gateway's certificate");

  await publishServing(client, await issue(-100));
  await expect(page.getByText(/^Gateway certificate expired\. .* expired 10 days ago/)).toBeVisible(NOTICED);
  await expect(banner).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: 'Gateway certificate expired.' })).toHaveCount(1);
  await expect(page.getByRole('img', { name: 'Error:' })).toBeVisible();
  const answer = await (await page.request.get(`${server.url}/api/planes`)).text();
  expect(answer).toContain('"gateway-certificate-expired"');
  const metrics = await (await page.request.get(`${server.url}/metrics`)).text();
  expect(metrics).toMatch(
    /planeboard_gateway_certificate_expiration_timestamp_seconds\{certificate="serving"\} \d+/,
  );

  await page.getByRole('link', { name: 'lost', exact: true }).click();
  const finding = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'Gateway certificate expired' }) });
  await expect(finding).toContainText('This is the likely reason why no agent is connected.');
  await expect(page.getByText(/^Gateway certificate expired\. .* expired 10 days ago/)).toBeVisible();

  await publishServing(client, await issue(-1));
  await expect(page.getByText(/^Gateway certificate expired\./)).toHaveCount(0, NOTICED);
  await expect(finding).toHaveCount(0);
});
