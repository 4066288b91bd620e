import { SimulatedInstallation } from '@/testing/installation/simulated-installation';
import { test as base, expect } from './fixtures';
import { PlanePage } from './plane-page';

/** Includes the start of another release, whose binaries may have to be downloaded first. */
const START_TIMEOUT_MS = 300_000;

interface TestFixtures {
  planePage: PlanePage;
}

interface WorkerFixtures {
  /** All tests of a worker share it, so each needs its own planes. */
  installation: SimulatedInstallation;
}

/** `test` for a plane's page, on an installation with simulated controllers and agents. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  installation: [
    async ({ release }, use) => {
      const installation = await SimulatedInstallation.start({ release });
      await use(installation);
      await installation.stop();
    },
    { scope: 'worker', timeout: START_TIMEOUT_MS },
  ],
  baseURL: async ({ installation }, use) => {
    await use(installation.server.url);
  },
  observedControlPlane: async ({ installation }, use) => {
    await use(installation.demo.controlPlane);
  },
  planePage: async ({ page }, use) => {
    await use(new PlanePage(page));
  },
});

export { expect };
