import { beforeEach, describe, expect, test } from 'vitest';
import type { Plane } from '@/lib/plane/model/plane';
import {
  changeAt,
  connected,
  disconnected,
  each,
  HOUR_S,
  IncidentStory,
  ids,
  storyTime,
} from '@/testing/plane/incident-fleet';
import type { ReportedPlane } from './loss';

let story: IncidentStory;
beforeEach(() => {
  story = new IncidentStory();
});

describe('an incident of the whole fleet', () => {
  test('reports all agents that disconnect within the window once', () => {
    story.set(disconnected('a', -100), disconnected('b', -70), disconnected('c', -90));
    expect(story.at(0)).toMatchObject([
      { code: 'control-plane', kind: 'disconnected', planes: 3, lost: 3, planeIDs: 3, connectedBefore: 3 },
    ]);
  });

  test('gives the bounds of the start for all planes only if all may have been lost then', () => {
    story.set(disconnected('a', -100, -130), disconnected('b', -70, -120));
    expect(story.at(0)[0]?.message).toMatch(
      /^All 2 connected planes disconnected together, between 2026-03-10 11:58:00 and 11:58:20 UTC\./,
    );
    // The heartbeat shows that it was connected after the first one was lost.
    story.set(disconnected('c', -20, -60));
    expect(story.at(1)[0]?.message).toMatch(
      /^All 3 connected planes disconnected within 2 min, the first between 2026-03-10 11:58:00 and 11:58:20 UTC\./,
    );
  });

  test('reports statuses that went stale together', () => {
    story.set(connected('a', -240), connected('b', -200));
    expect(story.at(0)).toMatchObject([{ code: 'control-plane', kind: 'frozen', planes: 2 }]);
  });

  test('begins once the first plane is stale, while the last one is still late', () => {
    story.set(connected('a', -185), connected('b', -125));
    expect(story.at(0)).toMatchObject([{ kind: 'frozen', planes: 2, lost: 2 }]);
  });

  test('says that planes went stale only once the last one is', () => {
    story.set(connected('a', -185), connected('b', -179.5));
    expect(story.at(0)[0]?.message).toMatch(/^All 2 connected planes became late or stale together, /);
    expect(story.at(1)[0]?.message).toMatch(/^All 2 connected planes went stale together, /);
  });

  test('says that a late plane disconnected once its controller noticed that', () => {
    story.set(connected('a', -185), connected('b', -125));
    const [{ since } = {}] = story.at(0);
    story.set(disconnected('b', 5));
    expect(story.at(6)).toMatchObject([{ kind: 'mixed', planes: 2, lost: 2, since }]);
    expect(story.at(6)[0]?.message).toMatch(/^All 2 connected planes disconnected or went stale together, /);
  });

  test('says of disconnected planes and a late one that all disconnected or are late', () => {
    story.set(disconnected('a', -70), connected('b', -125));
    expect(story.at(0)[0]?.message).toMatch(
      /^All 2 connected planes disconnected or became late or stale together, /,
    );
  });

  test('counts a remembered heartbeat like one in the status', () => {
    const gap = (planeID: string, heartbeatS: number): ReportedPlane => ({
      plane: connected(planeID, null),
      heartbeatGap: { last: storyTime(heartbeatS), severalReplicas: true },
    });
    story.set(connected('a', -240), gap('b', -200));
    expect(story.at(0)).toMatchObject([{ kind: 'frozen', planes: 2 }]);
    story.restart().set(gap('a', -240), gap('b', -200));
    expect(story.at(0)).toMatchObject([{ kind: 'frozen', planes: 2 }]);
    story.restart().set(gap('c', -40));
    expect(story.at(0)).toEqual([]);
  });

  test.each<[string, () => Plane]>([
    ['no heartbeat', () => connected('x', null)],
    ['a heartbeat in the future', () => connected('x', HOUR_S)],
  ])('is not ruled out by a plane with %s, which it counts as connected', (_, plane) => {
    const frozen = [connected('a', -240), connected('b', -200)];
    story.set(...frozen, plane());
    expect(story.at(0)).toMatchObject([{ code: 'control-plane', planes: 2, connectedBefore: 3 }]);
    expect(story.at(0)[0]?.message).toMatch(/^2 of 3 connected planes went stale together/);
    story.restart().set(connected('y', 0));
    expect(story.at(0)).toEqual([]);
  });

  test("isn't hidden by a disconnection in the future, whose plane joins by the time that the server saw", () => {
    story.set(disconnected('a', -100), disconnected('b', -70), disconnected('ahead', HOUR_S));
    expect(story.at(0)).toMatchObject([{ code: 'control-plane', planes: 2 }]);
    story.restart().set({
      plane: disconnected('ahead', HOUR_S),
      seenLostAtMs: Date.parse(storyTime(-80)),
    });
    expect(story.at(0)).toMatchObject([{ planes: 3, startedBy: storyTime(-100) }]);
  });

  test('is none for late heartbeats alone', () => {
    story.set(connected('a', -130), connected('b', -125));
    expect(story.at(0)).toEqual([]);
  });

  test('is none while another plane is up and fewer than three planeIDs are lost', () => {
    story.set(disconnected('a', -100), disconnected('b', -70), connected('c', -10));
    expect(story.at(0)).toEqual([]);
  });

  test('is none for one planeID, whatever the number of its planes', () => {
    story.set(disconnected('a', -100), disconnected('a', -90, null, { uid: 'other' }));
    expect(story.at(0)).toEqual([]);
  });

  test('excludes planes that were lost long before, that never connected, and that have no agent', () => {
    const { agent: _agent, ...agentless } = connected('direct', null);
    const never = { ...connected('never', null), agent: { connected: false, connectedAgents: 0 } };
    story.set(agentless, never, disconnected('old', -5 * HOUR_S), connected('older', -200 * HOUR_S));
    expect(story.at(0)).toEqual([]);
    story.set(disconnected('a', -100), disconnected('b', -70));
    const [incident] = story.at(0);
    expect(incident).toMatchObject({ code: 'control-plane', planes: 2, connectedBefore: 2 });
    expect(story.lostIn(incident?.id ?? '')).toEqual(['a', 'b']);
  });

  test('has no losses that changes of the planes explain', () => {
    const changed = (planeID: string, changedS: number): ReportedPlane => ({
      plane: disconnected(planeID, 0, -30),
      settingsChange: changeAt(changedS),
    });
    // The controller notices up to 75 s after a change, by a clock that may be a little behind.
    story.set(changed('a', -75), changed('b', 1));
    expect(story.at(10)).toEqual([]);
    story.set(disconnected('c', 20));
    expect(story.at(30)).toEqual([]);
    story.set(disconnected('d', 25));
    const [incident] = story.at(31);
    expect(incident).toMatchObject({ code: 'control-plane', planes: 2, lost: 2 });
    expect(story.lostIn(incident?.id ?? '')).toEqual(['c', 'd']);
  });

  test('ends when changes that were noticed later explain its losses', () => {
    const [a, b] = [disconnected('a', 0, -30), disconnected('b', 5, -30)];
    story.set(a, b);
    expect(story.at(10)).toHaveLength(1);
    // A Secret is read only now and then, so its change may have been any time since the reading before.
    story.set(
      { plane: a, settingsChange: changeAt(11, -100) },
      { plane: b, settingsChange: changeAt(11, -100) },
    );
    expect(story.at(12)).toEqual([]);
  });

  test('is one for losses long after a change, or before it', () => {
    const changed = (planeID: string, changedS: number): ReportedPlane => ({
      plane: disconnected(planeID, 0, -30),
      settingsChange: changeAt(changedS),
    });
    story.set(changed('a', -HOUR_S), changed('b', 60));
    expect(story.at(70)).toMatchObject([{ code: 'control-plane', planes: 2 }]);
  });

  test('has stale planes that were changed before, until their status shows a disconnection', () => {
    const [a, b] = [connected('a', 0), connected('b', 10)];
    story.set({ plane: a, settingsChange: changeAt(20) }, { plane: b, settingsChange: changeAt(-40) });
    story.set(connected('c', 5), connected('d', 10));
    expect(story.at(200)).toMatchObject([{ kind: 'frozen', planes: 4, lost: 4, connectedBefore: 4 }]);
    story.set({ plane: disconnected('a', 30, 0), settingsChange: changeAt(20) });
    expect(story.at(210)).toMatchObject([{ planes: 3, lost: 3 }]);
  });

  test("isn't claimed while other planes can't be seen", () => {
    story.set(disconnected('a', -100), disconnected('b', -70), connected('c', -10)).lose('c');
    expect(story.at(0)).toEqual([]);
  });
});

test('a slow fleet is one incident, although copies arrive up to 75 s apart', () => {
  // The gateway dies at 0. Frozen heartbeats are up to 105 s older, disconnections are noticed up to 75 s later.
  story.set(
    ...each(ids(10), (planeID, index) => connected(planeID, -index * 11)),
    ...each(ids(10, 10), (planeID, index) => disconnected(planeID, index * 8, -index * 10)),
  );
  expect(story.at(190)).toMatchObject([
    { kind: 'mixed', planes: 20, lost: 20, since: storyTime(0), startedBy: storyTime(0) },
  ]);
});
