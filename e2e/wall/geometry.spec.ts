import { onRelease } from '@/e2e/support/on-release';
import { fleetOf, inMaintenance, unhealthyStatus, unmeasuredPlanes } from '@/e2e/support/wall-fleets';
import type { WallPage } from '@/e2e/support/wall-page';
import { surveyed } from '@/e2e/support/wall-screens';
import { expect, test, WALL_ENV } from '@/e2e/support/wall-test';
import { MINUTE_MS } from '@/lib/plane/time/duration';
import { lostStatus } from '@/testing/control-plane/plane-statuses';
import { REAL_PACE } from '@/testing/server/planeboard-server';

/** A namespace almost as long as Kubernetes allows. */
const LONG_NAMESPACE = 'retail-organisation-asia-pacific-production-and-preproduction';

test.setTimeout(480_000);

async function open(wall: WallPage, url: string, namespace: string, query = ''): Promise<void> {
  await wall.open(url, `?namespace=${namespace}${query}`);
}

test('a wall with one plane, forty or none is readable on every screen, in any state', async ({
  page,
  wall,
  planes,
  startServer,
}) => {
  const server = await startServer({ env: { ...WALL_ENV, ...REAL_PACE } });
  const works = fleetOf('works', 40, 4);
  await planes.addMany([
    ...fleetOf('one', 1),
    ...fleetOf('lone', 1, 1),
    ...fleetOf('calm', 40),
    ...fleetOf(LONG_NAMESPACE, 40, 3),
    ...fleetOf('many', 40, 24),
    ...works.map((plane, index) =>
      index < 2 || index > 36
        ? inMaintenance(plane, 30 + index, index % 2 ? 'New switches in both rows' : undefined)
        : plane,
    ),
    ...fleetOf('upkeep', 40).map((plane, index) =>
      // Ends soon, within a day, and in weeks.
      index < 3 ? inMaintenance(plane, [90, 23 * 60, 60 * 24 * 60][index] ?? 90, 'Kubernetes 1.36') : plane,
    ),
  ]);

  await open(wall, server.url, 'one');
  await expect(wall.statement).toContainText('The plane shown is healthy');
  await surveyed(page, 'one-healthy');

  await open(wall, server.url, 'lone');
  await expect(wall.tiles).toHaveCount(1);
  await surveyed(page, 'one-disconnected');

  await open(wall, server.url, 'calm');
  await expect(wall.statement).toContainText('All 40 planes shown are healthy');
  await expect(wall.statement).toContainText('60 agents connected');
  await expect(wall.tiles).toHaveCount(0);
  await surveyed(page, '40-healthy');

  await open(wall, server.url, LONG_NAMESPACE);
  await expect(wall.count('healthy')).toContainText('37');
  for (const survey of await surveyed(page, '40-few')) {
    expect(survey.tiles.map(({ state }) => state)).toEqual(['disconnected', 'stale', 'unknown']);
    expect(survey.pages).toBe(1);
  }

  await open(wall, server.url, 'many');
  await expect(wall.count('healthy')).toContainText('16');
  for (const survey of await surveyed(page, '40-many')) {
    expect(survey.tiles[0]?.state).toBe('disconnected');
    // Healthy planes are only counted. Their names would take the space of others.
    expect(survey.tiles.map(({ state }) => state)).not.toContain('healthy');
  }

  await open(wall, server.url, 'many', '&health=healthy');
  await expect(wall.scope).toContainText('Only planes in namespace many that are healthy');
  for (const { statement } of await surveyed(page, '40-only-healthy'))
    expect(statement?.tone).toBe('neutral');

  await open(wall, server.url, 'works');
  await expect(wall.count('maintenance')).toContainText('5');
  for (const survey of await surveyed(page, '40-maintenance')) {
    const states = survey.tiles.map(({ state }) => state);
    expect(states.filter((state) => state !== 'maintenance')).toEqual(['unknown', 'degraded']);
  }

  await open(wall, server.url, 'upkeep');
  await expect(wall.statement).toContainText('37 planes healthy');
  await expect(wall.statement).toContainText('3 in maintenance');
  await surveyed(page, '40-healthy-maintenance');

  await open(wall, server.url, 'many', '&group=label:team&title=Commerce');
  await expect(wall.title).toHaveText('Commerce');
  await surveyed(page, '40-many-grouped');

  await open(wall, server.url, 'nowhere');
  await expect(wall.statement).toContainText('No planes to show');
  for (const { statement } of await surveyed(page, 'empty')) expect(statement?.tone).toBe('neutral');
});

