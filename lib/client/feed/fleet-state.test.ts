import { describe, expect, test } from 'vitest';
import type { FleetChanges, FleetPlane, FleetSnapshot } from '@/lib/api/fleet';
import { DEFAULT_LIMITS, NO_FACTS } from '@/lib/plane/health/health-facts';
import { gatewayFacts } from '@/testing/plane/gateway-facts';
import { aPlane } from '@/testing/plane/plane-fixture';
import type { FeedFrame } from './feed-frame';
import { applyFrame, type FleetState, INITIAL_FLEET_STATE } from './fleet-state';

const plane = (uid: string, displayName = uid): FleetPlane => ({
  ...aPlane({ uid, displayName }),
  facts: NO_FACTS,
  health: { state: 'healthy', reasons: [] },
});

const apiServer = { state: 'reachable', lastContactAt: '2026-03-10T12:00:00.000Z' } as const;

function snapshot(epoch: string, revision: number, planes: FleetPlane[]): WholeFrame {
  const data: FleetSnapshot = {
    serverTime: '2026-03-10T12:00:00.000Z',
    revision,
    epoch,
    installation: 'test',
    limits: DEFAULT_LIMITS,
    apiServer,
    sources: [],
    incidents: [],
    controlPlane: { findings: [] },
    planes,
  };
  return { event: 'snapshot', data };
}

function changes(epoch: string, revision: number, upserts: FleetPlane[], deletes: string[] = []): WholeFrame {
  return {
    event: 'changes',
    epoch,
    data: { serverTime: '2026-03-10T12:00:01.000Z', revision, upserts, deletes },
  };
}

const keepalive: WholeFrame = {
  event: 'keepalive',
  data: {
    serverTime: '2026-03-10T12:00:05.000Z',
    apiServer: { ...apiServer, state: 'unreachable' },
    sources: [],
  },
};

function stateAfter(...frames: WholeFrame[]): FleetState {
  return frames.reduce((state, frame, index) => applyFrame(state, frame, index * 10), INITIAL_FLEET_STATE);
}

type WholeFrame = Exclude<FeedFrame, { event: 'part' }>;

