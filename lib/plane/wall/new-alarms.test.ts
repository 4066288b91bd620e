import { describe, expect, it } from 'vitest';
import { boardPlane } from '@/testing/plane/board-fixture';
import { NOW_MS } from '@/testing/plane/plane-fixture';
import { NewAlarms } from './new-alarms';

describe('new trouble', () => {
  it('is none that was there when the wall was opened', () => {
    const unseen = new NewAlarms();
    unseen.apply([boardPlane('a', 'disconnected')], 0, NOW_MS);
    expect([...unseen.uids(0)]).toEqual([]);
  });
  it('is a plane that came into an alarm or a worse one, for two minutes', () => {
    const unseen = new NewAlarms();
    unseen.apply([boardPlane('a'), boardPlane('b', 'degraded'), boardPlane('c', 'disconnected')], 0, NOW_MS);
    unseen.apply(
      [boardPlane('a', 'stale'), boardPlane('b', 'disconnected'), boardPlane('c', 'degraded')],
      1000,
      NOW_MS,
    );
    expect([...unseen.uids(1000)]).toEqual(['uid-a', 'uid-b']);
    expect([...unseen.uids(122_000)]).toEqual([]);
  });
  it('is over when it was seen, when it ends, and when the plane goes', () => {
    const unseen = new NewAlarms();
    unseen.apply([boardPlane('a'), boardPlane('b'), boardPlane('c')], 0, NOW_MS);
    unseen.apply([boardPlane('a', 'stale'), boardPlane('b', 'stale'), boardPlane('c', 'stale')], 0, NOW_MS);
    unseen.apply([boardPlane('a'), boardPlane('c', 'stale')], 0, NOW_MS);
    expect([...unseen.uids(0)]).toEqual(['uid-c']);
    unseen.acknowledge();
    expect([...unseen.uids(0)]).toEqual([]);
  });
  it('is not what is still to come', () => {
    const unseen = new NewAlarms();
    unseen.apply([], 0, NOW_MS);
    unseen.apply([boardPlane('a', 'pending')], 0, NOW_MS);
    expect([...unseen.uids(0)]).toEqual([]);
  });
  it('is no plane in maintenance, until that is over and it is still in trouble', () => {
    const maintenance = { until: new Date(NOW_MS + 5000).toISOString() };
    const unseen = new NewAlarms();
    unseen.apply([boardPlane('a')], 0, NOW_MS);
    unseen.apply([boardPlane('a', 'stale', { maintenance })], 0, NOW_MS);
    expect([...unseen.uids(0)]).toEqual([]);
    unseen.apply([boardPlane('a', 'stale', { maintenance })], 5000, NOW_MS + 5000);
    expect([...unseen.uids(5000)]).toEqual(['uid-a']);
  });
});
