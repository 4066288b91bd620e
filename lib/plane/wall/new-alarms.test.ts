import { describe, expect, it } from 'vitest';
import { boardPlane } from '@/testing/plane/board-fixture';
import { NOW_MS } from '@/testing/plane/plane-fixture';
import { NewAlarms } from './new-alarms';

describe('NewAlarms', () => {
  it('ignores alarms from before the wall was opened', () => {
    const alarms = new NewAlarms();
    alarms.apply([boardPlane('a', 'disconnected')], 0, NOW_MS);
    expect([...alarms.uids(0)]).toEqual([]);
  });
  it('contains planes that entered an alarm or a worse one, for two minutes', () => {
    const alarms = new NewAlarms();
    alarms.apply([boardPlane('a'), boardPlane('b', 'degraded'), boardPlane('c', 'disconnected')], 0, NOW_MS);
    alarms.apply(
      [boardPlane('a', 'stale'), boardPlane('b', 'disconnected'), boardPlane('c', 'degraded')],
      1000,
      NOW_MS,
    );
    expect([...alarms.uids(1000)]).toEqual(['uid-a', 'uid-b']);
    expect([...alarms.uids(122_000)]).toEqual([]);
  });
  it('drops an alarm when it is acknowledged, when it ends and when the plane disappears', () => {
    const alarms = new NewAlarms();
    alarms.apply([boardPlane('a'), boardPlane('b'), boardPlane('c')], 0, NOW_MS);
    alarms.apply([boardPlane('a', 'stale'), boardPlane('b', 'stale'), boardPlane('c', 'stale')], 0, NOW_MS);
    alarms.apply([boardPlane('a'), boardPlane('c', 'stale')], 0, NOW_MS);
    expect([...alarms.uids(0)]).toEqual(['uid-c']);
    alarms.acknowledge();
    expect([...alarms.uids(0)]).toEqual([]);
  });
  it('ignores pending planes', () => {
    const alarms = new NewAlarms();
    alarms.apply([], 0, NOW_MS);
    alarms.apply([boardPlane('a', 'pending')], 0, NOW_MS);
    expect([...alarms.uids(0)]).toEqual([]);
  });
  it("ignores a heartbeat that's late because other gateway replicas report, until it's stale", () => {
    const reason = (code: string) => ({ code, severity: 'warning' as const, message: '' });
    const reported = (state: 'degraded' | 'stale', ...codes: string[]) =>
      boardPlane('a', state, { health: { state, reasons: codes.map(reason) } });
    const alarms = new NewAlarms();
    alarms.apply([boardPlane('a')], 0, NOW_MS);
    for (let flip = 0; flip < 5; flip += 1) {
      alarms.apply([reported('degraded', 'heartbeat-late', 'heartbeat-remembered')], 0, NOW_MS);
      expect([...alarms.uids(0)]).toEqual([]);
      alarms.apply([boardPlane('a')], 0, NOW_MS);
    }
    alarms.apply([reported('degraded', 'heartbeat-late', 'heartbeat-remembered')], 0, NOW_MS);
    alarms.apply([reported('stale', 'heartbeat-stale', 'heartbeat-remembered')], 0, NOW_MS);
    expect([...alarms.uids(0)]).toEqual(['uid-a']);
    alarms.acknowledge();
    alarms.apply([boardPlane('a')], 0, NOW_MS);
    alarms.apply([reported('degraded', 'heartbeat-late')], 0, NOW_MS);
    expect([...alarms.uids(0)]).toEqual(['uid-a']);
  });
  it('ignores planes in maintenance until it ends and the alarm persists', () => {
    const maintenance = { until: new Date(NOW_MS + 5000).toISOString() };
    const alarms = new NewAlarms();
    alarms.apply([boardPlane('a')], 0, NOW_MS);
    alarms.apply([boardPlane('a', 'stale', { maintenance })], 0, NOW_MS);
    expect([...alarms.uids(0)]).toEqual([]);
    alarms.apply([boardPlane('a', 'stale', { maintenance })], 5000, NOW_MS + 5000);
    expect([...alarms.uids(5000)]).toEqual(['uid-a']);
  });
});
