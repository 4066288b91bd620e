import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Release } from '@/demo/crds/profiles';
import { pace } from '@/lib/plane/time/pace';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { FaultProxy } from '@/testing/control-plane/fault-proxy';
import { planeNamed, startRuntime, until, untilLive } from '@/testing/server/test-runtime';

/** How long a dead watch may go unnoticed, at the pace of tests, with some seconds for the requests of a busy machine. */
const noticedWithinMs = () => 15_000 / pace() + 5000;

const DIRECT_ACCESS = {
  kubernetesCluster: {
    name: 'prod',
    credentials: {
      apiServerURL: 'https://prod.example',
      caCert: 'Y2E=',
      clientCert: 'Y2VydA==',
      clientKey: 'a2V5',
    },
  },
  registry: { prefix: 'registry.example/apps' },
  gateway: { publicVirtualHost: 'prod.example', organizationVirtualHost: 'int.prod.example' },
};

const condition = (status: 'True' | 'False') =>
  ['Ready', 'Connected'].map((type) => ({
    type,
    status,
    reason: status === 'True' ? 'Ready' : 'Unreachable',
    message: 'written by a test',
    lastTransitionTime: '2026-03-10T12:00:00Z',
  }));

let control: BareControlPlane;
let writer: DataPlaneWriter;
let proxy: FaultProxy;
let runtime: Runtime;

async function begin(release: Release): Promise<void> {
  control = await sharedControlPlane(release);
  writer = new DataPlaneWriter(control.controlPlane.client);
  proxy = await FaultProxy.start(control.controlPlane, control.folder);
}

async function end(): Promise<void> {
  await proxy?.stop();
  await control?.stop();
}

async function start(): Promise<void> {
  runtime = startRuntime(proxy.kubeconfigPath);
  await untilLive(runtime);
}

const dataPlanes = (path: string) => path.includes('/dataplanes?');
const lists = () => proxy.seen.filter((path) => dataPlanes(path) && path.includes('limit=500')).length;
const sourceState = () => runtime.engine.sources.stateOf({ plural: 'dataplanes' });

/** Records every state of the source from now on. */
function statesOfSource(): { readonly seen: Set<string | undefined> } {
  const seen = new Set([sourceState()]);
  runtime.engine.subscribe(({ sources }) =>
    seen.add(sources?.find(({ plural }) => plural === 'dataplanes')?.state),
  );
  return { seen };
}

/** Waits for the condition, and returns how long it took in milliseconds. */
async function timeUntil(condition_: () => boolean): Promise<number> {
  const startedAtMs = performance.now();
  await until(runtime, condition_);
  return performance.now() - startedAtMs;
}

afterEach(async () => {
  await runtime?.stop();
  proxy.rule = undefined;
  proxy.swallows = undefined;
  proxy.seen.length = 0;
  proxy.seenMetadataLists.length = 0;
});

