import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@/e2e/support/fixtures';
import { connectedStatus } from '@/testing/control-plane/plane-statuses';
import type { TestPlane } from '@/testing/control-plane/test-planes';

const PLANE: TestPlane = { kind: 'DataPlane', namespace: 'acme', name: 'paced', planeID: 'paced' };

for (const { pace, rereadMs, keepalivesIn11Seconds } of [
  { pace: '1', rereadMs: 20_000, keepalivesIn11Seconds: [1, 3] },
  { pace: '10', rereadMs: 2000, keepalivesIn11Seconds: [11, 23] },
] as const) {
  test(`at pace ${pace}, the server sends keep-alives and a page rereads in the time of that pace`, async ({
    page,
    planes,
    startServer,
  }) => {
    await planes.add({ ...PLANE, status: connectedStatus() });
    const server = await startServer({ env: { PLANEBOARD_TEST_PACE: pace } });
    const readsAtMs: number[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/related')) readsAtMs.push(performance.now());
    });
    await page.goto(`${server.url}/planes/dataplanes/acme/paced`);
    const [least, most] = keepalivesIn11Seconds;
    const keepalives = await countKeepalives(`${server.url}/api/planes/stream`, 11_000);
    expect(keepalives).toBeGreaterThanOrEqual(least);
    expect(keepalives).toBeLessThanOrEqual(most);
    await expect.poll(() => readsAtMs.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(2);
    const [first = 0, second = 0] = readsAtMs;
    expect(second - first).toBeGreaterThan(rereadMs * 0.8);
    expect(second - first).toBeLessThan(rereadMs * 1.2 + 2000);
  });
}

async function countKeepalives(url: string, ms: number): Promise<number> {
  const stop = new AbortController();
  const response = await fetch(url, { signal: stop.signal, headers: { accept: 'text/event-stream' } });
  let text = '';
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += new TextDecoder().decode(chunk);
  })().catch(() => {});
  await sleep(ms);
  stop.abort();
  await reading;
  return text.split('event: keepalive').length - 1;
}
