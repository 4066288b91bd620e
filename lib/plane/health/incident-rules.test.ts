import { beforeEach, describe, expect, test } from 'vitest';
import type { Plane } from '@/lib/plane/model/plane';
import {
  connected,
  disconnected,
  IncidentStory,
  reconnected,
  storyTime,
} from '@/testing/plane/incident-fleet';
import type { ReportedPlane } from './loss';

const HOUR_S = 3600;

/** The planeIDs `p0`, `p1`, ... */
const ids = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `p${from + index}`);
const each = (planeIDs: readonly string[], create: (planeID: string, index: number) => Plane) =>
  planeIDs.map(create);

/** A change of what a connection depends on, last seen unchanged just before. */
const changeAt = (seenS: number, afterS = seenS) => ({
  afterMs: Date.parse(storyTime(afterS)),
  seenAtMs: Date.parse(storyTime(seenS)),
});

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

describe('the start of an incident', () => {
  test('is after the latest heartbeat, not the earliest', () => {
    // Copies are spread over a minute: the oldest heartbeat is 77 s older than the newest.
    story.set(...each(ids(28), (planeID, index) => connected(planeID, -77 + (index * 77) / 27)));
    const [incident] = story.at(150);
    expect(incident).toMatchObject({ planes: 28, since: storyTime(0), startedBy: null });
  });

  test('lies between the latest heartbeat and the first disconnection that was noticed', () => {
    story.set(...each(ids(4), (planeID, index) => disconnected(planeID, 20 + index * 15, -70 + index * 20)));
    expect(story.at(90)).toMatchObject([{ since: storyTime(-10), startedBy: storyTime(20) }]);
  });

  test('ignores the heartbeat of a plane that was lost after the first', () => {
    story.set(disconnected('a', 10, -30), disconnected('b', 100, 60));
    expect(story.at(110)).toMatchObject([{ since: storyTime(-30), startedBy: storyTime(10) }]);
  });

  test('ignores a heartbeat from when the first frozen planes had already missed theirs', () => {
    story.set(...each(ids(12), (planeID, index) => connected(planeID, -5 * index)), connected('late', 112));
    expect(story.at(300)).toMatchObject([{ planes: 13, since: storyTime(0), startedBy: null }]);
  });

  test('stays when more planes disconnect one by one', () => {
    const planeIDs = ids(6);
    story.set(...each(planeIDs, (planeID) => connected(planeID, 0)));
    const starts: (string | undefined)[] = [];
    for (const [index, planeID] of planeIDs.entries()) {
      const seconds = 60 * (index + 1);
      story.set(
        ...each(planeIDs.slice(index + 1), (other) => connected(other, seconds)),
        disconnected(planeID, seconds, seconds - 60),
      );
      starts.push(story.at(seconds)[0]?.startedBy ?? undefined);
    }
    // Three of six are a part worth an incident; the last three join.
    expect(starts.filter((start) => start !== undefined)).toEqual(Array(4).fill(storyTime(60)));
    expect(story.at(400)).toMatchObject([{ id: 'incident-1', code: 'control-plane', planes: 6 }]);
  });
});

