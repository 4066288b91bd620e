import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { pace, setPace } from '@/lib/plane/time/pace';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { FaultProxy } from '@/testing/control-plane/fault-proxy';
import { startRuntime, untilLive } from '@/testing/server/test-runtime';

const paceOfTests = pace();
let control: BareControlPlane;
let proxy: FaultProxy;

beforeAll(async () => {
  control = await sharedControlPlane();
  proxy = await FaultProxy.start(control.controlPlane, control.folder);
});
afterAll(async () => {
  await proxy?.stop();
  await control?.stop();
});
afterEach(() => {
  setPace(paceOfTests);
});

/** Returns how often the server proves its contact with the API server in some seconds. */
async function probesIn(seconds: number, atPace: number): Promise<number> {
  setPace(atPace);
  const runtime = startRuntime(proxy.kubeconfigPath);
  try {
    await untilLive(runtime);
    const before = probes();
    await sleep(seconds * 1000);
    return probes() - before;
  } finally {
    await runtime.stop();
  }
}

function probes(): number {
  return proxy.seen.filter((path) => path === '/readyz').length;
}

test('the server proves its contact every 5 s at real pace', async () => {
  const count = await probesIn(11, 1);
  expect(count).toBeGreaterThanOrEqual(1);
  expect(count).toBeLessThanOrEqual(3);
});

test('the server proves its contact about ten times as often at ten times the pace', async () => {
  const count = await probesIn(5, 10);
  expect(count).toBeGreaterThanOrEqual(5);
  expect(count).toBeLessThanOrEqual(11);
});
