import { beforeEach, describe, expect, test } from 'vitest';
import {
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

/** Planes that the server first saw disconnected at 0 s, with times that are an hour ahead. */
function lost(planeIDs: readonly string[], noticedS = HOUR_S) {
  return each(planeIDs, (planeID) => disconnected(planeID, noticedS, noticedS - 30)).map((plane) => ({
    plane,
    seenDisconnectedAtMs: Date.parse(storyTime(0)),
  }));
}

describe('an incident of planes whose recorded times are in the future', () => {
  test('has no known start, and stays one when those times come', () => {
    story.set(...lost(ids(10)));
    for (const second of [5, 300, HOUR_S - 10, HOUR_S + 5, HOUR_S + 600]) {
      story.set(...each(ids(20, 10), (planeID) => connected(planeID, second)));
      const [incident, ...others] = story.at(second);
      expect(others).toEqual([]);
      expect(incident).toMatchObject({ id: 'incident-1', planes: 10, since: null, startedBy: null });
      expect(incident?.message).toContain(
        "10 of 30 connected planes disconnected together. The recorded times are in the future, so the start isn't known.",
      );
    }
  });

  test('ends when they are back', () => {
    story.set(...lost(ids(10)), ...each(ids(20, 10), (planeID) => connected(planeID, 0)));
    expect(story.at(5)).toHaveLength(1);
    story.set(...each(ids(10), (planeID) => reconnected(planeID, HOUR_S, 60)));
    expect(story.at(70)).toEqual([]);
  });

  test('never begins later than now', () => {
    story.set(
      ...each(ids(3), (planeID) => disconnected(planeID, 20, 15)),
      ...each(ids(3, 3), (planeID) => connected(planeID, 0)),
    );
    expect(story.at(10)).toMatchObject([{ since: storyTime(10), startedBy: storyTime(10) }]);
  });
});