describe('a part of the fleet that is lost together', () => {
  const lose = (count: number, of: number) =>
    story.set(
      ...each(ids(count), (planeID, index) => disconnected(planeID, (index % 40) * 2)),
      ...each(ids(of - count, count), (planeID) => connected(planeID, 60)),
    );

  test("is an incident, and the control plane isn't accused", () => {
    lose(12, 36);
    const [incident] = story.at(70);
    expect(incident).toMatchObject({ code: 'lost-together', planes: 12, lost: 12, connectedBefore: 36 });
    expect(incident?.message).toBe(
      '12 of 36 connected planes disconnected together, by 2026-03-10 12:00:00 UTC. The likely cause is something that they share, such as a gateway replica or a network.',
    );
  });

  test.each([
    [2, 36],
    [5, 36],
    [2, 3],
    [9, 100],
    [14, 10_000],
  ])('is none for %i of %i planes, which may be chance', (count, of) => {
    lose(count, of);
    expect(story.at(70)).toEqual([]);
  });

  test.each([
    [3, 4],
    [6, 36],
    [100, 10_000],
  ])('is one for %i of %i planes', (count, of) => {
    lose(count, of);
    expect(story.at(85)).toMatchObject([{ code: 'lost-together', planes: count }]);
  });

  test.each([6, 0])('is none for the roles of one cluster, beside %i planes that are up', (up) => {
    const roles = ['DataPlane', 'WorkflowPlane', 'ObservabilityPlane'] as const;
    story.set(
      ...roles.map((kind, index) => disconnected('edge', index, null, { uid: kind, kind })),
      ...each(ids(up), (planeID) => connected(planeID, 60)),
    );
    expect(story.at(70)).toEqual([]);
  });

  test("doesn't count planned work, deletions, flapping connections and losses after a change", () => {
    const maintenance = { until: storyTime(HOUR_S) };
    const flapping = { since: storyTime(-300), lastChangeAt: storyTime(0), until: storyTime(600) };
    story.set(
      disconnected('a', 0, null, { maintenance }),
      disconnected('b', 0, null, { deletingSince: storyTime(-30) }),
      { plane: disconnected('c', 0), flapping },
      { plane: disconnected('changed', 0), settingsChange: changeAt(-5) },
      disconnected('d', 0),
      disconnected('e', 0),
      connected('f', 60),
    );
    expect(story.at(70)).toEqual([]);
    story.set(disconnected('g', 10));
    // Now the plane in maintenance is among those that were lost.
    expect(story.at(71)).toMatchObject([{ planes: 4, lost: 4 }]);
  });

  test('of a part ends when all planes that are still lost in it are set to maintenance', () => {
    const maintenance = { until: storyTime(HOUR_S) };
    const up = each(ids(3, 3), (planeID) => connected(planeID, 60));
    story.set(...each(ids(3), (planeID) => disconnected(planeID, 0)), ...up);
    expect(story.at(70)).toMatchObject([{ code: 'lost-together', lost: 3 }]);
    story.set(...each(ids(2), (planeID) => disconnected(planeID, 0, null, { maintenance })));
    expect(story.at(71)).toMatchObject([{ code: 'lost-together', lost: 3 }]);
    story.set(disconnected('p2', 0, null, { maintenance }));
    expect(story.at(72)).toEqual([]);
    story.set(...each(ids(3, 3), (planeID) => connected(planeID, 300)));
    expect(story.at(310)).toEqual([]);
  });

  test('grows in a cascade without beginning again', () => {
    const planeIDs = ids(36);
    const seen = new Set<string>();
    for (let lost = 1; lost <= 30; lost += 1) {
      const seconds = lost * 20;
      story.set(
        disconnected(planeIDs[lost - 1] ?? '', seconds),
        ...each(planeIDs.slice(lost), (planeID) => connected(planeID, seconds)),
      );
      for (const { id } of story.at(seconds)) seen.add(id);
    }
    expect([...seen]).toEqual(['incident-1']);
    expect(story.at(610)).toMatchObject([{ planes: 30, connectedBefore: 36, startedBy: storyTime(20) }]);
  });

  test("keeps its start when a plane joins that was lost before, but couldn't be seen", () => {
    story.set(disconnected('early', -100)).lose('early');
    lose(12, 36);
    expect(story.at(70)).toMatchObject([{ planes: 12, startedBy: storyTime(0) }]);
    story.set(disconnected('early', -100));
    expect(story.at(71)).toMatchObject([{ planes: 13, startedBy: storyTime(0) }]);
  });

  test('becomes an incident of the control plane when the rest is lost too', () => {
    lose(12, 36);
    expect(story.at(70)).toMatchObject([{ code: 'lost-together', planes: 12 }]);
    story.set(...each(ids(24, 12), (planeID) => disconnected(planeID, 90)));
    expect(story.at(95)).toMatchObject([
      { id: 'incident-1', code: 'control-plane', planes: 36, connectedBefore: 36, startedBy: storyTime(0) },
    ]);
  });

  test('ends after a day: what is lost for longer is more likely retired', () => {
    lose(12, 36);
    expect(story.at(70)).toHaveLength(1);
    const refresh = (seconds: number) =>
      story.set(...each(ids(24, 12), (planeID) => connected(planeID, seconds)));
    refresh(23 * HOUR_S);
    expect(story.at(23 * HOUR_S)).toHaveLength(1);
    refresh(25 * HOUR_S);
    expect(story.at(25 * HOUR_S)).toEqual([]);
    expect(story.restart().at(25 * HOUR_S)).toEqual([]);
  });
});

