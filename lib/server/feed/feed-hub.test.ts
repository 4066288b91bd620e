import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ChangeSet, type EncodedPlane, encodedPlane } from '@/lib/server/fleet/change-publisher';
import type { FleetEngine } from '@/lib/server/fleet/fleet-engine';
import type { FleetSnapshots } from '@/lib/server/fleet/fleet-snapshots';
import { type View, WHOLE_FLEET } from '@/lib/server/rights/view';
import { SseReader } from '@/testing/server/sse-reader';
import { FeedHub } from './feed-hub';
import { LIVE_STREAM } from './stream-form';

const EPOCH = '00000000-0000-4000-8000-000000000000';

/** A fleet whose snapshot is about 20 KB, and whose changes a test publishes. */
function aFleet() {
  let publish: (changes: ChangeSet) => void = () => {};
  const planes = new Map<string, EncodedPlane>();
  const fleet = {
    epoch: EPOCH,
    revision: 1,
    incidents: [],
    controlPlane: { findings: [] },
    apiServer: { wire: () => ({ state: 'reachable', lastContactAt: null }) },
    sources: { wire: () => [] },
    flush: () => {},
    viewed: (view: View) => ({
      view,
      sources: () => [],
      incidents: () => [],
      controlPlane: (all: unknown) => all,
      encoded: (uid: string) => planes.get(uid) ?? null,
      subscribe: (listener: typeof publish) => {
        publish = listener;
        return () => {};
      },
    }),
  };
  const snapshotJson = vi.fn(() => JSON.stringify({ revision: fleet.revision, planes: 'x'.repeat(20_000) }));
  const hub = new FeedHub({
    engine: fleet as unknown as FleetEngine,
    serverTime: () => '2026-03-10T12:00:00Z',
    snapshots: { json: snapshotJson } as unknown as FleetSnapshots,
  });
  hub.start();
  const change = (uid: string, json = '{}') => {
    const plane = encodedPlane({ uid, plural: 'dataplanes', name: uid }, { json: () => json });
    planes.set(uid, plane);
    fleet.revision += 1;
    publish({
      revision: fleet.revision,
      upserts: [plane],
      derived: new Map([[uid, null]]),
      deletes: [],
      apiServer: undefined,
      sources: undefined,
      incidents: undefined,
    });
  };
  return { hub, change, snapshotJson };
}

/** Returns the events and ids of the first frames of a new reader. */
async function firstFrames(
  { hub }: ReturnType<typeof aFleet>,
  since: string | null = null,
): Promise<string[]> {
  const once = { ...LIVE_STREAM, once: true };
  const reader = new SseReader(hub.open(WHOLE_FLEET, since, 'full', once));
  const seen: string[] = [];
  for (let next = await reader.next(); next; next = await reader.next())
    if (next.event !== 'keepalive') seen.push(`${next.event} ${next.id.replace(`${EPOCH}:`, '')}`);
  return seen;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a new reader of the feed', () => {
  test('shares the snapshot of the last seconds, and gets what has changed since', async () => {
    const fleet = aFleet();
    const other = new SseReader(fleet.hub.open(WHOLE_FLEET, null));
    expect(await firstFrames(fleet)).toEqual(['snapshot 1']);
    fleet.change('a');
    fleet.change('b');
    expect(await firstFrames(fleet)).toEqual(['snapshot 1', 'changes 3']);
    expect(fleet.snapshotJson).toHaveBeenCalledTimes(1);
    await other.cancel();
  });

  test('gets a new snapshot after some seconds, and when much has changed', async () => {
    const fleet = aFleet();
    const other = new SseReader(fleet.hub.open(WHOLE_FLEET, null));
    fleet.change('a');
    vi.advanceTimersByTime(4000);
    expect(await firstFrames(fleet)).toEqual(['snapshot 2']);
    fleet.change('b', `"${'x'.repeat(6000)}"`);
    expect(await firstFrames(fleet)).toEqual(['snapshot 3']);
    expect(fleet.snapshotJson).toHaveBeenCalledTimes(3);
    await other.cancel();
  });

  test('shares the frame with missed changes with others that missed the same', async () => {
    const fleet = aFleet();
    fleet.change('a');
    const before = fleet.hub.counters.framesBuilt;
    for (let reader = 0; reader < 3; reader += 1)
      expect(await firstFrames(fleet, `${EPOCH}:1`)).toEqual(['changes 2']);
    expect(fleet.hub.counters.framesBuilt - before).toBe(1);
    fleet.change('b');
    expect(await firstFrames(fleet, `${EPOCH}:1`)).toEqual(['changes 3']);
    expect(fleet.snapshotJson).not.toHaveBeenCalled();
  });
});
