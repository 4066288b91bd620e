import { expect, test } from 'vitest';
import type { Plane } from '@/lib/plane/model/plane';
import { aPlane } from '@/testing/plane/plane-fixture';
import { knownAgents } from './fresh-agent';
import type { ReasonCode } from './health-finding';

const connected = { connected: true, connectedAgents: 2 };
const disconnected = { connected: false, connectedAgents: 0 };

test.each<[string, Plane['agent'], ReasonCode[], number | null]>([
  ['a fresh report of two', connected, [], 2],
  ['a fresh report that one is connected without a number', { ...connected, connectedAgents: 0 }, [], 1],
  ['a problem that says nothing about the report', connected, ['certificate-expired'], 2],
  ['a stale heartbeat', connected, ['heartbeat-stale'], null],
  ['a late heartbeat', connected, ['heartbeat-late'], null],
  ['no heartbeat', connected, ['heartbeat-missing'], null],
  ['a report that contradicts itself', connected, ['agents-contradict'], null],
  ['no contact to the API server', connected, ['no-contact'], null],
  ['no contact since a report of none', disconnected, ['no-contact'], null],
  ['a report of none', disconnected, ['agent-lost'], 0],
  ['no report', undefined, [], null],
])('the number of connected agents after %s', (_, agent, codes, expected) => {
  const reasons = codes.map((code) => ({ code, severity: 'warning' as const, message: '' }));
  const plane = aPlane(
    agent ? { agent: { ...aPlane().agent, ...agent } as Plane['agent'] } : { agent: undefined },
  );
  expect(knownAgents({ plane, health: { state: 'healthy', reasons } })).toBe(expected);
});
