import { DEFAULT_RELEASE, type Release } from '@/demo/crds/profiles';
import {
  clean,
  type Installation,
  InstallationSlot,
  startInstallation,
} from '@/testing/installation/installation';
import { test as base, expect } from './fixtures';
import { RegistrationPage } from './registration-page';

/** Includes the start of another release, whose binaries may have to be downloaded first. */
const START_TIMEOUT_MS = 300_000;

interface WorkerFixtures {
  installations: InstallationSlot<Installation>;
}

interface TestFixtures {
  /** The release of the served API. */
  release: Release;
  /** Planes and registrations' Secrets are removed after each test. */
  installation: Installation;
  wizard: RegistrationPage;
}

/** `test` for the wizard, on an installation of the release that `test.use({ release })` selects. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  installations: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright requires a destructured first argument.
    async ({}, use) => {
      const installations = new InstallationSlot(startInstallation);
      await use(installations);
      await installations.stop();
    },
    { scope: 'worker' },
  ],
  release: [DEFAULT_RELEASE, { option: true }],
  installation: [
    async ({ installations, release }, use) => {
      const installation = await installations.of(release);
      await use(installation);
      await clean(installation);
    },
    { timeout: START_TIMEOUT_MS },
  ],
  baseURL: async ({ installation }, use) => {
    await use(installation.server.url);
  },
  observedControlPlane: async ({ installation }, use) => {
    await use(installation.controlPlane);
  },
  wizard: async ({ page }, use) => {
    await use(new RegistrationPage(page));
  },
});

export { expect };
