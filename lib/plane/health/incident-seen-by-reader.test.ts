import { beforeEach, expect, test } from 'vitest';
import { connected, disconnected, IncidentStory, storyTime } from '@/testing/plane/incident-fleet';

let story: IncidentStory;
beforeEach(() => {
  story = new IncidentStory();
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
