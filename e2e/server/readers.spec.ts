import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect, test } from '@/e2e/support/fixtures';
import { LIVE } from '@/e2e/support/fleet-page';
import { WallPage } from '@/e2e/support/wall-page';
import { WALL_ENV } from '@/e2e/support/wall-test';
import { problemSchema } from '@/lib/api/problem';
import { connectedStatus } from '@/testing/control-plane/plane-statuses';
import type { TestPlane } from '@/testing/control-plane/test-planes';

const MAX_WALL_VIEWS = 50;
const PLANE: TestPlane = {
  kind: 'DataPlane',
  namespace: 'acme',
  name: 'steady',
  displayName: 'Steady',
  planeID: 'steady',
};

test.describe.configure({ timeout: 120_000 });
test.beforeEach(async ({ planes }) => {
  await planes.add({ ...PLANE, status: connectedStatus() });
});

/** Opens the stream of a wall. Resolves with its request when the server has answered. */
function follow(url: string, query: string): Promise<{ request: ClientRequest; response: IncomingMessage }> {
  return new Promise((resolve, reject) => {
    const request = get(`${url}/wall/stream?${query}`, { agent: false }, (response) => {
      response.on('error', () => {});
      response.resume();
      resolve({ request, response });
    });
    request.on('error', reject);
  });
}

/** Whether a server's end of a connection is open. A client that takes nothing doesn't notice that it was closed. */
async function isEstablished(serverPort: number, { localPort }: Socket): Promise<boolean> {
  const suffix = (port = 0) => `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return (await readFile('/proc/net/tcp', 'utf8')).split('\n').some((line) => {
    const [, local = '', remote = '', state] = line.trim().split(/\s+/);
    return local.endsWith(suffix(serverPort)) && remote.endsWith(suffix(localPort)) && state === '01';
  });
}

test.describe('a server with as many readers as it admits', () => {
  test.use({ expectedErrors: [/status of 503/] });

  test('refuses more, which the wall says, and admits them when others leave', async ({
    page,
    startServer,
  }) => {
    const server = await startServer({ env: WALL_ENV });
    const readers = await Promise.all(
      Array.from({ length: MAX_WALL_VIEWS }, (_, index) => follow(server.url, `namespace=n${index}`)),
    );
    expect(new Set(readers.map(({ response }) => response.statusCode))).toEqual(new Set([200]));
    const refused = await fetch(`${server.url}/wall/stream`);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '15']);
    expect(problemSchema.parse(await refused.json())).toMatchObject({
      code: 'too-many-readers',
      detail: 'Too many walls are open.',
    });
    const wall = new WallPage(page);
    await page.goto(`${server.url}/wall`);
    await expect(wall.statement).toContainText('Too many walls are open');
    for (const { request } of readers) request.destroy();
    await wall.live();
    await expect(wall.statement).not.toContainText('Too many walls');
  });

  test('is named by the fleet page, which keeps trying', async ({ page, server }) => {
    // The requests of a shared worker can't be answered here.
    await page.addInitScript(() => Reflect.deleteProperty(window, 'SharedWorker'));
    const detail = 'Too many browsers receive live updates.';
    await page.route('**/api/planes/stream*', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          type: 'about:blank',
          title: '',
          status: 503,
          code: 'too-many-readers',
          detail,
        }),
      }),
    );
    await page.goto(server.url);
    const banner = page.getByRole('status').filter({ hasText: detail });
    await expect(banner).toContainText('Retrying automatically.');
    await page.unroute('**/api/planes/stream*');
    await expect(page.getByText(LIVE)).toBeVisible();
    await expect(banner).toBeHidden();
  });
});

test('a reader that takes nothing is disconnected, while the others stay', async ({
  planes,
  startServer,
}) => {
  const server = await startServer({});
  const open = async (): Promise<Socket> => {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write('GET /api/planes/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    await once(socket, 'readable');
    return socket;
  };
  const [stuck, quick] = [await open(), await open()];
  expect(await isEstablished(server.port, stuck)).toBe(true);
  quick.resume();
  let closed = '';
  quick.once('close', () => {
    closed = 'quick';
  });
  // Rows as large as they get, until they fill what the operating system buffers for a connection.
  const conditions = Array.from({ length: 50 }, (_, index) => ({
    type: `Large${index}`,
    status: 'True',
    reason: 'Large',
    message: '漢'.repeat(2000),
    lastTransitionTime: '2026-01-01T00:00:00Z',
  }));
  await planes.setStatus(PLANE, { ...connectedStatus(), conditions });
  for (let change = 0; change < 40; change += 1)
    await planes.patch(PLANE, {
      metadata: { annotations: { 'openchoreo.dev/display-name': `Steady ${change}` } },
    });
  await expect.poll(() => isEstablished(server.port, stuck), { timeout: 30_000 }).toBe(false);
  // A live stream would go on forever; this one ends with what the operating system still has of it.
  stuck.resume();
  await once(stuck, 'close');
  expect(closed).toBe('');
  quick.destroy();
});
