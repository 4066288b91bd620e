import { beforeEach, describe, expect, test } from 'vitest';
import {
  connected,
  disconnected,
  each,
  IncidentStory,
  ids,
  reconnected,
  storyTime,
} from '@/testing/plane/incident-fleet';

let story: IncidentStory;
beforeEach(() => {
  story = new IncidentStory();
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

  test('stays when the first planes were back and are lost again before it ends', () => {
    story.set(...each(ids(30), (planeID) => connected(planeID, 0)));
    story.set(...each(ids(8), (planeID) => disconnected(planeID, 3, 0)));
    const start = { id: 'incident-1', since: storyTime(0), startedBy: storyTime(3) };
    story.set(...each(ids(22, 8), (planeID) => connected(planeID, 30)));
    expect(story.at(40)).toMatchObject([{ ...start, planes: 8 }]);
    story.set(...each(ids(5, 8), (planeID, index) => disconnected(planeID, 50 + index, 30)));
    story.set(...each(ids(17, 13), (planeID) => connected(planeID, 60)));
    story.set(...each(ids(8), (planeID) => reconnected(planeID, 3, 60)));
    expect(story.at(70)).toMatchObject([{ ...start, planes: 13, lost: 5 }]);
    story.set(...each([...ids(8), ...ids(17, 13)], (planeID) => disconnected(planeID, 100, 60)));
    expect(story.at(105)).toMatchObject([{ ...start, lost: 30 }]);
  });
});
