import { expect, test } from 'vitest';
import { removalOutcome } from './removal-outcome';

const DROPPED = '2026-01-01T00:01:00Z';
const BEFORE = '2026-01-01T00:00:30Z';
const AFTER = '2026-01-01T00:01:30Z';
const connected = (lastHeartbeatTime?: string) => ({
  agent: { connected: true, connectedAgents: 1, ...(lastHeartbeatTime ? { lastHeartbeatTime } : {}) },
});

test.each([
  ['a heartbeat from before proves nothing', connected(BEFORE), 'waiting'],
  ['no heartbeat proves nothing', connected(), 'waiting'],
  ['a heartbeat from after it does', connected(AFTER), 'connected'],
  ['none connected', { agent: { connected: false, connectedAgents: 0 } }, 'lost'],
  ['nothing reported', {}, 'unmeasured'],
] as const)('%s', (_name, plane, verdict) => {
  expect(removalOutcome(plane, DROPPED)).toBe(verdict);
});
