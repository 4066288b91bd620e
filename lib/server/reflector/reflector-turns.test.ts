import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { KubeClient } from '@/lib/server/kube/kube-client';
import { Reflector, type ReflectorSink } from './reflector';

const OBJECTS = 500;
const MS_PER_OBJECT = 5;
const KIND = { apiVersion: 'v1', kind: 'ConfigMap' };
const objects = Array.from({ length: OBJECTS }, (_, index) => ({
  ...KIND,
  metadata: { uid: `u${index}`, name: `p${index}`, resourceVersion: '1' },
}));
let nowMs = 0;
let turns = 0;
let isCounting = true;

beforeEach(() => {
  nowMs = 0;
  turns = 0;
  isCounting = true;
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  const count = () => {
    turns += 1;
    if (isCounting) setImmediate(count);
  };
  setImmediate(count);
});

afterEach(() => {
  isCounting = false;
  vi.restoreAllMocks();
});

const client = {
  request: async () => ({
    body: { ...KIND, kind: 'ConfigMapList', metadata: { resourceVersion: '1' }, items: objects },
  }),
  stream: async function* () {
    yield objects.map((object) => ({ type: 'MODIFIED', object }));
    await new Promise(() => {});
  },
} as unknown as KubeClient;

function sink(done: Partial<ReflectorSink<unknown>>): ReflectorSink<unknown> {
  const nothing = () => {};
  return {
    slim: (object) => {
      nowMs += MS_PER_OBJECT;
      return object;
    },
    replaced: nothing,
    set: nothing,
    removed: nothing,
    watching: nothing,
    contact: nothing,
    unproven: nothing,
    failed: nothing,
    ...done,
  };
}

test.each([
  ['a list', 'replaced'],
  ['a batch of events', 'contact'],
] as const)('gives way to requests between the objects of %s', async (_what, end) => {
  let turnsBefore = 0;
  const replaced = () => {
    turnsBefore = turns;
  };
  const during = await new Promise<number>((resolve) => {
    const done = { [end]: () => resolve(turns - turnsBefore) };
    new Reflector(client, '/planes', KIND, sink(end === 'contact' ? { replaced, ...done } : done)).start();
  });
  expect(during).toBeGreaterThanOrEqual((OBJECTS * MS_PER_OBJECT) / 25 - 1);
});
