import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FleetChanges, FleetSnapshot } from '@/lib/api/fleet';
import type { FleetPart } from '@/lib/api/fleet-table';
import { DEFAULT_LIMITS } from '@/lib/plane/health/health-facts';
import { readColumn } from '@/lib/plane/json/json-table';
import { FleetEngine } from '@/lib/server/fleet/fleet-engine';
import { FleetSnapshots } from '@/lib/server/fleet/fleet-snapshots';
import { type View, WHOLE_FLEET } from '@/lib/server/rights/view';
import { aPlane, NOW_MS } from '@/testing/plane/plane-fixture';
import { type SseEvent, SseReader } from '@/testing/server/sse-reader';
import { FeedHub, type FollowView } from './feed-hub';

let engine: FleetEngine;
let hub: FeedHub;

beforeEach(() => {
  vi.useFakeTimers();
  engine = new FleetEngine({
    limits: DEFAULT_LIMITS,
    nowMs: () => NOW_MS,
    certificates: { factOf: () => ({ state: 'not-checked' }), forget: () => {} },
  });
  engine.sources.add({ plural: 'dataplanes' });
  engine.replaceKind({ plural: 'dataplanes' }, [
    plane('shop', 'one'),
    plane('shop', 'two'),
    plane('other', 'three'),
  ]);
  engine.sources.watching({ plural: 'dataplanes' });
  engine.flush();
  const snapshots = new FleetSnapshots(engine, 'test', () => '2026-03-10T12:00:00Z');
  hub = new FeedHub({
    engine,
    serverTime: () => '2026-03-10T12:00:00Z',
    snapshots,
  });
  hub.start();
});
afterEach(() => {
  hub.close();
  engine.stop();
  vi.useRealTimers();
});

/** All planes of the test are the same cluster, so each counts the others that it may know. */
function plane(namespace: string, name: string) {
  return aPlane({ uid: name, name, namespace, planeID: 'same' });
}

function ofNamespaces(...namespaces: string[]): View {
  return {
    key: namespaces.join(),
    sees: ({ namespace }) => namespaces.includes(namespace ?? ''),
    reachOf: () => 'some',
  };
}

function open(view: View, since: string | null = null, follow: FollowView | null = null): SseReader {
  return new SseReader(hub.open(view, since, 'full', undefined, follow));
}

async function snapshotOf(reader: SseReader): Promise<{ readonly id: string; readonly planes: unknown }> {
  const { id, data } = await reader.nextOf('snapshot');
  const { planes } = JSON.parse(data) as FleetSnapshot;
  return { id, planes: planes.map(({ name, facts }) => `${name} ${facts.siblings}`) };
}

const changesIn = ({ data }: SseEvent) => {
  const { upserts, deletes } = JSON.parse(data) as FleetChanges;
  return { upserts: upserts.map(({ name, facts }) => `${name} ${facts.siblings}`), deletes };
};

describe('readers of a view', () => {
  test('get its planes with what follows from those alone, and no change of another', async () => {
    const [all, shop] = [open(WHOLE_FLEET), open(ofNamespaces('shop'))];
    expect((await snapshotOf(all)).planes).toEqual(['one 2', 'two 2', 'three 2']);
    expect((await snapshotOf(shop)).planes).toEqual(['one 1', 'two 1']);
    engine.remove('three');
    engine.flush();
    engine.set(plane('shop', 'four'));
    engine.flush();
    expect(changesIn(await all.nextOf('changes'))).toMatchObject({ deletes: ['three'] });
    expect(changesIn(await shop.nextOf('changes'))).toEqual({
      upserts: ['four 2', 'one 2', 'two 2'],
      deletes: [],
    });
  });

  test('with equal rights share their frames', async () => {
    const before = hub.counters.framesBuilt;
    for (const reader of [open(ofNamespaces('shop')), open(ofNamespaces('shop'))]) await snapshotOf(reader);
    expect(hub.counters.framesBuilt - before).toBe(1);
  });

  test('resume only in the same view', async () => {
    const reader = open(ofNamespaces('shop'));
    const { id } = await snapshotOf(reader);
    await reader.cancel();
    engine.set(plane('shop', 'four'));
    engine.flush();
    expect((await open(ofNamespaces('shop'), id).next())?.event).toBe('changes');
    expect((await open(ofNamespaces('other'), id).next())?.event).toBe('snapshot');
    expect((await open(WHOLE_FLEET, id).next())?.event).toBe('snapshot');
    const whole = (await snapshotOf(open(WHOLE_FLEET))).id;
    expect((await open(ofNamespaces('shop'), whole).next())?.event).toBe('snapshot');
  });

  test('that gain and lose rights get the difference on the open stream', async () => {
    let view = ofNamespaces('shop');
    const reader = open(view, null, async () => view);
    const { id } = await snapshotOf(reader);
    view = ofNamespaces('other');
    await hub.followViews();
    const moved = await reader.nextOf('changes');
    expect(changesIn(moved)).toEqual({ upserts: ['three 0'], deletes: ['one', 'two'] });
    const revisions = [id, moved.id].map((text) => Number(text.split(':')[1]));
    expect(revisions[1]).toBeGreaterThan(revisions[0] ?? Number.NaN);
    view = ofNamespaces('other', 'shop');
    await hub.followViews();
    expect(changesIn(await reader.nextOf('changes'))).toEqual({
      upserts: ['one 2', 'two 2', 'three 2'],
      deletes: [],
    });
    engine.remove('one');
    engine.flush();
    expect(changesIn(await reader.nextOf('changes'))).toMatchObject({ deletes: ['one'] });
    expect(hub.readerCount).toBe(1);
  });

  test('whose rights cannot be read end', async () => {
    const reader = open(ofNamespaces('shop'), null, async () => {
      throw new Error('The API server is away.');
    });
    await snapshotOf(reader);
    await hub.followViews();
    expect((await reader.nextOf('resume')).data).toBe('{}');
    expect(hub.readerCount).toBe(0);
  });
});

test('a reader by columns gets the snapshot in parts, shared with others, and then changes', async () => {
  engine.replaceKind(
    { plural: 'dataplanes' },
    Array.from({ length: 1200 }, (_, index) => plane('shop', `p${index}`)),
  );
  engine.flush();
  const before = hub.counters.framesBuilt;
  const readers = [1, 2].map(() => new SseReader(hub.open(WHOLE_FLEET, null, 'columns')));
  for (const reader of readers) {
    const parts = [await reader.next(), await reader.next(), await reader.next()];
    expect(parts.map((part) => part?.event)).toEqual(['part', 'part', 'part']);
    expect(parts.map((part) => part?.id !== '')).toEqual([false, false, true]);
    const [first, second] = parts.map((part) => JSON.parse(part?.data ?? '') as FleetPart);
    expect(first).toMatchObject({ part: 0, parts: 3, envelope: { revision: engine.revision } });
    expect(second).not.toHaveProperty('envelope');
    const read = readColumn(second?.planes ?? {});
    expect(read(0)).toMatchObject({
      name: 'p500',
      facts: { siblings: 1199 },
      nextChangeAtMs: expect.any(Number),
    });
  }
  expect(hub.counters.framesBuilt - before).toBe(1);
  engine.remove('p7');
  engine.flush();
  for (const reader of readers)
    expect(changesIn(await reader.nextOf('changes'))).toMatchObject({ deletes: ['p7'] });
});
