import { CertificateAuthority } from '@/demo/pki/certificate-authority';
import { expect, test } from '@/e2e/support/own-control-plane-test';
import { fleetOf } from '@/e2e/support/wall-fleets';
import { WallPage } from '@/e2e/support/wall-page';
import { surveyed } from '@/e2e/support/wall-screens';
import { WALL_ENV } from '@/e2e/support/wall-test';
import { MINUTE_MS } from '@/lib/plane/time/duration';
import { publishCa, publishServing } from '@/testing/control-plane/gateway-secrets';
import { lostStatus } from '@/testing/control-plane/plane-statuses';
import { REAL_PACE } from '@/testing/server/planeboard-server';

test.setTimeout(300_000);

test("a wall shows a problem of the gateway's certificates on every screen, beside any other content", async ({
  page,
  planes,
  ownControlPlane: { client },
  startServer,
}) => {
  const wall = new WallPage(page);
  const authority = await CertificateAuthority.create('cluster-gateway-ca', { days: 3650 });
  const issue = (fromDays: number) => authority.serving(['gateway.example.com'], { fromDays, days: 90 });
  const calm = fleetOf('calm', 40);
  await planes.addMany([...calm, ...fleetOf('many', 40, 24)]);
  await publishCa(client, authority.certPem);
  await publishServing(client, await issue(-80));
  const env = { ...WALL_ENV, ...REAL_PACE };

  const warned = await startServer({ env });
  await wall.open(warned.url, '?namespace=calm');
  await expect(wall.controlPlane).toContainText('Gateway certificate expires soon');
  await expect(wall.statement).toContainText('All 40 planes shown are healthy');
  await expect(page.locator('[data-wall-control-plane="warning"]')).toHaveCount(1);
  await surveyed(page, 'gateway-warning-40-healthy');

  await publishServing(client, await issue(-100));
  const { url } = await startServer({ env });
  await wall.open(url, '?namespace=many');
  await expect(wall.controlPlane).toContainText('Gateway certificate expired');
  await expect(wall.controlPlane).toContainText('all agents lose their connection at their next reconnect');
  await expect(page.locator('[data-wall-control-plane="error"]')).toHaveCount(1);
  for (const { tiles } of await surveyed(page, 'gateway-error-40-many'))
    expect(tiles.length).toBeGreaterThan(1);

  await planes.setStatuses(calm, () => lostStatus(MINUTE_MS));
  await planes.setStatuses(fleetOf('many', 40, 24), () => lostStatus(MINUTE_MS));
  await wall.open(url);
  await expect(wall.incident).toBeVisible();
  await expect(wall.controlPlane).toBeVisible();
  for (const { incidentMessages } of await surveyed(page, 'gateway-error-incident'))
    expect(incidentMessages).toBe(1);
});
