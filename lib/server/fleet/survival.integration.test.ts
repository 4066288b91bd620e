import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ControlPlane } from '@/demo/control-plane/control-plane';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, ownControlPlane } from '@/testing/control-plane/bare-control-plane';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { FaultProxy } from '@/testing/control-plane/fault-proxy';
import { planeNamed, sourceStates, startRuntime, until, untilLive } from '@/testing/server/test-runtime';

let demo: BareControlPlane<ControlPlane>;
let writer: DataPlaneWriter;
let proxy: FaultProxy;
let runtime: Runtime;

beforeAll(async () => {
  demo = await ownControlPlane();
  writer = new DataPlaneWriter(demo.controlPlane.client);
  await writer.create('prod');
});
afterAll(async () => {
  await demo?.stop();
});
beforeEach(async () => {
  proxy = await FaultProxy.start(demo.controlPlane, demo.folder);
  runtime = startRuntime(proxy.kubeconfigPath);
  await untilLive(runtime);
});
afterEach(async () => {
  await runtime.stop();
  await proxy.stop();
});

const watches = (path: string) => path.includes('watch=true');
const lists = (path: string) => path.includes('limit=500');
const dataPlanes = (path: string) => path.includes('/dataplanes?');

describe('a reflector in normal operation', () => {
  test('shows a plane that is created, changed and deleted', async () => {
    await writer.create('short-lived');
    await until(runtime, () => planeNamed(runtime, 'short-lived') !== undefined);
    await writer.setDisplayName('short-lived', 'Kurzlebig');
    await until(runtime, () => planeNamed(runtime, 'short-lived')?.displayName === 'Kurzlebig');
    await writer.beat('short-lived');
    await until(runtime, () => planeNamed(runtime, 'short-lived')?.agent?.connected === true);
    await writer.remove('short-lived');
    await until(runtime, () => planeNamed(runtime, 'short-lived') === undefined);
    expect(planeNamed(runtime, 'prod')).toBeDefined();
  });

  test('keeps up with an API server that answers slowly', async () => {
    proxy.delayMs = 1000;
    await writer.setDisplayName('prod', 'Slowly');
    await until(runtime, () => planeNamed(runtime, 'prod')?.displayName === 'Slowly');
    expect(sourceStates(runtime)).toBe('live');
  });
});

