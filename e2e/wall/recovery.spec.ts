import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, WALL_ENV } from '@/e2e/support/wall-test';
import { connectedStatus } from '@/testing/control-plane/plane-statuses';
import { boardPlane } from '@/testing/plane/board-fixture';

/** A wall waits 10 to 20 s before it reloads, so that not all walls reload at once. */
const RELOADED = { timeout: 45_000 };

test.setTimeout(120_000);
test.use({ expectedErrors: [/Failed to load resource: net::ERR_/] });

test.beforeEach(async ({ planes }) => {
  await planes.add({ kind: 'DataPlane', namespace: 'acme', name: 'eu', status: connectedStatus() });
});

test('a wall reloads itself to the new version after an upgrade of the server', async ({
  wall,
  startServer,
}) => {
  const server = await startServer({ env: WALL_ENV });
  await wall.open(server.url);
  await wall.mark();
  const upgraded = await copyBuild('upgraded-build');
  try {
    await server.kill('SIGKILL');
    const next = await startServer({ env: WALL_ENV, folder: upgraded.folder, port: server.port });
    await wall.live();
    expect(await wall.wasReloaded(), 'The wall waits before it reloads.').toBe(false);
    await expect.poll(() => wall.wasReloaded(), RELOADED).toBe(true);
    await wall.live();
    await expect(wall.statement).toBeVisible();
    // The page and the stream have the same build, so the wall doesn't reload again.
    expect(await wall.page.content()).toContain(upgraded.id);
    expect(await (await fetch(`${next.url}/wall/data`)).text()).toContain(`"build":"${upgraded.id}"`);
    await next.kill();
  } finally {
    await upgraded.remove();
  }
});
test.describe('after a crash', () => {
  test.use({ expectedErrors: [/Made by a test|TypeError|Minified React error|Failed to load resource/] });

  test('in its code, a wall reloads itself', async ({ page, wall, startServer }) => {
    const server = await startServer({ env: WALL_ENV });
    await wall.open(server.url);
    await wall.mark();
    await page.evaluate(() => {
      setTimeout(() => {
        throw new Error('Made by a test');
      });
    });
    await expect.poll(() => wall.wasReloaded(), RELOADED).toBe(true);
    await wall.live();
    await expect(wall.statement).toBeVisible();
  });

  test('while rendering, a wall reports a blind screen and recovers', async ({ page, wall, startServer }) => {
    const server = await startServer({ env: WALL_ENV });
    const answer = await fetch(`${server.url}/wall/data`);
    const frame: Record<string, unknown> = await answer.json();
    // A frame of a server with another contract version: it parses, but fails to render.
    const broken = {
      ...frame,
      planes: [{ ...boardPlane('eu'), health: { state: 'disconnected', reasons: null } }],
    };
    await page.route('**/wall/stream*', (route) =>
      route.fulfill({
        contentType: 'text/event-stream',
        body: `event: wall\ndata: ${JSON.stringify(broken)}\n\n`,
      }),
    );
    await page.goto(`${server.url}/wall`);
    await expect(wall.alert).toContainText('NO LIVE DATA: the wall crashed');
    await page.unroute('**/wall/stream*');
    await wall.live(45_000);
    await expect(wall.statement).toBeVisible();
  });
});

const root = join(import.meta.dirname, '..', '..');

interface OtherBuild {
  /** The folder to start its server in. */
  readonly folder: string;
  readonly id: string;
  remove(): Promise<void>;
}

/** Copies the production build with another id, as after an upgrade. */
async function copyBuild(id: string): Promise<OtherBuild> {
  const folder = await mkdtemp(join(tmpdir(), 'planeboard-build-'));
  for (const part of ['deploy', join('.next', 'standalone')])
    await cp(join(root, part), join(folder, part), { recursive: true, verbatimSymlinks: true });
  const bundle = join(folder, '.next', 'standalone', '.next');
  const before = (await readFile(join(bundle, 'BUILD_ID'), 'utf8')).trim();
  await writeFile(join(bundle, 'BUILD_ID'), id);
  await rename(join(bundle, 'static', before), join(bundle, 'static', id));
  return { folder, id, remove: () => rm(folder, { recursive: true, force: true }) };
}
