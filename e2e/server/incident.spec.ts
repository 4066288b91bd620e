import { test as base, expect } from '@/e2e/support/fixtures';
import { FleetPage } from '@/e2e/support/fleet-page';
import { SimulatedInstallation } from '@/testing/installation/simulated-installation';

type Demo = SimulatedInstallation['demo'];

/** The controllers copy every second instead of every minute. */
const SPEED = 60;
const NOTICED = { timeout: 30_000 };

const BREAKDOWNS: readonly {
  cause: string;
  begin: (demo: Demo) => unknown;
  end: (demo: Demo) => unknown;
}[] = [
  {
    cause: 'the gateway dies',
    begin: ({ simulation }) => simulation.gateway.stop(),
    end: ({ simulation }) => simulation.gateway.start(),
  },
  {
    cause: 'the controllers stop and every status freezes',
    begin: ({ simulation }) => simulation.controllers.freeze(),
    end: ({ simulation }) => simulation.controllers.thaw(),
  },
];

const test = base.extend<object, { installation: SimulatedInstallation }>({
  installation: [
    async ({ release }, use) => {
      const installation = await SimulatedInstallation.start({
        release,
        speed: SPEED,
        samples: true,
        // Scaled to the speed: a heartbeat is late after some seconds and stale soon after.
        env: {
          PLANEBOARD_HEARTBEAT_FRESH_SECONDS: '6',
          PLANEBOARD_HEARTBEAT_STALE_SECONDS: '9',
          PLANEBOARD_INCIDENT_WINDOW_SECONDS: '20',
        },
      });
      await use(installation);
      await installation.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

for (const { cause, begin, end } of BREAKDOWNS) {
  test(`when ${cause}, the fleet shows one incident, keeps earlier problems apart, and recovers`, async ({
    page,
    installation,
  }) => {
    test.setTimeout(240_000);
    const { demo, server } = installation;
    const titles = (expected: string) =>
      demo.fleet.samples
        .filter((sample) => sample.expected.state === expected)
        .map((sample) => sample.displayName ?? sample.name);
    const healthy = titles('healthy');
    const unhealthyBefore = titles('disconnected');
    expect(healthy.length).toBeGreaterThan(5);
    expect(unhealthyBefore.length).toBeGreaterThan(1);

    const fleet = new FleetPage(page);
    await page.goto(server.url);
    await fleet.live();
    const incident = page.getByText('Control plane incident.', { exact: true });
    await expect(fleet.healthCount('Healthy')).toHaveText(`${healthy.length}Healthy`, NOTICED);
    await expect(incident).toBeHidden();

    await begin(demo);
    await expect(incident).toBeVisible(NOTICED);
    await expect(
      page.getByRole('status').filter({ hasText: /The likely cause is .* of the control plane/ }),
    ).toHaveCount(1);
    await expect(fleet.healthCount('Healthy')).toHaveCount(0, NOTICED);
    const inIncident = 'See the incident.';
    const planes = async (): Promise<unknown> => (await page.request.get(`${server.url}/api/planes`)).json();
    // A plane joins when it's lost. Until then, its heartbeat is only late.
    await expect
      .poll(async () => {
        const answer = await planes();
        return healthy.filter((title) => !reasonsOf(answer, title).includes(inIncident));
      }, NOTICED)
      .toEqual([]);
    const answer = await planes();
    for (const title of unhealthyBefore) expect(reasonsOf(answer, title), title).not.toContain(inIncident);
    // Without the gateway, the controllers have nothing to copy. Either way, the statuses don't change.
    const [first = ''] = healthy;
    await expect(page.getByRole('row').filter({ hasText: first })).toContainText('Stale', NOTICED);

    await end(demo);
    await expect(incident).toBeHidden(NOTICED);
    await expect(fleet.healthCount('Healthy')).toHaveText(`${healthy.length}Healthy`, NOTICED);
  });
}

interface FleetAnswer {
  readonly planes: readonly {
    readonly name: string;
    readonly displayName?: string;
    readonly health: { readonly reasons: readonly { readonly message: string }[] };
  }[];
}

function reasonsOf(answer: unknown, title: string): string {
  const plane = (answer as FleetAnswer).planes.find((item) => (item.displayName ?? item.name) === title);
  return plane?.health.reasons.map((reason) => reason.message).join(' ') ?? '';
}
