import { describe, expect, it } from 'vitest';
import { boardPlane } from '@/testing/plane/board-fixture';
import { NOW_MS } from '@/testing/plane/plane-fixture';
import { heartbeatText, kindLabel, maintenanceEndText, sinceText } from './wall-labels';

describe('the labels of a tile', () => {
  it('start with the group, because long text is cut at the end', () => {
    expect(kindLabel(boardPlane('eu', 'healthy', { group: 'shop' }))).toBe('shop · Data plane · acme');
    expect(kindLabel(boardPlane('eu', 'healthy', { kind: 'ClusterDataPlane', namespace: undefined }))).toBe(
      'Cluster data plane',
    );
  });
  it('mark an age that may be longer than observed', () => {
    expect(sinceText(boardPlane('eu'), NOW_MS)).toBe('for 1 h');
    expect(
      sinceText(boardPlane('eu', 'stale', { since: { at: '2026-03-10T11:00:00Z', exact: false } }), NOW_MS),
    ).toBe('for ≥ 1 h');
  });
  it('never show an age for a heartbeat that is missing or in the future', () => {
    expect(heartbeatText({ lastHeartbeatTime: null }, NOW_MS)).toBe('no heartbeat');
    expect(heartbeatText({ lastHeartbeatTime: '2026-03-10T12:01:00Z' }, NOW_MS)).toBe(
      'heartbeat in the future',
    );
    expect(heartbeatText({ lastHeartbeatTime: '2026-03-10T11:56:55Z' }, NOW_MS)).toBe(
      'heartbeat 3 min 05 s ago',
    );
  });
  it('show when a maintenance ends: the time within a day, otherwise the date', () => {
    expect(maintenanceEndText('2026-03-10T23:59:00Z', NOW_MS)).toBe('until 23:59 UTC');
    expect(maintenanceEndText('2026-03-11T11:59:00Z', NOW_MS)).toBe('until 11:59 UTC');
    expect(maintenanceEndText('2026-03-11T12:00:00Z', NOW_MS)).toBe('until Mar 11');
    expect(maintenanceEndText('2026-05-01T08:00:00Z', NOW_MS)).toBe('until May 1');
    expect(maintenanceEndText('2099-03-11T08:00:00Z', NOW_MS)).toBe('over 90 days, until Mar 2099');
    expect(maintenanceEndText('never', NOW_MS)).toBe('');
  });
});
