import { describe, expect, test } from 'vitest';
import type { AgentConnection, Plane } from '@/lib/plane/model/plane';
import { aPlane } from '@/testing/plane/plane-fixture';
import { PlaneTimes } from './plane-times';

const HOUR_MS = 3_600_000;

const at = (time: string) => `2026-03-10T${time}Z`;

/** A plane with these times in its agent report. */
function reporting(times: Partial<AgentConnection>, over: Partial<Plane> = {}): Plane {
  const agent = { connected: true, connectedAgents: 1, ...times };
  return aPlane({ createdAt: at('09:00:00'), agent, ...over });
}

test('returns a plane unchanged while the clock is never set', () => {
  const plane = reporting({ lastHeartbeatTime: at('12:00:00') });
  expect(new PlaneTimes().read(plane, 0)).toBe(plane);
});

test('moves every time of the past with the clock, until the resource has a new one', () => {
  const times = new PlaneTimes();
  const until = { maintenance: { until: at('20:00:00') } };
  const plane = reporting(
    { lastHeartbeatTime: at('12:00:00'), lastConnectedTime: at('11:00:00') },
    {
      ...until,
      deletingSince: at('11:58:00'),
      specChangedAt: at('10:00:00'),
      conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: at('11:30:00') }],
    },
  );
  times.read(plane, 0);
  const moved = reporting(
    { lastHeartbeatTime: at('13:00:00'), lastConnectedTime: at('12:00:00') },
    {
      ...until,
      createdAt: at('10:00:00'),
      deletingSince: at('12:58:00'),
      specChangedAt: at('11:00:00'),
      conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: at('12:30:00') }],
    },
  );
  expect(times.shift(plane, HOUR_MS)).toEqual(moved);
  // Another change of the resource brings the same times again.
  expect(times.read(plane, 1)).toEqual(moved);
  expect(times.onClockInUse(plane)).toEqual(moved);
  const agent = plane.agent && { ...plane.agent, lastHeartbeatTime: at('13:01:00') };
  expect(times.read({ ...plane, ...(agent ? { agent } : {}) }, 2).agent).toMatchObject({
    lastHeartbeatTime: at('13:01:00'),
    lastConnectedTime: at('12:00:00'),
  });
});

test('moves a time that only this server saw', () => {
  const times = new PlaneTimes();
  const plane = reporting({}, { specChangedAt: at('10:00:00') });
  times.read(plane, 0);
  const known = { ...plane, specChangedAt: at('11:50:00'), unobservedSince: at('11:40:00') };
  expect(times.shift(known, -HOUR_MS)).toMatchObject({
    createdAt: at('08:00:00'),
    specChangedAt: at('10:50:00'),
    unobservedSince: at('10:40:00'),
  });
});

test('adds up when the clock is set again', () => {
  const times = new PlaneTimes();
  const plane = reporting({ lastHeartbeatTime: at('12:00:00') });
  times.read(plane, 0);
  const moved = times.shift(plane, HOUR_MS);
  expect(times.shift(moved, -HOUR_MS)).toEqual(plane);
});

test('translates a heartbeat of another clock, which is as written once that clock is followed', () => {
  const times = new PlaneTimes();
  const plane = reporting({ lastHeartbeatTime: at('13:00:00'), lastConnectedTime: at('11:00:00') });
  times.read(plane, 0);
  const translated = times.translateHeartbeat(plane, HOUR_MS);
  expect(translated).toEqual(
    reporting({ lastHeartbeatTime: at('12:00:00'), lastConnectedTime: at('11:00:00') }),
  );
  expect(times.translateHeartbeat(plane, HOUR_MS)).toBeNull();
  expect(times.shift(translated ?? plane, HOUR_MS).agent).toMatchObject({
    lastHeartbeatTime: at('13:00:00'),
    lastConnectedTime: at('12:00:00'),
  });
});

test('keeps a heartbeat that some statuses lack', () => {
  const times = new PlaneTimes();
  const plane = reporting({ lastHeartbeatTime: at('12:00:00') });
  times.read(plane, 0);
  times.shift(plane, HOUR_MS);
  times.read(reporting({}), 1);
  expect(times.read(plane, 2).agent).toMatchObject({ lastHeartbeatTime: at('13:00:00') });
  expect(times.seenHeartbeat?.isNew).toBe(false);
});

test('knows when a heartbeat replaced another one', () => {
  const times = new PlaneTimes();
  expect(times.seenHeartbeat).toBeNull();
  times.read(reporting({ lastHeartbeatTime: at('12:00:00') }), 5);
  expect(times.seenHeartbeat).toMatchObject({ seenAtMs: 5, isNew: false });
  times.read(reporting({ lastHeartbeatTime: at('12:01:00') }), 7);
  expect(times.seenHeartbeat).toEqual({
    atMs: Date.parse(at('12:01:00')),
    seenAtMs: 7,
    isNew: true,
    before: { atMs: expect.any(Number), seenAtMs: 5 },
  });
});

describe('new times of another clock', () => {
  const other = {
    aheadMs: HOUR_MS,
    isOfOther: ({ atMs }: { atMs: number }) => atMs > Date.parse(at('12:30:00')),
  };

  test('are translated, and as written once that clock is followed', () => {
    const times = new PlaneTimes();
    const plane = reporting({ lastHeartbeatTime: at('13:00:00') });
    times.read(plane, 0);
    const deleting = { ...plane, deletingSince: at('13:01:00') };
    const translated = times.translateNew(times.read(deleting, 1), other);
    expect(translated).toEqual({ ...plane, deletingSince: at('12:01:00') });
    expect(times.translateNew(translated ?? plane, other)).toBeNull();
    expect(times.shift(translated ?? plane, HOUR_MS)).toMatchObject({
      createdAt: at('10:00:00'),
      deletingSince: at('13:01:00'),
    });
  });

  test('are those of a new plane, but not of one that was listed first', () => {
    const plane = reporting({}, { createdAt: at('13:00:00') });
    const [listed, created] = [new PlaneTimes(), new PlaneTimes()];
    listed.read(plane, 0);
    created.read(plane, 0, true);
    expect(listed.translateNew(plane, other)).toBeNull();
    expect(created.translateNew(plane, other)?.createdAt).toBe(at('12:00:00'));
  });
});
