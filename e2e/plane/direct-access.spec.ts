import { FleetPage } from '@/e2e/support/fleet-page';
import { onRelease } from '@/e2e/support/on-release';
import { PlanePage } from '@/e2e/support/plane-page';
import { expect, test } from '@/e2e/support/plane-test';
import type { FindingCode } from '@/lib/plane/diagnosis/diagnosis-finding';
import { DIRECT_CASES } from '@/testing/installation/findings/direct-cases';
import type { FindingCase } from '@/testing/installation/findings/finding-case';
import { createCases } from '@/testing/installation/findings/finding-cases';
import { expectFinding } from './expect-finding';

function caseOf(code: FindingCode): FindingCase {
  const found = DIRECT_CASES.find((item) => item.code === code);
  if (!found) throw new Error(`No case has the code ${code}.`);
  return found;
}

const MIXED_UP = caseOf('private-key-mismatch');
const REPORTED = caseOf('condition-reported');

test(
  "a plane's page and the list show which of its credentials don't work",
  onRelease('0.7'),
  async ({ installation, planePage, page }) => {
    await createCases(installation, [MIXED_UP]);
    await planePage.open(MIXED_UP.plane);
    await expectFinding(planePage, MIXED_UP);
    const card = planePage.card('Access credentials');
    await expect(card).toContainText('API server CA');
    await expect(card).toContainText('CN=cluster-ca');
    await expect(card).toContainText('CN=openchoreo');
    await expect(card).toContainText("Doesn't belong to the client certificate");

    await page.goto('/?certificate=unusable');
    await new FleetPage(page).live();
    await expect(page.locator('tbody tr').filter({ hasText: MIXED_UP.plane.name })).toContainText(
      "private key: doesn't match",
    );
  },
);

test(
  "a plane that only conditions report on isn't green any more once the controller has stopped",
  onRelease('0.7'),
  async ({ installation, startServer, page }) => {
    await createCases(installation, [REPORTED]);
    const server = await startServer({ env: { PLANEBOARD_CONTROLLER_PROOF_SECONDS: '5' } });
    const planePage = new PlanePage(page, server.url);
    await planePage.open(REPORTED.plane);
    const heading = page.locator('header').filter({ has: page.getByRole('heading', { level: 1 }) });
    await expect(heading).toContainText('Healthy');
    await expectFinding(planePage, REPORTED);

    const { controllers } = installation.demo.simulation;
    controllers.freeze();
    await expect(heading).toContainText('Not measured', { timeout: 20_000 });
    await expect(planePage.card('Diagnosis')).toContainText(
      "The conditions don't count meanwhile, so the plane doesn't count as healthy.",
    );
    controllers.thaw();
    await expect(heading).toContainText('Healthy', { timeout: 20_000 });
  },
);
