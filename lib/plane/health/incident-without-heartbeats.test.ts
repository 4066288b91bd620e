import { beforeEach, describe, expect, test } from 'vitest';
import { connected, disconnected, each, IncidentStory, ids, storyTime } from '@/testing/plane/incident-fleet';
import type { ReportedPlane } from './loss';

let story: IncidentStory;
beforeEach(() => {
  story = new IncidentStory();
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
    expect(incident?.message).toMatch(/^All 3 connected planes went stale together.* 1 came back, 2 didn't/);
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
