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
