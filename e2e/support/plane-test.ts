import { DEFAULT_RELEASE, type Release } from '@/demo/crds/profiles';
import { InstallationSlot } from '@/testing/installation/installation';
import { SimulatedInstallation } from '@/testing/installation/simulated-installation';
import { test as base, expect } from './fixtures';
import { PlanePage } from './plane-page';

/** Includes the start of another release, whose binaries may have to be downloaded first. */
const START_TIMEOUT_MS = 300_000;

interface TestFixtures {
  /** The release of the served API. */
  release: Release;
  /** The tests of a file share it, so each needs its own planes. */
  installation: SimulatedInstallation;
  planePage: PlanePage;
}

/** `test` for a plane's page, on an installation of any release with simulated controllers and agents. */
export const test = base.extend<TestFixtures, { simulations: InstallationSlot<SimulatedInstallation> }>({
  simulations: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright requires a destructured first argument.
    async ({}, use) => {
      const simulations = new InstallationSlot((release) => SimulatedInstallation.start({ release }));
      await use(simulations);
      await simulations.stop();
    },
    { scope: 'worker' },
  ],
  release: [DEFAULT_RELEASE, { option: true }],
  installation: [
    async ({ simulations, release }, use) => {
      await use(await simulations.of(release));
    },
    { timeout: START_TIMEOUT_MS },
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