describe('a watch that delivers neither events nor bookmarks, while everything else is answered, in release 1.2', () => {
  beforeAll(async () => {
    await begin('1.2');
    await writer.create('prod');
    await writer.beat('prod');
  });
  afterAll(end);

  test('is noticed by the next change, and the kind is listed again', async () => {
    await start();
    const { seen } = statesOfSource();
    proxy.swallows = dataPlanes;
    const before = lists();
    await writer.setDisplayName('prod', 'Unseen');
    const tookMs = await timeUntil(() => planeNamed(runtime, 'prod')?.displayName === 'Unseen');
    expect(tookMs).toBeLessThan(noticedWithinMs());
    expect(lists()).toBe(before + 1);
    expect(seen).toContain('lost');
    expect(runtime.engine.apiServer.wire().state).toBe('reachable');
    // The list is current, whatever the watch does.
    await untilLive(runtime);
  });

  test.each([
    ['a new plane', () => writer.create('new'), () => planeNamed(runtime, 'new') !== undefined],
    ['a deletion', () => writer.remove('new'), () => planeNamed(runtime, 'new') === undefined],
  ])('is noticed by %s', async (_, change, isShown) => {
    await start();
    proxy.swallows = dataPlanes;
    await change();
    expect(await timeUntil(isShown)).toBeLessThan(noticedWithinMs());
  });

  test('is listed again less and less often while it stays dead', async () => {
    await start();
    proxy.swallows = dataPlanes;
    const before = lists();
    for (let index = 0; index < 4; index += 1) {
      await writer.setDisplayName('prod', `No. ${index}`);
      await until(runtime, () => planeNamed(runtime, 'prod')?.displayName === `No. ${index}`);
    }
    // At once, and then after 5, 10 and 20 s.
    expect(lists() - before).toBe(4);
    const { seen } = statesOfSource();
    proxy.swallows = undefined;
    proxy.cut();
    await writer.setDisplayName('prod', 'Seen again');
    await until(runtime, () => planeNamed(runtime, 'prod')?.displayName === 'Seen again');
    await untilLive(runtime);
    expect(seen).toContain('live');
  });

  test('never counts as live again by being opened alone', async () => {
    await start();
    proxy.rule = (_path, _method, { isMetadataList }) => (isMetadataList ? { status: 500 } : undefined);
    proxy.swallows = dataPlanes;
    proxy.cut();
    await until(runtime, () => sourceState() === 'lost');
    await until(runtime, () => !runtime.engine.sources.notWatching().includes({ plural: 'dataplanes' }));
    expect(sourceState()).toBe('lost');
    const checks = () => proxy.seenMetadataLists.filter(dataPlanes).length;
    const before = checks();
    await until(runtime, () => checks() > before + 1);
    expect(sourceState()).toBe('lost');
    proxy.rule = undefined;
    await untilLive(runtime);
  });

  test("isn't live when its checks fail, says so, and recovers", async () => {
    await start();
    proxy.rule = (_path, _method, { isMetadataList }) => (isMetadataList ? { status: 500 } : undefined);
    await until(runtime, () => sourceState() === 'lost');
    const [source] = runtime.engine.sources.wire();
    expect(source?.problem).toMatch(/It isn't known whether the watch still delivers changes.*check failed/);
    proxy.rule = undefined;
    await untilLive(runtime);
  });

  test('and has lost its right hides the planes without waiting for the watch to end', async () => {
    await start();
    proxy.rule = (path) => (dataPlanes(path) && !path.includes('watch=true') ? { status: 403 } : undefined);
    expect(await timeUntil(() => sourceState() === 'forbidden')).toBeLessThan(noticedWithinMs());
    await until(runtime, () => planeNamed(runtime, 'prod') === undefined);
  });

  test('is listed at a limited rate when only its checks are forbidden', async () => {
    await start();
    const listedAtMs: number[] = [];
    proxy.rule = (path, _method, { isMetadataList }) => {
      if (!dataPlanes(path)) return undefined;
      if (isMetadataList) return { status: 403 };
      if (path.includes('limit=500')) listedAtMs.push(performance.now());
      return undefined;
    };
    await until(runtime, () => listedAtMs.length === 3);
    const [first = 0, second = 0, third = 0] = listedAtMs;
    expect(second - first).toBeGreaterThanOrEqual(5000 / pace());
    expect(third - second).toBeGreaterThanOrEqual(10_000 / pace());
  });
});

describe('a watch in normal operation', () => {
  beforeAll(async () => {
    await begin('1.2');
    for (let index = 0; index < 12; index += 1) await writer.create(`plane-${index}`);
  });
  afterAll(end);

  test('is never listed again, whatever is written, and is checked every 5 s by one page of metadata', async () => {
    await start();
    const { seen } = statesOfSource();
    const before = lists();
    const startedAtMs = performance.now();
    while (performance.now() - startedAtMs < 3000) {
      await Promise.all(Array.from({ length: 12 }, (_, index) => writer.beat(`plane-${index}`)));
    }
    expect(lists()).toBe(before);
    expect([...seen].filter((state) => state !== undefined)).toEqual(['live']);
    const checks = proxy.seenMetadataLists.filter(dataPlanes);
    // 30 s at the pace of tests.
    expect(checks.length).toBeGreaterThanOrEqual(3);
    expect(checks.length).toBeLessThanOrEqual(8);
    expect(checks.every((path) => path.endsWith('/dataplanes?limit=500'))).toBe(true);
  });
});

describe('a watch that delivers nothing of a kind with more than one page', () => {
  const name = (index: number) => `plane-${String(index).padStart(3, '0')}`;

  beforeAll(async () => {
    await begin('1.2');
    for (let from = 0; from < 520; from += 40)
      await Promise.all(Array.from({ length: 40 }, (_, index) => writer.create(name(from + index))));
  });
  afterAll(end);

  test('is noticed by a change in any of them', async () => {
    await start();
    for (const [changed, deleted] of [
      [name(3), name(4)],
      [name(510), name(511)],
    ] as const) {
      proxy.swallows = dataPlanes;
      await Promise.all([writer.setDisplayName(changed, 'Unseen'), writer.remove(deleted)]);
      const tookMs = await timeUntil(() => planeNamed(runtime, changed)?.displayName === 'Unseen');
      expect(tookMs).toBeLessThan(noticedWithinMs());
      expect(planeNamed(runtime, deleted)).toBeUndefined();
      await untilLive(runtime);
    }
    const tokens = proxy.seenMetadataLists.filter((path) => path.includes('continue='));
    expect(tokens.length).toBeGreaterThan(0);
  });
});

describe('a watch that delivers nothing in release 0.3, whose planes report no heartbeat', () => {
  beforeAll(async () => {
    await begin('0.3');
    await writer.createRaw('prod', DIRECT_ACCESS);
    await writer.setConditions('prod', condition('True'));
  });
  afterAll(end);

  test("doesn't hide that a plane's connection is lost", async () => {
    await start();
    const before = planeNamed(runtime, 'prod')?.health;
    proxy.swallows = dataPlanes;
    await writer.setConditions('prod', condition('False'));
    const isShown = () => planeNamed(runtime, 'prod')?.health.reasons.some(({ code }) => /false/.test(code));
    const tookMs = await timeUntil(() => isShown() === true);
    expect(tookMs).toBeLessThan(noticedWithinMs());
    expect(planeNamed(runtime, 'prod')?.health.state).not.toBe(before?.state);
    expect(planeNamed(runtime, 'prod')?.health.state).not.toBe('healthy');
  });
});
