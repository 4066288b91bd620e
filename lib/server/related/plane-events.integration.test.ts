import { Agent, request } from 'undici';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ControlPlane } from '@/demo/control-plane/control-plane';
import { type PlaneEventsFrame, planeEventsFrameSchema, planeEventsKeepaliveSchema } from '@/lib/api/related';
import { MASK } from '@/lib/plane/masking/mask';
import { formatRfc3339 } from '@/lib/plane/time/age';
import { MINUTE_MS } from '@/lib/plane/time/duration';
import type { Caller } from '@/lib/server/rights/caller';
import { serviceCaller } from '@/lib/server/rights/service-caller';
import type { Runtime } from '@/lib/server/runtime/create-runtime';
import { type BareControlPlane, ownControlPlane } from '@/testing/control-plane/bare-control-plane';
import { DataPlaneWriter } from '@/testing/control-plane/data-plane-writer';
import { grant } from '@/testing/control-plane/kube-objects';
import { NOW_MS } from '@/testing/plane/plane-fixture';
import { SseReader } from '@/testing/server/sse-reader';
import { callerOf } from '@/testing/server/test-caller';
import { startProcessRuntime } from '@/testing/server/test-runtime';
import { openPlaneEvents } from './open-plane-events';

const API = '/apis/openchoreo.dev/v1alpha1';

let demo: BareControlPlane<ControlPlane>;
let runtime: Runtime;
let admin: Caller;
const open: (() => Promise<void>)[] = [];
let minute = 0;

interface Involved {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly uid: string;
}

beforeAll(async () => {
  demo = await ownControlPlane();
  const writer = new DataPlaneWriter(demo.controlPlane.client);
  for (const name of ['prod', 'other', 'busy']) await writer.create(name);
  await demo.controlPlane.client.post(`${API}/clusterdataplanes`, {
    apiVersion: 'openchoreo.dev/v1alpha1',
    kind: 'ClusterDataPlane',
    metadata: { name: 'shared' },
    spec: { planeID: 'shared', clusterAgent: { clientCA: { value: 'no PEM' } } },
  });
  runtime = await startProcessRuntime(demo.controlPlane.kubeconfigPath);
  admin = await serviceCaller();
});
afterAll(async () => {
  await Promise.all(open.map((close) => close()));
  await runtime?.stop();
  await demo?.stop();
});

async function objectOf(name: string): Promise<Involved> {
  const { metadata } = await demo.controlPlane.client.get(`${API}/namespaces/default/dataplanes/${name}`);
  return { kind: 'DataPlane', namespace: 'default', name, uid: metadata.uid ?? '' };
}

/** Reports an event, each a minute later than the one before. */
async function report(involvedObject: Involved, message: string): Promise<void> {
  minute += 1;
  const at = formatRfc3339(NOW_MS + minute * MINUTE_MS);
  await demo.controlPlane.client.post('/api/v1/namespaces/default/events', {
    metadata: { name: `event-${minute}` },
    involvedObject,
    type: 'Normal',
    reason: 'Tried',
    message,
    count: 1,
    firstTimestamp: at,
    lastTimestamp: at,
    source: { component: 'test' },
  });
}

const identity = (name: string) => ({ plural: 'dataplanes', namespace: 'default', name });
async function follow(name: string, caller = admin): Promise<SseReader> {
  return new SseReader(await openPlaneEvents(caller, identity(name)));
}

/** Returns the next matching frame. Earlier changes may arrive in any number of frames. */
async function frameWhere(
  reader: SseReader,
  isWanted: (frame: PlaneEventsFrame) => boolean,
): Promise<PlaneEventsFrame> {
  for (;;) {
    const frame = planeEventsFrameSchema.parse(JSON.parse((await reader.nextOf('events')).data));
    if (isWanted(frame)) return frame;
  }
}
const messagesOf = ({ events }: PlaneEventsFrame) => events.map(({ message }) => message);

/** Returns how many watches of events the API server itself has open. */
async function openWatches(): Promise<number> {
  const { server, caPem, certPem, keyPem } = demo.controlPlane.adminCredentials;
  const dispatcher = new Agent({ connect: { ca: caPem, cert: certPem, key: keyPem } });
  try {
    const { body } = await request(`${server}/metrics`, { dispatcher });
    const lines = (await body.text())
      .split('\n')
      .filter(
        (line) => line.startsWith('apiserver_longrunning_requests{') && line.includes('resource="events"'),
      );
    return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  } finally {
    await dispatcher.close();
  }
}

