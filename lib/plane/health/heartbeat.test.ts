import { expect, test } from 'vitest';
import { ago, aPlane } from '@/testing/plane/plane-fixture';
import { agentWithKnownHeartbeat, isHeartbeatOnly, knownHeartbeat } from './heartbeat';

const agent = {
  connected: true,
  connectedAgents: 1,
  lastHeartbeatTime: ago(60_000),
  message: '1 agent connected',
};
const before = aPlane({ agent });

test('a newer heartbeat is only a heartbeat', () => {
  const after = aPlane({ resourceVersion: '2', agent: { ...agent, lastHeartbeatTime: ago(0) } });
  expect(isHeartbeatOnly(before, after)).toBe(true);
});

test.each([
  ['the number of agents', aPlane({ agent: { ...agent, connectedAgents: 2 } })],
  ['the connection', aPlane({ agent: { ...agent, connected: false } })],
  ['a condition', aPlane({ agent, conditions: [{ type: 'Ready', status: 'False' }] })],
  ['a label', aPlane({ agent, labels: { env: 'prod' } })],
  ['a deletion', aPlane({ agent, deletingSince: ago(0) })],
])('%s is more than a heartbeat', (_what, after) => {
  expect(isHeartbeatOnly(before, after)).toBe(false);
});

test("a plane's first status is more than a heartbeat", () => {
  const { agent: _agent, ...without } = before;
  expect(isHeartbeatOnly(without, before)).toBe(false);
});

test.each<[string, Parameters<typeof knownHeartbeat>, string | undefined]>([
  ["the status's own", [agent, { last: ago(0), severalReplicas: true }], ago(60_000)],
  [
    'the remembered one',
    [
      { connected: true, connectedAgents: 1 },
      { last: ago(0), severalReplicas: false },
    ],
    ago(0),
  ],
  [
    'none',
    [
      { connected: true, connectedAgents: 1 },
      { last: null, severalReplicas: true },
    ],
    undefined,
  ],
  ['none without an agent', [undefined, undefined], undefined],
])('the heartbeat that counts is %s', (_what, given, expected) => {
  expect(knownHeartbeat(...given)).toBe(expected);
});

test.each([
  ['the status has one', '2026-03-10T11:59:30Z', '2026-03-10T11:00:00Z', '2026-03-10T11:59:30Z'],
  ['only the server remembers one', undefined, '2026-03-10T11:59:00Z', '2026-03-10T11:59:00Z'],
  ['none was ever seen', undefined, undefined, undefined],
])('agentWithKnownHeartbeat has the heartbeat that counts when %s', (_, own, last, known) => {
  const agent = {
    connected: true,
    connectedAgents: 1,
    ...(own === undefined ? {} : { lastHeartbeatTime: own }),
  };
  const heartbeatGap = { severalReplicas: true, last: last ?? null };
  expect(agentWithKnownHeartbeat({ agent, facts: { heartbeatGap } })?.lastHeartbeatTime).toBe(known);
  expect(agentWithKnownHeartbeat({ facts: { heartbeatGap } })).toBeUndefined();
});
