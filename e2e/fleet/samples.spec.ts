import { crdsOf, RELEASES } from '@/demo/crds/profiles';
import { expect, test } from '@/e2e/support/fixtures';
import { FleetPage } from '@/e2e/support/fleet-page';
import { ATTENTION_LABELS } from '@/lib/plane/health/attention';
import { kindOfName } from '@/lib/plane/model/kinds';
import { planePath } from '@/lib/plane/model/plane-path';

/** What each row shows: the path of its plane, the word of its state, and its kind in words. */
async function shownRows(fleet: FleetPage): Promise<{ path: string; word: string; kind: string }[]> {
  return fleet.table.locator('tbody tr:has(th[scope="row"])').evaluateAll((rows) =>
    rows.map((row) => {
      // The first text of a cell; what follows is smaller print.
      const firstText = (cell: number) =>
        document.createTreeWalker(row.children[cell] ?? row, NodeFilter.SHOW_TEXT).nextNode()?.textContent ??
        '';
      const path = row.querySelector('th a')?.getAttribute('href') ?? '';
      return { path, word: firstText(0), kind: firstText(2) };
    }),
  );
}

for (const release of RELEASES) {
  test(`Release ${release}: every sample shows the state that it is there for, and every kind is shown`, async ({
    page,
    startControlPlane,
    startServer,
  }) => {
    test.setTimeout(180_000);
    // A screen so tall that no row is left out for being out of sight.
    await page.setViewportSize({ width: 1440, height: 2600 });
    const demo = await startControlPlane({ release });
    const server = await startServer({ kubeconfigPath: demo.controlPlane.kubeconfigPath });
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
      .poll(async () => Object.fromEntries((await shownRows(fleet)).map(({ path, word }) => [path, word])))
      .toEqual(Object.fromEntries(expected));

    const served = crdsOf(release).flatMap(({ spec }) => kindOfName(spec.names.kind)?.label ?? []);
    expect(served.length).toBeGreaterThan(1);
    const shownKinds = new Set((await shownRows(fleet)).map(({ kind }) => kind));
    expect([...shownKinds].toSorted()).toEqual(served.toSorted());
  });
}