describe('the events of a plane', () => {
  test('end with the session that they were opened with', async () => {
    const reader = await follow('prod', { ...admin, sessionEndsAtMs: Date.now() + 1000 });
    await reader.nextOf('resume');
    const next = await follow('prod', { ...admin, sessionEndsAtMs: Date.now() + MINUTE_MS });
    await frameWhere(next, ({ state }) => state === 'live');
    await next.cancel();
  });

  test('arrive at once, newest first, and then live, without those of other planes', async () => {
    const prod = await objectOf('prod');
    await report(prod, 'first');
    await report(prod, 'second');
    await report(await objectOf('other'), 'of another plane');
    await report({ ...prod, uid: 'of-an-earlier-plane-of-that-name' }, 'of an earlier plane');
    const reader = await follow('prod');
    const listed = await frameWhere(reader, ({ state }) => state === 'live');
    expect(messagesOf(listed)).toEqual(['second', 'first']);
    expect(listed.events[0]).toMatchObject({ type: 'Normal', reason: 'Tried', source: 'test', count: 1 });

    await report(prod, 'fetch of https://me:hunter2@example.com failed');
    const live = await frameWhere(reader, ({ events }) => events.length === 3);
    expect(messagesOf(live)).toEqual([MASK, 'second', 'first']);

    await demo.controlPlane.client.delete('/api/v1/namespaces/default/events/event-1');
    expect(messagesOf(await frameWhere(reader, ({ events }) => events.length === 2))).toEqual([
      MASK,
      'second',
    ]);
    await reader.cancel();
  });

  test('are in the namespace default for a cluster-wide plane', async () => {
    const { metadata } = await demo.controlPlane.client.get(`${API}/clusterdataplanes/shared`);
    const shared = { kind: 'ClusterDataPlane', name: 'shared', uid: metadata.uid ?? '' };
    await report(shared, 'about the shared one');
    const stream = await openPlaneEvents(admin, { plural: 'clusterdataplanes', name: 'shared' });
    const reader = new SseReader(stream);
    const frame = await frameWhere(reader, ({ events }) => events.length > 0);
    expect(messagesOf(frame)).toEqual(['about the shared one']);
    await reader.cancel();
  });

  test('are limited to a hundred', async () => {
    const busy = await objectOf('busy');
    for (let index = 1; index <= 110; index += 1) await report(busy, `no. ${index}`);
    const reader = await follow('busy');
    const frame = await frameWhere(reader, ({ events }) => events.length > 0);
    expect(frame.events).toHaveLength(100);
    expect(messagesOf(frame)[0]).toBe('no. 110');
    await reader.cancel();
  });

  test("aren't opened for a plane that doesn't exist", async () => {
    await expect(openPlaneEvents(admin, identity('nobody'))).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the event stream', () => {
  test('proves every few seconds that the server is alive', async () => {
    const reader = await follow('prod');
    for (let count = 0; count < 2; count += 1) {
      const { serverTime } = planeEventsKeepaliveSchema.parse(
        JSON.parse((await reader.nextOf('keepalive')).data),
      );
      expect(Math.abs(Date.parse(serverTime) - Date.now())).toBeLessThan(60_000);
    }
    await reader.cancel();
  });

  test('leaves no watch behind when the browser disconnects, neither here nor on the API server', async () => {
    await expect.poll(openWatches, { timeout: 10_000 }).toBe(0);
    const readers = await Promise.all([follow('prod'), follow('prod'), follow('other')]);
    for (const reader of readers) await frameWhere(reader, ({ state }) => state === 'live');
    expect(runtime.planeEvents.watchCount).toBe(3);
    await expect.poll(openWatches, { timeout: 10_000 }).toBe(3);
    await readers[0]?.cancel();
    await expect.poll(openWatches, { timeout: 10_000 }).toBe(2);
    await Promise.all(readers.map((reader) => reader.cancel()));
    expect(runtime.planeEvents.watchCount).toBe(0);
    await expect.poll(openWatches, { timeout: 10_000 }).toBe(0);
  });

  test('reports the loss of the API server, and continues when it is back', async () => {
    const reader = await follow('prod');
    await frameWhere(reader, ({ state }) => state === 'live');
    await demo.controlPlane.killApiServer();
    const lost = await frameWhere(reader, ({ state }) => state === 'lost');
    // The known events stay readable, and are reported as old.
    expect(lost.events.length).toBeGreaterThan(0);
    await demo.controlPlane.startApiServer();
    await frameWhere(reader, ({ state }) => state === 'live');
    await report(await objectOf('prod'), 'after the restart');
    await frameWhere(reader, (frame) => messagesOf(frame).includes('after the restart'));
    await reader.cancel();
  });
});

test('a caller who may not list events gets the state not-visible', async () => {
  const planes = { apiGroups: ['openchoreo.dev'], resources: ['dataplanes'], verbs: ['get'] };
  await grant(demo.controlPlane.client, 'reader', [planes], 'default');
  const { kubeconfigPath } = await demo.controlPlane.addUser({ name: 'reader' });
  const { caller, close } = callerOf('reader', kubeconfigPath);
  open.push(close);
  const reader = await follow('prod', caller);
  const frame = await frameWhere(reader, () => true);
  expect(frame).toEqual({ state: 'not-visible', events: [] });
  await reader.cancel();
});
