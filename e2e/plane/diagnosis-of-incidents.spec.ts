import { expect, test } from '@/e2e/support/fixtures';
import { PlanePage } from '@/e2e/support/plane-page';
import { connectedPlane } from '@/testing/installation/simulated-planes';
import { expectFinding } from './expect-finding';

const LONG_WAIT = { timeout: 45_000 };

test.describe('with the control plane at fault', () => {
  test('reports control-plane-incident with gateway-down as its cause, and controller-down', async ({
    page,
    startInstallation,
  }) => {
    test.setTimeout(300_000);
    const installation = await startInstallation({
      speed: 60,
      env: {
        PLANEBOARD_HEARTBEAT_FRESH_SECONDS: '6',
        PLANEBOARD_HEARTBEAT_STALE_SECONDS: '9',
        PLANEBOARD_INCIDENT_WINDOW_SECONDS: '20',
      },
    });
    const [first, second] = [connectedPlane('one'), connectedPlane('another')];
    await installation.add(first);
    await installation.add(second);
    const planePage = new PlanePage(page, installation.server.url);
    await planePage.open(first);
    await expect(planePage.card('Diagnosis').getByText('No known problems')).toBeVisible(LONG_WAIT);

    await installation.demo.simulation.gateway.stop();
    const why = planePage.card('Diagnosis');
    await expect(why.locator('[data-finding="control-plane-incident"]')).toBeVisible(LONG_WAIT);
    await page.reload();
    await expectFinding(planePage, {
      code: 'control-plane-incident',
      severity: 'error',
      title: 'Control plane incident',
      known: /./,
      todo: /get pods -n openchoreo-control-plane/,
    });
    const lastSteps = why.getByRole('region', { name: /steps that affect all planes/ });
    await expect(lastSteps).toContainText('It disconnects every agent of every plane');
    await expect(lastSteps).toContainText(
      'rollout restart deployment/cluster-gateway -n openchoreo-control-plane',
    );
    // Offered once, although several findings lead to it.
    await expect(why.getByText(/rollout restart deployment\/cluster-gateway/)).toHaveCount(1);
    await expect(why.locator('[data-finding="control-plane-incident"]')).toContainText(
      "The gateway isn't ready, so the controller gets no data from it and agents can't connect.",
    );
    await expectFinding(planePage, {
      code: 'gateway-down',
      severity: 'error',
      title: "The cluster gateway isn't ready",
      known: /Deployment cluster-gateway has (had )?0 of 1 replicas ready/,
      todo: /logs -n openchoreo-control-plane deployment\/cluster-gateway/,
    });

    await installation.demo.simulation.gateway.start();
    await expect(planePage.card('Diagnosis').getByText('No known problems')).toBeVisible(LONG_WAIT);
    installation.demo.simulation.controllers.freeze();
    await expect(why.locator('[data-finding="heartbeat-stale"]')).toBeVisible(LONG_WAIT);
    await page.reload();
    await expectFinding(planePage, {
      code: 'controller-down',
      severity: 'error',
      title: "OpenChoreo's controller isn't working",
      known: /Deployment controller-manager has (had )?0 of 1 replicas ready/,
      todo: /logs -n openchoreo-control-plane deployment\/controller-manager/,
    });
  });
});