describe('planes without a heartbeat', () => {
  test('count in the total, and as members when they disconnect', () => {
    story.set(...each(ids(4), (planeID) => connected(planeID, null)));
    expect(story.at(0)).toEqual([]);
    story.set(disconnected('p0', 10), disconnected('p1', 20), disconnected('p2', 30));
    expect(story.at(40)).toMatchObject([{ planes: 3, lost: 3, connectedBefore: 4 }]);
    story.set(disconnected('p3', 50));
    expect(story.at(60)).toMatchObject([{ planes: 4, connectedBefore: 4 }]);
  });

  test('counts no plane as connected before that is being deleted, or connected first since then', () => {
    story.set(...each(['a', 'b', 'e'], (planeID) => connected(planeID, -200)));
    expect(story.at(0)).toMatchObject([{ planes: 3, connectedBefore: 3 }]);
    const deleted = connected('c', 5, { deletingSince: storyTime(-900) });
    const plane = connected('d', 5);
    const agent = plane.agent && { ...plane.agent, lastConnectedTime: storyTime(3) };
    story.set(deleted, { ...plane, ...(agent ? { agent } : {}) }, connected('a', 8));
    const [incident] = story.at(10);
    expect(incident?.message).toMatch(/^All 3 connected planes went stale together.* 1 is back, 2 aren't/);
  });

  test('count by the time that the server saw, if the status has none', () => {
    const silent = (planeID: string): ReportedPlane => ({
      plane: { ...connected(planeID, null), agent: { connected: false, connectedAgents: 0 } },
      seenLostAtMs: Date.parse(storyTime(10)),
    });
    story.set(silent('a'), silent('b'));
    expect(story.at(20)).toMatchObject([{ kind: 'disconnected', planes: 2, startedBy: storyTime(10) }]);
  });

  test('are back once their status says connected', () => {
    story.set(disconnected('a', 0), disconnected('b', 10), disconnected('c', 10));
    expect(story.at(20)).toMatchObject([{ lost: 3 }]);
    story.set(connected('a', null));
    expect(story.at(30)).toMatchObject([{ planes: 3, lost: 2 }]);
  });
});

describe('an incident that goes on', () => {
  const loseAll = (count: number) => {
    story.set(...each(ids(count), (planeID, index) => disconnected(planeID, index, -30)));
    return story.at(60);
  };

  test('says how many are back, and never calls the rest all', () => {
    loseAll(28);
    story.set(...each(ids(26), (planeID, index) => reconnected(planeID, index, 100)));
    const [incident] = story.at(110);
    expect(incident).toMatchObject({
      id: 'incident-1',
      code: 'control-plane',
      planes: 28,
      lost: 2,
      connectedBefore: 28,
      since: storyTime(-30),
      startedBy: storyTime(0),
    });
    expect(incident?.message).toBe(
      "All 28 connected planes disconnected together, between 2026-03-10 11:59:30 and 12:00:00 UTC. 26 are back, 2 aren't. The likely cause is the cluster gateway of the control plane, not the planes.",
    );
  });

  test('ends when fewer than two agents are lost', () => {
    loseAll(3);
    story.set(reconnected('p0', 0, 100), reconnected('p1', 1, 100));
    expect(story.at(110)).toEqual([]);
  });

  test('is another one when all its planes were back, however soon they are lost again', () => {
    story.set(...each(ids(3), (planeID) => connected(planeID, 0)));
    expect(story.at(200)).toMatchObject([{ id: 'incident-1', kind: 'frozen', since: storyTime(0) }]);
    story.set(...each(ids(3), (planeID) => connected(planeID, 210)));
    expect(story.at(215)).toEqual([]);
    story.set(...each(ids(2), (planeID, index) => disconnected(planeID, 230 + index, 215)));
    expect(story.at(235)).toEqual([]);
    story.set(disconnected('p2', 240, 210));
    const [incident, ...others] = story.at(245);
    expect(others).toEqual([]);
    expect(incident).toMatchObject({
      id: 'incident-2',
      kind: 'disconnected',
      since: storyTime(215),
      startedBy: storyTime(230),
      lost: 3,
    });
  });

  test("isn't continued by a plane that is back and lost again by a change of its own", () => {
    loseAll(5);
    story.set(...each(ids(3), (planeID, index) => reconnected(planeID, index, 100)));
    expect(story.at(110)).toMatchObject([{ lost: 2 }]);
    story.set({ plane: disconnected('p0', 160, 150), settingsChange: changeAt(155) });
    expect(story.at(165)).toMatchObject([{ lost: 2 }]);
  });

  test("doesn't count planes that were back before, although their statuses still show the loss", () => {
    loseAll(12);
    story.set(...each(ids(12), (planeID, index) => reconnected(planeID, index, 70)));
    expect(story.at(75)).toEqual([]);
    story.set(...each(ids(5), (planeID) => disconnected(planeID, 90, 70)));
    const expected = [
      { id: 'incident-2', planes: 5, lost: 5, connectedBefore: 12, startedBy: storyTime(90) },
    ];
    for (let seconds = 95; seconds < 600; seconds += 50) {
      story.set(...each(ids(7, 5), (planeID, index) => reconnected(planeID, index + 5, seconds)));
      expect(story.at(seconds)).toMatchObject(expected);
    }
  });

  test('leaves out a plane that was lost before and is still lost when the others are lost again', () => {
    loseAll(6);
    story.set(...each(ids(5), (planeID, index) => reconnected(planeID, index, 200)));
    expect(story.at(205)).toEqual([]);
    story.set(...each(ids(5), (planeID) => disconnected(planeID, 230, 210)));
    const [incident, ...others] = story.at(235);
    expect(others).toEqual([]);
    expect(incident?.message).toMatch(
      /^All 5 connected planes disconnected together, between .* 12:03:50 UTC/,
    );
  });

  test('includes planes that were back and are lost again together with the first, with their new loss', () => {
    story.set(...each(ids(4), (planeID) => connected(planeID, 0)));
    expect(story.at(185)).toMatchObject([{ kind: 'frozen', planes: 4, lost: 4 }]);
    story.set(connected('p0', 150));
    expect(story.at(190)).toMatchObject([{ planes: 4, lost: 3 }]);
    story.set(disconnected('p0', 170, 150));
    expect(story.at(191)).toMatchObject([
      { id: 'incident-1', kind: 'mixed', planes: 4, lost: 4, since: storyTime(0) },
    ]);
  });

  test('is another one for planes that are lost again while others never were back', () => {
    loseAll(8);
    story.set(...each(ids(5), (planeID, index) => reconnected(planeID, index, 250)));
    expect(story.at(255)).toMatchObject([{ planes: 8, lost: 3 }]);
    // The status shows only the new disconnection, and its heartbeat is from after the old one.
    story.set(...each(ids(5), (planeID) => disconnected(planeID, 300, 270)));
    expect(story.at(301)).toMatchObject([
      { id: 'incident-1', planes: 8, lost: 3, startedBy: storyTime(0) },
      { id: 'incident-2', planes: 5, lost: 5, since: storyTime(270), startedBy: storyTime(300) },
    ]);
  });

  test('is another one when a heartbeat shows that its planes were back, although no status did', () => {
    loseAll(3);
    story.set(...each(ids(3), (planeID) => disconnected(planeID, 300, 280)));
    expect(story.at(301)).toMatchObject([
      { id: 'incident-2', planes: 3, lost: 3, since: storyTime(280), startedBy: storyTime(300) },
    ]);
  });

  test('is another one when its planes are lost again later', () => {
    loseAll(3);
    story.set(...each(ids(3), (planeID, index) => reconnected(planeID, index, 100)));
    story.at(110);
    story.set(...each(ids(3), (planeID, index) => reconnected(planeID, index, 1000)));
    story.at(1000);
    story.set(...each(ids(3), (planeID) => disconnected(planeID, 1060, 1000)));
    expect(story.at(1070)).toMatchObject([{ id: 'incident-2', startedBy: storyTime(1060), lost: 3 }]);
  });

  test("isn't suppressed by another loss long after", () => {
    loseAll(8);
    story.set(connected('new', 2 * HOUR_S));
    expect(story.at(2 * HOUR_S)).toMatchObject([{ lost: 8 }]);
    story.set(disconnected('new', 2 * HOUR_S + 30, 2 * HOUR_S));
    expect(story.at(2 * HOUR_S + 40)).toMatchObject([
      { id: 'incident-1', planes: 8, lost: 8, startedBy: storyTime(0) },
    ]);
  });

  test('loses deleted planes, and keeps those without contact', () => {
    loseAll(5);
    story.remove('p0');
    expect(story.at(70)).toMatchObject([{ planes: 4, lost: 4, connectedBefore: 4 }]);
    story.lose('p1', 'p2', 'p3', 'p4');
    expect(story.at(80)).toMatchObject([{ id: 'incident-1', planes: 4, lost: 4 }]);
    story.remove('p1', 'p2', 'p3', 'p4');
    expect(story.at(90)).toEqual([]);
  });

  test('keeps planes whose frozen status turns into a disconnection', () => {
    story.set(connected('a', -30), connected('b', 0));
    expect(story.at(200)).toMatchObject([{ kind: 'frozen', since: storyTime(0) }]);
    story.set(disconnected('a', HOUR_S, -30));
    story.set(disconnected('b', HOUR_S, 0));
    expect(story.at(HOUR_S)).toMatchObject([
      { id: 'incident-1', kind: 'disconnected', lost: 2, since: storyTime(0) },
    ]);
  });

  test('continues when the clock is set, with its times moved', () => {
    loseAll(3);
    story.set(reconnected('p0', 0, 70));
    expect(story.at(80)).toMatchObject([{ planes: 3, lost: 2 }]);
    story
      .shiftClock(HOUR_S)
      .set(
        reconnected('p0', HOUR_S, HOUR_S + 70),
        disconnected('p1', HOUR_S + 1),
        disconnected('p2', HOUR_S + 2),
      );
    expect(story.at(HOUR_S + 81)).toMatchObject([
      { id: 'incident-1', planes: 3, lost: 2, since: storyTime(HOUR_S - 30), startedBy: storyTime(HOUR_S) },
    ]);
  });

  test('counts a late heartbeat neither as a recovery nor, once it moves, as a loss', () => {
    story.set(connected('a', -60), connected('b', 0), connected('c', 0));
    expect(story.at(125)).toMatchObject([{ planes: 3, lost: 3 }]);
    story.set(connected('c', 110));
    expect(story.at(126)).toMatchObject([{ planes: 2, lost: 2 }]);
    story.set(connected('a', 10));
    expect(story.at(135)).toMatchObject([{ planes: 2, lost: 2 }]);
  });

  test('includes a flapping plane, unless replicas explain it', () => {
    loseAll(3);
    const flapping = { since: storyTime(0), lastChangeAt: storyTime(60), until: storyTime(900) };
    for (const uid of ids(3)) story.set({ plane: disconnected(uid, 60), flapping });
    expect(story.at(70)).toMatchObject([{ lost: 3 }]);
    expect(story.at(80, { severalReplicas: true })).toEqual([]);
  });
});

describe('several incidents', () => {
  test('are told apart by their times', () => {
    story.set(
      ...each(ids(6), (planeID) => disconnected(planeID, 0)),
      ...each(ids(6, 6), (planeID) => connected(planeID, 20)),
      ...each(ids(12, 12), (planeID) => connected(planeID, 20)),
    );
    expect(story.at(30)).toMatchObject([{ id: 'incident-1', planes: 6 }]);
    story.set(
      ...each(ids(6, 6), (planeID) => disconnected(planeID, HOUR_S)),
      ...each(ids(12, 12), (planeID) => connected(planeID, HOUR_S)),
    );
    expect(story.at(HOUR_S)).toMatchObject([
      { id: 'incident-1', planes: 6, startedBy: storyTime(0) },
      { id: 'incident-2', planes: 6, startedBy: storyTime(HOUR_S) },
    ]);
  });
});

describe('after a restart', () => {
  test('begins no incident before all kinds are listed', () => {
    story.set(...each(ids(3), (planeID) => disconnected(planeID, 0)));
    expect(story.at(10, { isListing: true })).toEqual([]);
    story.set(...each(ids(60, 3), (planeID) => connected(planeID, 5)));
    expect(story.at(11)).toEqual([]);
  });

  test('counts planes without contact before it calls a part an incident', () => {
    story.set(...each(ids(3), (planeID) => disconnected(planeID, 0)), connected('up', 5));
    expect(story.at(10, { unseen: 60 })).toEqual([]);
    expect(story.at(11, { unseen: 5 })).toMatchObject([{ code: 'lost-together', planes: 3 }]);
  });

  test('finds an incident by the times in the statuses, with those that are back', () => {
    story.set(
      ...each(ids(26), (planeID, index) => reconnected(planeID, index, 3000)),
      ...each(ids(2, 26), (planeID, index) => disconnected(planeID, 26 + index, -20)),
    );
    expect(story.at(3010)).toMatchObject([
      { code: 'control-plane', planes: 28, lost: 2, connectedBefore: 28, startedBy: storyTime(0) },
    ]);
  });

  test('finds one beside a denser loss that is over', () => {
    story.set(
      ...each(ids(20), (planeID) => reconnected(planeID, 0, 7200)),
      disconnected('straggler', 0),
      ...each(ids(8, 20), (planeID) => disconnected(planeID, 7180)),
    );
    expect(story.at(7210)).toMatchObject([{ code: 'lost-together', planes: 8, startedBy: storyTime(7180) }]);
  });
});

test('a reader sees an incident by its own planes', () => {
  story.set(
    disconnected('a1', 5, -50),
    disconnected('a2', 10, -40),
    disconnected('b1', 0, -5),
    connected('a3', null),
  );
  expect(story.at(20)).toMatchObject([{ planes: 3, connectedBefore: 4, since: storyTime(-5) }]);
  const seen = story.seenBy(({ uid }) => uid.startsWith('a'), 20, 'wall');
  expect(seen).toMatchObject([
    {
      id: 'incident-1',
      planes: 2,
      lost: 2,
      planeIDs: 2,
      connectedBefore: 3,
      since: storyTime(-40),
      startedBy: storyTime(5),
    },
  ]);
  expect(seen[0]?.message).toMatch(/^2 of 3 connected planes on this wall disconnected together, between/);
  expect(story.seenBy(({ uid }) => uid === 'a3', 20)).toEqual([]);
  expect(story.seenBy(({ uid }) => uid === 'b1', 20, 'wall')[0]?.message).toMatch(
    /^The connected plane on this wall disconnected together with other planes/,
  );
});