test('a wall shows one message on every screen when all planes are lost together', async ({
  page,
  wall,
  planes,
  startServer,
}) => {
  const server = await startServer({ env: { ...WALL_ENV, ...REAL_PACE } });
  const fleet = fleetOf('lost', 40);
  const [before, ...rest] = fleet;
  if (!before) throw new Error('There is no plane.');
  await planes.addMany(fleet);
  await planes.setStatus(before, lostStatus(300 * MINUTE_MS));
  await wall.open(server.url);
  await expect(wall.tiles).toHaveCount(1);
  await planes.setStatuses(rest, () => lostStatus(MINUTE_MS));
  await expect(wall.incident).toBeVisible();
  // The planes are lost one after the other, and each has a tile until it joins the incident.
  await expect(wall.count('disconnected')).toContainText('40');
  await expect(wall.tiles).toHaveCount(1);
  for (const survey of await surveyed(page, '40-incident')) {
    expect(survey.incidentMessages).toBe(1);
    // The plane that was lost hours earlier isn't part of the incident.
    expect(survey.tiles.map(({ name }) => name)).toEqual([before.name]);
  }
  await planes.remove(before);
  await expect(wall.tiles).toHaveCount(0);
  for (const { incidentMessages, statement } of await surveyed(page, '39-incident'))
    expect([incidentMessages, statement]).toEqual([1, null]);
});

test('a wall with 400 or 2,000 planes shows the worst in large letters, and as many more as are readable', async ({
  page,
  wall,
  planes,
  startServer,
}) => {
  const server = await startServer({ env: { ...WALL_ENV, ...REAL_PACE } });
  const hundreds = fleetOf('hundreds', 400);
  const thousands = fleetOf('thousands', 2000);
  await planes.addMany([...hundreds, ...thousands]);

  await open(wall, server.url, 'thousands');
  await expect(wall.statement).toContainText('All 2,000 planes shown are healthy', { timeout: 30_000 });
  await expect(wall.statement).toContainText('3,000 agents connected');
  await surveyed(page, '2000-healthy');

  await planes.setStatuses(thousands.slice(0, 300), (_, index) => unhealthyStatus(index));
  await expect(wall.count('healthy')).toContainText('1,700', { timeout: 30_000 });
  for (const survey of await surveyed(page, '2000-many')) {
    expect(survey.pages).toBeGreaterThan(1);
    expect(survey.tiles.some(({ region }) => region === 'Worst planes')).toBe(true);
  }

  await planes.setStatuses(hundreds.slice(0, 12), (_, index) => unhealthyStatus(index));
  await open(wall, server.url, 'hundreds');
  await expect(wall.count('healthy')).toContainText('388');
  await surveyed(page, '400-few');

  await planes.setStatuses(hundreds.slice(12, 90), (_, index) => unhealthyStatus(index));
  await expect(wall.count('healthy')).toContainText('310');
  // The line with the wall's scope and what it leaves out takes the room of a row of small tiles.
  for (const { tiles, width, height } of await surveyed(page, '400-many'))
    expect(tiles.length).toBeGreaterThan(width > height ? 5 : width > 500 ? 4 : 2);
});

test(
  'a wall never shows unmeasured planes as healthy',
  onRelease('0.7'),
  async ({ page, wall, planes, startServer }) => {
    await planes.addMany(await unmeasuredPlanes(12));
    const server = await startServer({ env: { ...WALL_ENV, ...REAL_PACE } });
    await wall.open(server.url);
    await expect(wall.statement).toContainText('12 planes, not measured');
    for (const { statement, texts } of await surveyed(page, '12-not-measured')) {
      expect(statement?.tone).toBe('neutral');
      expect(texts.map(({ text }) => text).join(' ')).not.toMatch(/healthy/i);
    }
  },
);
