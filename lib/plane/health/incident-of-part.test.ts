import { beforeEach, describe, expect, test } from 'vitest';
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

let story: IncidentStory;
beforeEach(() => {
  story = new IncidentStory();
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