describe('a reflector survives', () => {
  test('a killed and restarted API server, and keeps its planes meanwhile', async () => {
    await demo.controlPlane.killApiServer();
    await until(runtime, () => runtime.engine.apiServer.wire().state === 'unreachable');
    await until(runtime, () => sourceStates(runtime) === 'lost');
    expect(planeNamed(runtime, 'prod')).toBeDefined();

    await demo.controlPlane.startApiServer();
    await writer.create('after-restart');
    await until(runtime, () => planeNamed(runtime, 'after-restart') !== undefined);
    await untilLive(runtime);
    expect(runtime.engine.apiServer.wire()).toMatchObject({ state: 'reachable' });
    await writer.remove('after-restart');
  });

  test('a cut connection, without listing again', async () => {
    const before = proxy.seen.filter(lists).length;
    proxy.cut();
    await writer.setDisplayName('prod', 'After the cut');
    await until(runtime, () => planeNamed(runtime, 'prod')?.displayName === 'After the cut');
    expect(proxy.seen.filter(lists).length).toBe(before);
  });

  test('a connection that falls silent without closing, and reports lost contact', async () => {
    proxy.fallSilent();
    await until(runtime, () => runtime.engine.apiServer.wire().state === 'unreachable');
    await until(runtime, () => sourceStates(runtime) === 'lost');
    await writer.setDisplayName('prod', 'Said into the silence');
    expect(planeNamed(runtime, 'prod')?.displayName).not.toBe('Said into the silence');

    proxy.endSilence();
    await until(runtime, () => planeNamed(runtime, 'prod')?.displayName === 'Said into the silence');
    await untilLive(runtime);
  });

  test('a watch rejected with 410, by listing again', async () => {
    let rejections = 0;
    proxy.rule = (path) => {
      if (!watches(path) || !dataPlanes(path) || rejections > 0) return undefined;
      rejections += 1;
      return { status: 410 };
    };
    const before = proxy.seen.filter((path) => lists(path) && dataPlanes(path)).length;
    proxy.cut();
    await writer.create('after-410');
    await until(runtime, () => planeNamed(runtime, 'after-410') !== undefined);
    expect(rejections).toBe(1);
    expect(proxy.seen.filter((path) => lists(path) && dataPlanes(path)).length).toBe(before + 1);
    await writer.remove('after-410');
  });

  test('a watch that sends 410 as an event, by listing again', async () => {
    let sent = 0;
    proxy.rule = (path) => {
      if (!watches(path) || !dataPlanes(path) || sent > 0) return undefined;
      sent += 1;
      const object = { kind: 'Status', code: 410, reason: 'Expired' };
      return { status: 200, body: `${JSON.stringify({ type: 'ERROR', object })}\n` };
    };
    const before = proxy.seen.filter((path) => lists(path) && dataPlanes(path)).length;
    proxy.cut();
    await writer.create('after-event');
    await until(runtime, () => planeNamed(runtime, 'after-event') !== undefined);
    expect(sent).toBe(1);
    expect(proxy.seen.filter((path) => lists(path) && dataPlanes(path)).length).toBe(before + 1);
    await writer.remove('after-event');
  });

  test('429, and retries no sooner than requested', async () => {
    const requestedAtMs: number[] = [];
    proxy.rule = (path) => {
      if (!watches(path) || !dataPlanes(path) || requestedAtMs.push(performance.now()) > 1) return undefined;
      return { status: 429, headers: { 'retry-after': '2' } };
    };
    const listsBefore = proxy.seen.filter((path) => lists(path) && dataPlanes(path)).length;
    const relisted = () => proxy.seen.filter((path) => lists(path) && dataPlanes(path)).length > listsBefore;
    proxy.cut();
    await until(runtime, () => runtime.engine.sources.stateOf({ plural: 'dataplanes' }) === 'lost');
    expect(relisted()).toBe(false);
    await untilLive(runtime);
    const [first = 0, second = 0] = requestedAtMs;
    expect(second - first).toBeGreaterThanOrEqual(2000);
  });

  test('500 on every list and watch, however long it lasts', async () => {
    let rejections = 0;
    proxy.rule = (path) => {
      if (!watches(path) && !lists(path)) return undefined;
      rejections += 1;
      return { status: 500 };
    };
    proxy.cut();
    await until(runtime, () => sourceStates(runtime) === 'lost');
    expect(planeNamed(runtime, 'prod')).toBeDefined();
    await until(runtime, () => rejections >= 10);
    expect(sourceStates(runtime)).toBe('lost');
    proxy.rule = undefined;
    await untilLive(runtime);
  });

  test('a right that is revoked and granted again, and hides the planes meanwhile', async () => {
    proxy.rule = (path) => (dataPlanes(path) ? { status: 403 } : undefined);
    proxy.cut();
    await until(runtime, () => runtime.engine.sources.stateOf({ plural: 'dataplanes' }) === 'forbidden');
    await until(runtime, () => planeNamed(runtime, 'prod') === undefined);
    expect(runtime.engine.sources.stateOf({ plural: 'clusterdataplanes' })).not.toBe('forbidden');
    proxy.rule = undefined;
    await untilLive(runtime);
    expect(planeNamed(runtime, 'prod')).toBeDefined();
  });

  test('a rejected watch while the list is allowed, and keeps showing what is listed', async () => {
    let rejections = 0;
    proxy.rule = (path) => {
      if (!watches(path) || !dataPlanes(path)) return undefined;
      rejections += 1;
      return { status: 403 };
    };
    const deleted: string[] = [];
    const stop = runtime.engine.subscribe(({ deletes }) => deleted.push(...deletes.map(({ uid }) => uid)));
    proxy.cut();
    await until(runtime, () => runtime.engine.sources.stateOf({ plural: 'dataplanes' }) === 'forbidden');
    await writer.setDisplayName('prod', 'Listed, not watched');
    await until(runtime, () => planeNamed(runtime, 'prod')?.displayName === 'Listed, not watched');
    expect(rejections).toBeGreaterThan(0);
    expect(deleted).toEqual([]);
    stop();
    proxy.rule = undefined;
    await untilLive(runtime);
  });
});
