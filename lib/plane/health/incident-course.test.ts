import { beforeEach, describe, expect, test } from 'vitest';
import {
  changeAt,
  connected,
  disconnected,
  each,
  HOUR_S,
  IncidentStory,
  ids,
  reconnected,
  storyTime,
} from '@/testing/plane/incident-fleet';

let story: IncidentStory;
beforeEach(() => {
  story = new IncidentStory();
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
      "All 28 connected planes disconnected together, between 2026-03-10 11:59:30 and 12:00:00 UTC. 26 came back, 2 didn't. The likely cause is the cluster gateway of the control plane, not the planes.",
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
