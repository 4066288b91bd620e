import { describe, expect, it } from 'vitest';
import { boardPlane } from '@/testing/plane/board-fixture';
import { NOW_MS } from '@/testing/plane/plane-fixture';
import { heartbeatText, kindLabel, sinceText } from './wall-labels';

describe('the words of a tile', () => {
  it('name the group first, since what does not fit is cut at the end', () => {
    expect(kindLabel(boardPlane('eu', 'healthy', { group: 'shop' }))).toBe('shop · Data plane · acme');
    expect(kindLabel(boardPlane('eu', 'healthy', { kind: 'ClusterDataPlane', namespace: undefined }))).toBe(
      'Cluster data plane',
    );
  });
  it('tell an age that can be longer than anybody saw as such', () => {
    expect(sinceText(boardPlane('eu'), NOW_MS)).toBe('for 1 h');
    expect(
      sinceText(boardPlane('eu', 'stale', { since: { at: '2026-03-10T11:00:00Z', exact: false } }), NOW_MS),
    ).toBe('for ≥ 1 h');
  });
  it('never make an age of a heartbeat that is missing or in the future', () => {
    expect(heartbeatText({ lastHeartbeatTime: null }, NOW_MS)).toBe('no heartbeat');
    expect(heartbeatText({ lastHeartbeatTime: '2026-03-10T12:01:00Z' }, NOW_MS)).toBe(
      'heartbeat in the future',
    );
    expect(heartbeatText({ lastHeartbeatTime: '2026-03-10T11:56:55Z' }, NOW_MS)).toBe(
      'heartbeat 3 min 05 s ago',
    );
  });
});
