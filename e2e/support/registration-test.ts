import { sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { clean, type Installation, startInstallation } from '@/testing/installation/installation';
import { test as base, closePages, expect } from './fixtures';
import { RegistrationPage } from './registration-page';

/** Includes the start of another release, whose binaries may have to be downloaded first. */
export const START_TIMEOUT_MS = 300_000;

interface WorkerFixtures {
  sharedInstallation: Installation;
}

interface TestFixtures {
  /** Planes and registrations' Secrets are removed after each test. */
  installation: Installation;
  wizard: RegistrationPage;
}

/** `test` for the wizard. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  sharedInstallation: [
    async ({ release }, use) => {
      const installation = await startInstallation(await sharedControlPlane(release), release);
      await use(installation);
      await installation.stop();
    },
    { scope: 'worker', timeout: START_TIMEOUT_MS },
  ],
  installation: async ({ sharedInstallation, context }, use) => {
    await use(sharedInstallation);
    await closePages(context);
    await clean(sharedInstallation);
  },
  baseURL: async ({ sharedInstallation }, use) => {
    await use(sharedInstallation.server.url);
  },
  observedControlPlane: async ({ installation }, use) => {
    await use(installation.controlPlane);
  },
  wizard: async ({ page }, use) => {
    await use(new RegistrationPage(page));
  },
});

export { expect };