describe('applyFrame', () => {
  test('the control plane changes with a snapshot and with changes that contain it', () => {
    const first = snapshot('e', 1, []);
    const gateway = gatewayFacts();
    const second = changes('e', 2, []);
    if (second.event !== 'changes') throw new Error('Not a change.');
    const withGateway = { ...second, data: { ...second.data, controlPlane: { gateway, findings: [] } } };
    expect(stateAfter(first).controlPlane).toEqual({ findings: [] });
    expect(stateAfter(first, withGateway).controlPlane.gateway).toBe(gateway);
    expect(stateAfter(first, withGateway, changes('e', 3, [])).controlPlane.gateway).toBe(gateway);
    expect(stateAfter(first, withGateway, snapshot('e', 4, [])).controlPlane).toEqual({ findings: [] });
  });

  test('a snapshot sets everything', () => {
    const state = stateAfter(snapshot('e', 3, [plane('a'), plane('b')]));
    expect(state).toMatchObject({
      status: 'live',
      epoch: 'e',
      revision: 3,
      lastFrameAtMs: 0,
      changedUids: null,
    });
    expect([...state.planes.keys()]).toEqual(['a', 'b']);
  });

  test('changes set, remove and name planes', () => {
    const state = stateAfter(
      snapshot('e', 3, [plane('a'), plane('b')]),
      changes('e', 4, [plane('a', 'new')], ['b']),
    );
    expect([...state.planes.values()].map((item) => item.displayName)).toEqual(['new']);
    expect([...(state.changedUids ?? [])].toSorted()).toEqual(['a', 'b']);
    expect(state).toMatchObject({ revision: 4, version: 2 });
  });

  test('a heartbeat updates only the heartbeat and the version', () => {
    const agent = { connected: true, connectedAgents: 1, lastHeartbeatTime: '2026-03-10T11:59:00Z' };
    const before = applyFrame(
      INITIAL_FLEET_STATE,
      snapshot('one', 1, [{ ...plane('a'), agent }, plane('b')]),
      0,
    );
    const frame = changes('one', 2, []);
    if (frame.event !== 'changes') throw new Error('no changes');
    const heartbeats: [string, string, string][] = [
      ['a', '2026-03-10T12:00:00Z', '9'],
      ['gone', '2026-03-10T12:00:00Z', '9'],
    ];
    const after = applyFrame(before, { ...frame, data: { ...frame.data, heartbeats } }, 0);
    expect(after.planes.get('a')).toEqual({
      ...plane('a'),
      resourceVersion: '9',
      agent: { ...agent, lastHeartbeatTime: '2026-03-10T12:00:00Z' },
    });
    expect(after.planes.has('gone')).toBe(false);
    expect(after.changedUids).toContain('a');
  });

  test('a heartbeat that only another replica knows moves to the facts, and back', () => {
    const time = '2026-03-10T11:59:00Z';
    const agent = { connected: true, connectedAgents: 1, lastHeartbeatTime: time };
    const gap = { last: time, severalReplicas: true };
    const frame = (revision: number, heartbeat: NonNullable<FleetChanges['heartbeats']>[number]) => {
      const { data } = changes('one', revision, []);
      return { event: 'changes', epoch: 'one', data: { ...data, heartbeats: [heartbeat] } } as WholeFrame;
    };
    const before = applyFrame(INITIAL_FLEET_STATE, snapshot('one', 1, [{ ...plane('a'), agent }]), 0);
    const missing = applyFrame(before, frame(2, ['a', null, '2', gap]), 0).planes.get('a');
    expect(missing?.agent).toEqual({ connected: true, connectedAgents: 1 });
    expect(missing?.facts).toEqual({ ...plane('a').facts, heartbeatGap: gap });
    const back = applyFrame(before, frame(3, ['a', time, '3']), 0).planes.get('a');
    expect(back).toEqual({ ...plane('a'), resourceVersion: '3', agent });
  });

  test('a change outside the row updates only the version of a plane without a heartbeat', () => {
    const agent = { connected: false, connectedAgents: 0 };
    const before = applyFrame(INITIAL_FLEET_STATE, snapshot('one', 1, [{ ...plane('a'), agent }]), 0);
    const frame = changes('one', 2, []);
    if (frame.event !== 'changes') throw new Error('no changes');
    const heartbeats: [string, null, string][] = [['a', null, '9']];
    const after = applyFrame(before, { ...frame, data: { ...frame.data, heartbeats } }, 0);
    expect(after.planes.get('a')).toEqual({ ...plane('a'), resourceVersion: '9', agent });
  });

  test("changes that a snapshot already contains aren't applied again", () => {
    const state = stateAfter(snapshot('e', 5, [plane('a', 'newer')]), changes('e', 4, [plane('a', 'older')]));
    expect(state.planes.get('a')?.displayName).toBe('newer');
    expect(state.revision).toBe(5);
  });

  test('a snapshot that the stream has overtaken is ignored', () => {
    const state = stateAfter(
      snapshot('e', 3, [plane('a', 'old')]),
      changes('e', 4, [plane('a', 'new')]),
      snapshot('e', 3, [plane('a', 'old')]),
    );
    expect(state.planes.get('a')?.displayName).toBe('new');
  });

  test('changes from another server run are ignored', () => {
    const state = stateAfter(snapshot('e', 3, [plane('a')]), changes('f', 9, [], ['a']));
    expect(state.planes.has('a')).toBe(true);
    expect(state.revision).toBe(3);
  });

  test('a snapshot from another server run replaces everything, whatever its revision', () => {
    const state = stateAfter(snapshot('e', 30, [plane('a')]), snapshot('f', 1, [plane('b')]));
    expect([...state.planes.keys()]).toEqual(['b']);
    expect(state).toMatchObject({ epoch: 'f', revision: 1 });
  });

  test('a keep-alive counts as contact and reports the state of the API server', () => {
    const state = stateAfter(snapshot('e', 3, [plane('a')]), keepalive);
    expect(state).toMatchObject({
      status: 'live',
      lastFrameAtMs: 10,
      version: 1,
      apiServer: { state: 'unreachable' },
    });
    expect(state.changedUids?.size).toBe(0);
  });

  test('a keep-alive before the first snapshot changes nothing', () => {
    expect(stateAfter(keepalive)).toEqual(INITIAL_FLEET_STATE);
  });
});
