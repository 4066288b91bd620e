import { DEFAULT_RELEASE, type Release } from '@/demo/crds/profiles';
import { test as base, expect } from './fixtures';
import { PlanePage } from './plane-page';
import { PlaneboardServer } from './planeboard-server';
import { SimulatedInstallation } from './simulated-installation';

/** Starting another release, whose binaries may have to be fetched first. */
const START_TIMEOUT_MS = 300_000;

/** Installations, one at a time, since each takes half a gigabyte: asking for another release ends the one before. */
class Simulations {
  private current: SimulatedInstallation | null = null;

  async of(release: Release): Promise<SimulatedInstallation> {
    if (this.current?.release === release) return this.current;
    await this.stop();
    this.current = await SimulatedInstallation.start({ release });
    return this.current;
  }

  async stop(): Promise<void> {
    await this.current?.stop();
    this.current = null;
  }
}

interface TestFixtures {
  /** The release whose API is served. */
  release: Release;
  /** Shared by the tests of a file, so each has planes of its own. */
  installation: SimulatedInstallation;
  planePage: PlanePage;
}

/** `test` for a plane's page: on an installation of any release with simulated controllers and agents. */
export const test = base.extend<TestFixtures, { simulations: Simulations }>({
  simulations: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs off its first argument.
    async ({}, use) => {
      const simulations = new Simulations();
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
  startServer: async ({ installation }, use) => {
    const servers: PlaneboardServer[] = [];
    await use(async (options) => {
      const { kubeconfigPath } = installation.demo.controlPlane;
      const server = await PlaneboardServer.start({ kubeconfigPath, ...options });
      servers.push(server);
      return server;
    });
    await Promise.all(servers.map((server) => server.kill()));
  },
  planePage: async ({ page }, use) => {
    await use(new PlanePage(page));
  },
});

export { expect };
