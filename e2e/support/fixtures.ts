import { mkdir } from 'node:fs/promises';
import { type BrowserContext, test as base, expect } from '@playwright/test';
import type { ControlPlaneAccess } from '@/demo/control-plane/control-plane-access';
import { DEFAULT_RELEASE, type Release } from '@/demo/crds/profiles';
import { type DemoControlPlane, type DemoOptions, startDemoControlPlane } from '@/demo/demo-control-plane';
import { sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { FaultProxy } from '@/testing/control-plane/fault-proxy';
import { TestPlanes } from '@/testing/control-plane/test-planes';
import {
  type InstallationOptions,
  SimulatedInstallation,
} from '@/testing/installation/simulated-installation';
import { PlaneboardServer, type ServerOptions } from '@/testing/server/planeboard-server';
import { FleetPage } from './fleet-page';

/** A control plane takes some seconds to start, and its binaries may have to be downloaded first. */
const START_TIMEOUT_MS = 300_000;

interface WorkerFixtures {
  /** The release of the served API. Every release is a Playwright project. */
  release: Release;
  /** The worker's API server with the kinds of the release and without controllers. All files share it. */
  controlPlane: ControlPlaneAccess;
  /** The production server that uses that control plane. */
  server: PlaneboardServer;
  sharedPlanes: TestPlanes;
}

interface TestFixtures {
  /** Patterns of the errors that a test provokes. Any other error that a page logs fails the test. */
  expectedErrors: readonly RegExp[];
  pageProblems: PageProblems;
  /** Creates planes in the shared control plane and removes them after the test. */
  planes: TestPlanes;
  fleet: FleetPage;
  /** The control plane that additional servers use by default. */
  observedControlPlane: ControlPlaneAccess;
  kubeconfigPath: string;
  /** Breaks the line between that control plane and a server with the proxy's kubeconfig. */
  faultProxy: FaultProxy;
  /** Starts an additional server that ends with the test. */
  startServer: (options: Partial<ServerOptions>) => Promise<PlaneboardServer>;
  /** Starts an additional installation that ends with the test. */
  startInstallation: (options?: Partial<InstallationOptions>) => Promise<SimulatedInstallation>;
  /** Starts an additional control plane that ends with the test. */
  startControlPlane: (options: DemoOptions) => Promise<DemoControlPlane>;
}

/** Playwright's `test` with a control plane, a server, and pages that must not log errors. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  release: [DEFAULT_RELEASE, { option: true, scope: 'worker' }],
  controlPlane: [
    async ({ release }, use) => {
      const bare = await sharedControlPlane(release);
      await use(bare.controlPlane);
      await bare.stop();
    },
    { scope: 'worker', timeout: START_TIMEOUT_MS },
  ],
  server: [
    async ({ controlPlane }, use) => {
      const server = await PlaneboardServer.start({ kubeconfigPath: controlPlane.kubeconfigPath });
      await use(server);
      await server.kill();
    },
    { scope: 'worker' },
  ],
  sharedPlanes: [
    async ({ controlPlane }, use) => {
      await use(await TestPlanes.create(controlPlane));
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ server }, use) => {
    await use(server.url);
  },
  expectedErrors: [[], { option: true }],
  pageProblems: [
    async ({ context, expectedErrors }, use) => {
      const problems = new PageProblems();
      await problems.watch(context);
      await use(problems);
      expect(problems.except(expectedErrors), 'No page may log an error.').toEqual([]);
    },
    { auto: true },
  ],
  planes: async ({ sharedPlanes, context }, use) => {
    await use(sharedPlanes);
    await closePages(context);
    await sharedPlanes.removeAll();
  },
  fleet: async ({ page }, use) => {
    await use(new FleetPage(page));
  },
  observedControlPlane: async ({ controlPlane }, use) => {
    await use(controlPlane);
  },
  kubeconfigPath: async ({ observedControlPlane }, use) => {
    await use(observedControlPlane.kubeconfigPath);
  },
  faultProxy: async ({ observedControlPlane }, use, testInfo) => {
    const folder = testInfo.outputPath();
    await mkdir(folder, { recursive: true });
    const proxy = await FaultProxy.start(observedControlPlane, folder);
    await use(proxy);
    await proxy.stop();
  },
  startServer: async ({ kubeconfigPath, context }, use) => {
    const servers: PlaneboardServer[] = [];
    await use(async (options) => {
      const server = await PlaneboardServer.start({ kubeconfigPath, ...options });
      servers.push(server);
      return server;
    });
    await closePages(context);
    await Promise.all(servers.map((server) => server.kill()));
  },
  startInstallation: [
    async ({ release, context }, use) => {
      const installations: SimulatedInstallation[] = [];
      await use(async (options) => {
        const installation = await SimulatedInstallation.start({ release, ...options });
        installations.push(installation);
        return installation;
      });
      await closePages(context);
      await Promise.all(installations.map((installation) => installation.stop()));
    },
    { timeout: START_TIMEOUT_MS },
  ],
  startControlPlane: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      const demos: DemoControlPlane[] = [];
      await use(async (options) => {
        const demo = await startDemoControlPlane(options);
        demos.push(demo);
        return demo;
      });
      await Promise.all(demos.map((demo) => demo.stop()));
    },
    { timeout: START_TIMEOUT_MS },
  ],
});

export { expect };

/** Closes a test's pages. Call it before removing what they show, because an open page would log errors. */
export async function closePages(context: BrowserContext): Promise<void> {
  await Promise.all(context.pages().map((page) => page.close()));
}

/** An error inside a page, as the browser reports it. */
interface PageProblem {
  readonly where: string;
  readonly text: string;
}

/**
 * Collects logged errors, exceptions and violations of the content security policy. Covers every page of a browser
 * context, including those that open later.
 */
class PageProblems {
  private readonly found: PageProblem[] = [];

  /** Starts to watch a context. Call it before the context's first page opens. */
  async watch(context: BrowserContext): Promise<void> {
    context.on('console', (message) => {
      if (message.type() === 'error') this.add(message.location().url, message.text());
    });
    context.on('weberror', (problem) => {
      this.add(problem.page()?.url() ?? '', problem.error().stack ?? problem.error().message);
    });
    // The event names the violated directive. The console's own message can be missing in a worker.
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`CSP violation: ${event.effectiveDirective} refused ${event.blockedURI}`);
      });
    });
  }

  /** Returns all problems except those that the test expects. */
  except(expected: readonly RegExp[]): PageProblem[] {
    return this.found.filter(({ text }) => !expected.some((pattern) => pattern.test(text)));
  }

  private add(where: string, text: string): void {
    this.found.push({ where, text });
  }
}
