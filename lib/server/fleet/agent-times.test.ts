import { expect, test } from 'vitest';
import type { AgentConnection } from '@/lib/plane/model/plane';
import { AgentTimes } from './agent-times';

const HOUR_MS = 3_600_000;

const agent = (times: Partial<AgentConnection>): AgentConnection => ({
  connected: true,
  connectedAgents: 1,
  ...times,
});
const at = (time: string) => `2026-03-10T${time}Z`;

test('returns a status unchanged while the clock is never set', () => {
  const status = agent({ lastHeartbeatTime: at('12:00:00') });
  expect(new AgentTimes().read(status, 0)).toBe(status);
  expect(new AgentTimes().read(undefined, 0)).toBeUndefined();
});

test('moves every time with the clock, until the status has a new one', () => {
  const times = new AgentTimes();
  const status = agent({ lastHeartbeatTime: at('12:00:00'), lastConnectedTime: at('11:00:00') });
  times.read(status, 0);
  const moved = agent({ lastHeartbeatTime: at('13:00:00'), lastConnectedTime: at('12:00:00') });
  expect(times.shift(status, HOUR_MS)).toEqual(moved);
  // Another change of the resource brings the same times again.
  expect(times.read(status, 1)).toEqual(moved);
  expect(times.onClockInUse(status)).toEqual(moved);
  expect(times.read(agent({ ...status, lastHeartbeatTime: at('13:01:00') }), 2)).toEqual(
    agent({ lastHeartbeatTime: at('13:01:00'), lastConnectedTime: at('12:00:00') }),
  );
});

test('adds up when the clock is set again', () => {
  const times = new AgentTimes();
  const status = agent({ lastHeartbeatTime: at('12:00:00') });
  times.read(status, 0);
  const moved = times.shift(status, HOUR_MS);
  expect(times.shift(moved, -HOUR_MS)).toEqual(status);
});

test('translates a heartbeat of another clock, which is as written once that clock is followed', () => {
  const times = new AgentTimes();
  const status = agent({ lastHeartbeatTime: at('13:00:00'), lastConnectedTime: at('11:00:00') });
  times.read(status, 0);
  const translated = times.translateHeartbeat(status, HOUR_MS);
  expect(translated).toEqual(agent({ lastHeartbeatTime: at('12:00:00'), lastConnectedTime: at('11:00:00') }));
  expect(times.translateHeartbeat(status, HOUR_MS)).toBeNull();
  expect(times.shift(status, HOUR_MS)).toEqual(
    agent({ lastHeartbeatTime: at('13:00:00'), lastConnectedTime: at('12:00:00') }),
  );
});

test('keeps a heartbeat that some statuses lack', () => {
  const times = new AgentTimes();
  const status = agent({ lastHeartbeatTime: at('12:00:00') });
  times.read(status, 0);
  times.shift(status, HOUR_MS);
  times.read(agent({}), 1);
  expect(times.read(status, 2)).toEqual(agent({ lastHeartbeatTime: at('13:00:00') }));
  expect(times.seenHeartbeat?.isNew).toBe(false);
});

test('knows when a heartbeat replaced another one', () => {
  const times = new AgentTimes();
  expect(times.seenHeartbeat).toBeNull();
  times.read(agent({ lastHeartbeatTime: at('12:00:00') }), 5);
  expect(times.seenHeartbeat).toMatchObject({ seenAtMs: 5, isNew: false });
  times.read(agent({ lastHeartbeatTime: at('12:01:00') }), 7);
  expect(times.seenHeartbeat).toEqual({ atMs: Date.parse(at('12:01:00')), seenAtMs: 7, isNew: true });
});
