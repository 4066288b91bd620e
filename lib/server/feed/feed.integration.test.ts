import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fleetChangesSchema, fleetSnapshotSchema, keepaliveSchema } from '@/lib/api/fleet';
import { WHOLE_FLEET } from '@/lib/server/rights/view';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, sharedControlPlane } from '@/testing/control-plane/bare-control-plane';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { SseReader } from '@/testing/server/sse-reader';
import { planeNamed, startRuntime, until, untilLive } from '@/testing/server/test-runtime';

let demo: BareControlPlane;
let writer: DataPlaneWriter;
let runtime: Runtime;

beforeAll(async () => {
  demo = await sharedControlPlane();
  writer = new DataPlaneWriter(demo.controlPlane.client);
  await writer.create('prod');
  runtime = startRuntime(demo.controlPlane.kubeconfigPath);
  await untilLive(runtime);
});
afterAll(async () => {
  await runtime?.stop();
  await demo?.stop();
});

const open = (since: string | null = null) => new SseReader(runtime.feed.open(WHOLE_FLEET, since));

/** Renames the plane, and resolves when the server has published the name. */
async function rename(displayName: string): Promise<void> {
  await writer.setDisplayName('prod', displayName);
  await until(runtime, () => planeNamed(runtime, 'prod')?.displayName === displayName);
}

/** Reads until a change contains this name; returns its id. */
async function untilRenamed(reader: SseReader, displayName: string): Promise<string> {
  for (;;) {
    const { id, data } = await reader.nextOf('changes');
    const { upserts } = fleetChangesSchema.parse(JSON.parse(data));
    if (upserts.some((plane) => plane.displayName === displayName)) return id;
  }
}

/** Conditions that fill a row as far as its bounds allow: some 300 KB. */
function largeConditions() {
  return Array.from({ length: 50 }, (_, index) => ({
    type: `Large${index}`,
    status: 'True',
    reason: 'Large',
    message: '漢'.repeat(2000),
    lastTransitionTime: '2026-01-01T00:00:00Z',
  }));
}

describe('the stream', () => {
  test('begins with a valid snapshot and a keep-alive', async () => {
    const reader = open();
    const first = await reader.next();
    expect(first?.event).toBe('snapshot');
    const snapshot = fleetSnapshotSchema.parse(JSON.parse(first?.data ?? ''));
    expect(snapshot.planes.map((plane) => plane.name)).toEqual(['prod']);
    expect(first?.id).toBe(`${snapshot.epoch}:${snapshot.revision}`);
    expect(keepaliveSchema.safeParse(JSON.parse((await reader.nextOf('keepalive')).data)).success).toBe(true);
    await reader.cancel();
  });

  test('sends snapshot and changes to every reader, each encoded once for all', async () => {
    await rename('A new revision');
    const beforeSnapshots = runtime.feed.counters.framesBuilt;
    const readers = Array.from({ length: 20 }, () => open());
    expect(runtime.feed.counters.framesBuilt - beforeSnapshots).toBe(1);
    await Promise.all(readers.map((reader) => reader.nextOf('snapshot')));
    const before = runtime.feed.counters.framesBuilt;
    const revision = runtime.engine.revision;
    await writer.setDisplayName('prod', 'For twenty');
    const ids = await Promise.all(readers.map((reader) => untilRenamed(reader, 'For twenty')));
    expect(new Set(ids).size).toBe(1);
    // One frame for each revision, however many readers.
    expect(runtime.feed.counters.framesBuilt - before).toBe(runtime.engine.revision - revision);
    await Promise.all(readers.map((reader) => reader.cancel()));
    expect(runtime.feed.readerCount).toBe(0);
  });

  test('resumes after the last id with the missed changes, including deletions', async () => {
    await writer.create('leaving');
    await until(runtime, () => planeNamed(runtime, 'leaving') !== undefined);
    const uid = planeNamed(runtime, 'leaving')?.uid;
    const reader = open();
    const { id } = await reader.nextOf('snapshot');
    await reader.cancel();
    await writer.remove('leaving');
    await until(runtime, () => planeNamed(runtime, 'leaving') === undefined);
    await rename('First');
    await rename('Second');

    const again = open(id);
    const event = await again.next();
    expect(event?.event).toBe('changes');
    const changes = fleetChangesSchema.parse(JSON.parse(event?.data ?? ''));
    expect(changes.upserts.map((plane) => plane.displayName)).toEqual(['Second']);
    expect(changes.deletes).toEqual([uid]);
    await again.cancel();
  });

  test.each([
    ['of another run of the server', '00000000-0000-4000-8000-000000000000:1'],
    ['from the future', 'future'],
    ['that is not an id', '../../etc/passwd'],
  ])('answers an id %s with a snapshot', async (_, id) => {
    const reader = open(id === 'future' ? `${runtime.engine.epoch}:999999` : id);
    expect((await reader.next())?.event).toBe('snapshot');
    await reader.cancel();
  });

  test('sends an empty change set, not the whole fleet, to a reader that is up to date', async () => {
    const reader = open();
    const { id } = await reader.nextOf('snapshot');
    await reader.cancel();
    const again = open(id);
    const event = await again.next();
    expect(event?.event).toBe('changes');
    expect(fleetChangesSchema.parse(JSON.parse(event?.data ?? '')).upserts).toEqual([]);
    await again.cancel();
  });

  test("drops a reader that doesn't read, asks it to resume, and keeps the others", async () => {
    const slow = runtime.feed.open(WHOLE_FLEET, null);
    const quick = open();
    const { id } = await quick.nextOf('snapshot');
    const dropped = runtime.feed.counters.readersDropped;
    await writer.setConditions('prod', largeConditions());
    for (let index = 0; runtime.feed.counters.readersDropped === dropped; index += 1) {
      await writer.setDisplayName('prod', `Name ${index}`);
      await untilRenamed(quick, `Name ${index}`);
      expect(index).toBeLessThan(100);
    }
    await writer.setConditions('prod', []);
    await writer.setDisplayName('prod', 'Small again');
    await untilRenamed(quick, 'Small again');
    await quick.cancel();

    // Its waiting frames are discarded: the hub asks it to resume, and it then gets all it missed in one frame.
    const slowReader = new SseReader(slow);
    expect(await slowReader.next()).toMatchObject({ event: 'resume' });
    expect(await slowReader.next()).toBeUndefined();
    const resumed = open(id);
    await untilRenamed(resumed, 'Small again');
    await resumed.cancel();
  });

  test('ends at shutdown with a request to resume', async () => {
    const other = startRuntime(demo.controlPlane.kubeconfigPath);
    await untilLive(other);
    const reader = new SseReader(other.feed.open(WHOLE_FLEET, null));
    await reader.nextOf('snapshot');
    await other.stop();
    expect((await reader.nextOf('resume')).event).toBe('resume');
    expect(await reader.next()).toBeUndefined();
  });
});
