import { crdsOf, RELEASES } from '@/demo/crds/profiles';
import { test as base, expect } from '@/e2e/support/fixtures';
import { FleetPage } from '@/e2e/support/fleet-page';
import { onRelease } from '@/e2e/support/on-release';
import { ATTENTION_LABELS } from '@/lib/plane/health/attention';
import { kindOfName } from '@/lib/plane/model/kinds';
import { planePath } from '@/lib/plane/model/plane-path';
import { SimulatedInstallation } from '@/testing/installation/simulated-installation';

/** Returns what each row shows: the path of its plane, the label of its state, and the label of its kind. */
async function shownRows(fleet: FleetPage): Promise<{ path: string; state: string; kind: string }[]> {
  return fleet.table.locator('tbody tr:has(th[scope="row"])').evaluateAll((rows) =>
    rows.map((row) => {
      // Only the first text of a cell is its label; details follow.
      const firstText = (cell: number) =>
        document.createTreeWalker(row.children[cell] ?? row, NodeFilter.SHOW_TEXT).nextNode()?.textContent ??
        '';
      const path = row.querySelector('th a')?.getAttribute('href') ?? '';
      return { path, state: firstText(1), kind: firstText(3) };
    }),
  );
}

const test = base.extend<object, { installation: SimulatedInstallation }>({
  installation: [
    async ({ release }, use) => {
      const installation = await SimulatedInstallation.start({ release, speed: 1, samples: true });
      await use(installation);
      await installation.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

for (const release of RELEASES) {
  test(
    `release ${release} shows every sample in its expected state, and every kind`,
    onRelease(release),
    async ({ page, installation: { demo, server } }) => {
      test.setTimeout(180_000);
      // Tall enough to render every row: rows outside the viewport are left out.
      await page.setViewportSize({ width: 1440, height: 2600 });
      const fleet = new FleetPage(page);
      await page.goto(server.url);
      await fleet.live();

      const { samples } = demo.fleet;
      const expected = samples.map((sample) => {
        const entry = kindOfName(sample.kind);
        if (!entry) throw new Error(`${sample.kind} is no plane kind.`);
        const state = sample.maintenance ? 'maintenance' : sample.expected.state;
        return [planePath({ ...sample, plural: entry.plural }), ATTENTION_LABELS[state]] as const;
      });
      await expect
        .poll(async () =>
          Object.fromEntries((await shownRows(fleet)).map(({ path, state }) => [path, state])),
        )
        .toEqual(Object.fromEntries(expected));

      const served = crdsOf(release).flatMap(({ spec }) => kindOfName(spec.names.kind)?.label ?? []);
      expect(served.length).toBeGreaterThan(1);
      const shownKinds = new Set((await shownRows(fleet)).map(({ kind }) => kind));
      expect([...shownKinds].toSorted()).toEqual(served.toSorted());
    },
  );
}
